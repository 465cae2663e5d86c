"""When a sentence is known to state a rule from now on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from drift.findings.fingerprint import finding_id, new_slot
from drift.findings.follow import BAR, followed, known
from drift.model import CheckReport, Followed, Outcome
from drift.model.finding import Finding

EARLIER = Followed("a sentence", 1, "returns/window", "s1", 0.93, trusted=True)
DOUBTED = replace(EARLIER, trusted=False)


@pytest.mark.parametrize(
    ("outcome", "confidence", "match", "wanted"),
    [
        (Outcome.AGREES, BAR, {}, BAR),
        (Outcome.AGREES, BAR - 0.01, {}, 0.0),
        (Outcome.DIVERGES, 0.99, {}, 0.0),
        (Outcome.UNCLEAR, 0.99, {}, 0.0),
        (Outcome.UNCLEAR, 0.5, {"reviewed": True}, 1.0),
        (Outcome.AGREES, 0.98, {"known": EARLIER, "followed": True}, 0.98),
        (Outcome.AGREES, 0.78, {"known": EARLIER, "followed": True}, 0.93),
        (Outcome.DIVERGES, 0.93, {"known": EARLIER, "followed": True}, 0.93),
        (Outcome.UNCLEAR, 0.5, {"known": EARLIER, "followed": True}, 0.93),
        (Outcome.DIVERGES, 0.99, {"known": EARLIER, "followed": False}, 0.0),  # of another term now
        (Outcome.AGREES, 0.78, {"known": DOUBTED, "followed": True}, 0.0),
    ],
)
def test_a_sentence_is_known_by_review_by_agreement_or_from_before(
    sample_report: CheckReport, outcome: Outcome, confidence: float, match: dict[str, Any], wanted: float
) -> None:
    verdict = sample_report.examined[0].verdicts[0]
    verdict = replace(verdict, outcome=outcome, confidence=confidence, match=replace(verdict.match, **match))
    assert known(verdict) == wanted


def test_a_finding_that_lost_its_sentence_is_looked_for_by_it(made: Any) -> None:
    lost: Finding = made.remembered(made.read(0, made.statement("30 days"))).findings[0]
    gone = made.remembered(made.read(0, made.statement("30 days")), made.read(1, others=(("A day has 24 hours.", 1),)))
    assert followed(gone) == (
        Followed(lost.statement.sentence, 1, "unlock/wait", "s1", 0.97),
        Followed("A day has 24 hours.", 1),
    )


def test_an_unclear_statement_keeps_its_slot_and_nothing_else(made: Any) -> None:
    unclear = made.statement("55 days", Outcome.UNCLEAR)
    (one,) = followed(made.remembered(made.read(0, unclear)))
    assert (one.slot, one.confidence, one.trusted) == ("s1", 0.0, False)
    (one,) = followed(made.remembered(made.read(0, replace(unclear, known=0.93))))
    assert (one.confidence, one.trusted) == (0.93, True)


def test_ids_and_slots_are_those_they_always_were() -> None:
    assert finding_id("unlock/wait", "https://help.larkspur.example/unlock", "s1") == "F-70454dd5"
    first = new_slot("Wait for ◊.", set())
    assert first == "aa3a2d94"
    assert new_slot("Wait for ◊.", {first}) not in (first, "")
