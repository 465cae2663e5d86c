"""What was probably meant is told of the first faults of a file: looking for it goes over all names there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from drift import policies as registry_room
from drift.engine import languages
from drift.files.document import MOST_HINTS
from drift.model.errors import InputError, Problem

FAULTS = MOST_HINTS + 20
HEAD = "policy: shop\nowner: shop@larkspur.example\nterms:\n"
TERM = "  - {term: return-window, says: A phone can be returned within 30 days., value: 30 days}\n"
SCOPED = "  - {{term: t{at}, says: A phone can be returned within 30 days., value: 30 days, scope: {{{scope}}}}}\n"


def told(folder: Path) -> list[Problem]:
    with pytest.raises(InputError) as refused:
        registry_room.load(folder, language=languages.load)
    return list(refused.value.problems)


def hints(problems: list[Problem]) -> list[bool]:
    return ["did you mean" in str(problem) for problem in problems]


def test_answers_about_unknown_terms(tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text(HEAD + TERM)
    answers = (
        f"  - {{article: a, sentence: It is {at} days., nth: 1, term: shop/return-windo}}\n" for at in range(FAULTS)
    )
    (tmp_path / "reviewed.yaml").write_text("reviewed:\n" + "".join(answers))
    assert hints(told(tmp_path)) == [True] * MOST_HINTS + [False] * 20  # none is lost, only the guesses


@pytest.mark.parametrize("scope", ["plam: prepaid", "plan: prepayd"])
def test_scopes_and_their_values_that_there_are_not(tmp_path: Path, scope: str) -> None:
    (tmp_path / "scopes.yaml").write_text("scopes:\n  plan: {prepaid: [prepaid], postpaid: [postpaid]}\n")
    (tmp_path / "shop.yaml").write_text(HEAD + "".join(SCOPED.format(at=at, scope=scope) for at in range(FAULTS)))
    assert hints(told(tmp_path)) == [True] * MOST_HINTS + [False] * 20


def test_each_file_has_its_own_count(tmp_path: Path) -> None:
    (tmp_path / "scopes.yaml").write_text("scopes:\n  plan: {prepaid: [prepaid], postpaid: [postpaid]}\n")
    for file, count in (("a", FAULTS), ("b", 1)):
        head = HEAD.replace("policy: shop", f"policy: {file}")
        terms = "".join(SCOPED.format(at=at, scope="plan: prepayd") for at in range(count))
        (tmp_path / f"{file}.yaml").write_text(head + terms)
    assert sum(hints(told(tmp_path))) == MOST_HINTS + 1


@pytest.mark.parametrize(
    ("bound", "meant"),
    [("minimum", "at least"), ("max", "at most"), ("min.", "at least"), ("atmost", "at most"), ("up to", "at most")],
)
def test_a_bound_in_another_word_is_told_with_the_one_meant(tmp_path: Path, bound: str, meant: str) -> None:
    (tmp_path / "shop.yaml").write_text(HEAD + TERM.replace("}\n", f", bound: {bound}}}\n"))
    assert [problem.hint for problem in told(tmp_path)] == [meant]
