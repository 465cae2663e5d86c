"""What a check is put together from: a folder of policies, sources by name, the day of the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from drift.assembly import check as check_room
from drift.assembly import registry as registry_room
from drift.assembly.check import CheckOptions
from drift.assembly.linting import failing_examples
from drift.check.processes import Processes
from drift.engine.pipeline import examine
from drift.model import Outcome, Page, Snapshot
from drift.model.errors import BlindReason, InputError
from drift.workers.pool import cores

NOW = datetime(2026, 11, 21, 19, 0, tzinfo=UTC)
POLICY = """\
policy: unlock
title: Unlock
owner: unlock@larkspur.example
applies_to: ["https://help.larkspur.example/**"]
terms:
  - term: wait
    says: A phone can be unlocked after some days of paid service.
    value:
      - {is: 90 days, until: 2026-12-31}
      - {is: 60 days, from: 2027-01-01}
    topics: [unlock your phone]
    examples: {states: ["You can unlock your phone after 60 days of paid service."]}
"""
PAGE = "# Unlock your phone\n\nYou can unlock your phone after 60 days of paid service.\n"
Options = Callable[..., CheckOptions]


def clock() -> datetime:
    return NOW


@pytest.fixture
def options(tmp_path: Path) -> Options:
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "unlock.yaml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "help").mkdir()
    (tmp_path / "help" / "unlock.md").write_text(PAGE, encoding="utf-8")

    def asked(*sources: str, **more: object) -> CheckOptions:
        site = "https://help.larkspur.example/"
        given = {"policies": tmp_path / "policies", "published_as": site, **more}
        return CheckOptions(sources or (str(tmp_path / "help"),), **given)  # type: ignore[arg-type]

    return asked


@pytest.mark.parametrize(
    ("as_of", "outcome"), [(None, Outcome.DIVERGES), (date(2027, 1, 1), Outcome.AGREES)], ids=["today", "a day to come"]
)
def test_the_policies_are_those_of_the_day(options: Options, as_of: date | None, outcome: Outcome) -> None:
    report = check_room.check(options(as_of=as_of), clock)

    assert report.as_of == (as_of or NOW.date())
    assert [verdict.outcome for one in report.examined for verdict in one.verdicts] == [outcome]


def test_files_are_known_by_the_address_they_are_published_under(options: Options) -> None:
    published = check_room.check(options(), clock)
    drafts = check_room.check(options(published_as=None), clock)

    assert [len(report.notes) for report in (published, drafts)] == [0, 1]
    assert [len(report.examined[0].verdicts) for report in (published, drafts)] == [1, 0]


def test_many_articles_are_examined_in_other_processes_too(
    options: Options, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):  # the first 20 are examined here in any case
        (tmp_path / f"{number}.md").write_text(PAGE, encoding="utf-8")
    here = check_room.check(options(str(tmp_path)), clock)
    monkeypatch.setattr(check_room, "MANY", 1)
    made: list[Processes] = []
    monkeypatch.setattr(Processes, "__init__", _noted(Processes.__init__, made))
    assert check_room.check(options(str(tmp_path)), clock) == here
    assert len(made) == (1 if cores() else 0)
    assert len(here.examined) >= 30


def _noted(begin: Callable[..., None], made: list[Processes]) -> Callable[..., None]:
    def noted(self: Processes, *args: Any, **options: Any) -> None:
        made.append(self)
        begin(self, *args, **options)

    return noted


def test_standard_input_is_an_article(options: Options) -> None:
    report = check_room.check(options("-"), clock, stdin=BytesIO(PAGE.encode()))

    assert [verdict.outcome for one in report.examined for verdict in one.verdicts] == [Outcome.DIVERGES]


def test_an_address_that_the_gate_refuses_is_blind(options: Options) -> None:
    report = check_room.check(options("http://127.0.0.1:9/unlock", published_as=None), clock)

    assert [one.blind for one in report.examined] == [BlindReason.PRIVATE]


@pytest.mark.parametrize(
    ("sources", "more"),
    [
        (("no-such-folder/",), {}),
        ((), {"policies": Path("no-such-policies")}),
        ((), {"allow_private": ("not a network",)}),
    ],
    ids=["sources", "policies", "networks"],
)
def test_what_is_asked_wrongly_is_told(options: Options, sources: tuple[str, ...], more: dict[str, object]) -> None:
    with pytest.raises(InputError):
        check_room.check(options(*sources, **more), clock)


def test_a_folder_without_articles_is_no_check(options: Options, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    with pytest.raises(InputError, match="no articles in this folder"):
        check_room.check(options(str(tmp_path / "empty")), clock)


def test_the_evidence_of_other_terms_is_put_into_words_for_explain_only(options: Options) -> None:
    snapshot = Snapshot(Page("a.md", "https://help.larkspur.example/a"), PAGE.encode(), "text/markdown")

    def evidence(explain: bool) -> list[bool]:
        held = registry_room.standard(options().policies, None, clock, explain=explain)
        return [bool(other.evidence) for match in examine(snapshot, held).matches for other in match.candidates]

    assert evidence(False) == [False]
    assert evidence(True) == [True]


def test_examples_run_where_the_policies_are(options: Options) -> None:
    assert failing_examples(options().policies, clock) == ()
