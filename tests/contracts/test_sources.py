"""What every argument of a check promises. One in the list is found here, its cases in `fixtures/sources/<name>/`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from _pytest.mark import ParameterSet

from drift.model.errors import InputError
from drift.sources import ARGUMENTS, from_argument

FIXTURES = Path(__file__).parents[2] / "fixtures" / "sources"
ELSEWHERE = "https://help.larkspur.example/published"


def cases(name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load((FIXTURES / name / "cases.yaml").read_text())
    return loaded


def params(key: str = "argument") -> list[ParameterSet]:
    """Every case of every source that has `key`, as (source, case)."""
    found = ((source, case) for source in ARGUMENTS for case in cases(source.name) if key in case)
    return [pytest.param(source, case, id=f"{source.name} {case['argument']}") for source, case in found]


ALL, GOOD, WRONG = params(), params("pages"), params("wrong")
Case = dict[str, Any]


@pytest.fixture(autouse=True)
def _in_the_fixtures(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "source" in request.fixturenames:
        monkeypatch.chdir(FIXTURES / request.getfixturevalue("source").name)


def test_the_list_is_complete() -> None:
    names = [source.name for source in ARGUMENTS]
    assert sorted(names) == sorted(folder.name for folder in FIXTURES.iterdir() if folder.is_dir())
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(("source", "case"), ALL)
def test_the_argument_is_taken_by_its_source_and_by_none_before(source: Any, case: Case) -> None:
    assert next(other for other in ARGUMENTS if other.accepts(case["argument"])) is source
    assert type(from_argument(case["argument"])) is source


@pytest.mark.parametrize(("source", "case"), GOOD)
def test_pages_are_named_once_and_alike_every_time(source: Any, case: Case) -> None:
    pages = [page.address for page in source(case["argument"]).pages()]
    assert pages == case["pages"]
    assert len(set(pages)) == len(pages)
    assert [page.address for page in source(case["argument"]).pages()] == pages


@pytest.mark.parametrize(("source", "case"), GOOD)
def test_pages_keep_their_address_wherever_they_are_published(source: Any, case: Case) -> None:
    plain, published = source(case["argument"]).pages(), source(case["argument"], ELSEWHERE).pages()
    for page, elsewhere in zip(plain, published, strict=True):
        assert page.published_as is None
        assert elsewhere.address == page.address
        assert elsewhere.public.startswith(ELSEWHERE)


@pytest.mark.parametrize(("source", "case"), WRONG)
def test_a_wrong_argument_is_told_with_its_place(source: Any, case: Case) -> None:
    with pytest.raises(InputError) as caught:
        list(source(case["argument"]).pages())
    assert case["wrong"] in str(caught.value)
    assert all(problem.place.file for problem in caught.value.problems)
