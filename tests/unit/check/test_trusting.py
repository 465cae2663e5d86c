"""What is known of an annotator is what people and it both answered, and no failure of it takes its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rule_questions import numbered

from drift.check.trusting import keep, known
from drift.model import Page
from drift.model.annotation import Annotation
from drift.model.trust import Compared, Trust, TrustReport
from drift.store import SqlStore, open_store

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
WHO = "larch-2 which-rule/1"
PAGE = Page("https://help.larkspur.example/a")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with open_store(f"sqlite:///{tmp_path}/drift.db") as made:
        yield made


def report(agreed: int, answers: int, *, unsure: int = 0, unanswered: int = 0) -> TrustReport:
    compared = []
    for number, question in enumerate(numbered(answers + unsure + unanswered)):
        said = "unlock/wait" if number < agreed else None
        answer = Annotation(question.key, "unlock/wait", 0.9, "", "larch-2", "which-rule/1", NOON)
        # No match is looked at for a share.
        compared.append(Compared(PAGE, None, question, said, answer if number < answers else None))  # type: ignore[arg-type]
    return TrustReport(NOON, WHO, "larch-2", tuple(compared), "", unanswered)


def test_a_failure_takes_the_place_of_nothing(store: SqlStore) -> None:
    bad = report(24, 32)
    keep(bad, store.runs)
    keep(replace(report(0, 0, unanswered=32), checked_at=NOON + timedelta(hours=1)), store.runs)
    keep(replace(report(5, 5, unanswered=27), checked_at=NOON + timedelta(hours=2)), store.runs)
    assert known(store.runs, WHO) == Trust(24, 32, NOON)


def test_a_failure_is_kept_where_nothing_is_known(store: SqlStore) -> None:
    keep(report(5, 5, unanswered=27), store.runs)
    assert known(store.runs, WHO) == Trust(5, 5, NOON)


@pytest.mark.parametrize(
    ("later", "trust"),
    [(report(20, 20, unsure=12), (20, 20)), (report(30, 30, unanswered=2), (30, 30)), (report(0, 0), (0, 0))],
)
def test_what_was_answered_does(store: SqlStore, later: TrustReport, trust: tuple[int, int]) -> None:
    """Also where a higher bar leaves less to compare, or people took their answers back."""
    keep(report(24, 32), store.runs)
    keep(replace(later, checked_at=NOON + timedelta(hours=1)), store.runs)
    found = known(store.runs, WHO)
    assert found
    assert (found.agreed, found.answers) == trust
