"""What one reading of a page changes: findings opened, kept, closed, with their dates and causes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from drift.findings import Memory, take
from drift.model import Outcome
from drift.model.errors import BlindReason
from drift.model.finding import Reading, State
from drift.model.statement import Cause


def test_the_first_reading_opens_what_is_wrong_with_no_lower_bound(made: Any) -> None:
    change = take(Memory(), made.read(0, made.statement("30 days", slot=""), made.statement("60 days", slot="")))
    (finding,) = change.findings
    assert (finding.state, finding.cause, finding.last_agreed) == (State.OPEN, Cause.PAGE, None)
    assert finding.id.startswith("F-")
    assert change.reading is not None
    assert [one.slot for one in change.reading.statements] == [finding.slot, change.reading.statements[1].slot]
    assert len({one.slot for one in change.reading.statements}) == 2


def test_a_page_that_went_wrong_knows_what_it_said_and_when_it_was_last_right(made: Any) -> None:
    memory = replace(made.remembered(made.read(0, made.statement("60 days"))), seen_at=made.hours(3))
    (finding,) = take(memory, made.read(4, made.statement("30 days"))).findings
    assert (finding.last_agreed, finding.first_diverged) == (made.hours(3), made.hours(4))
    assert finding.before is not None
    assert finding.before.published == "60 days"


def test_a_sentence_unclear_in_between_leaves_the_last_agreement_as_the_bound(made: Any) -> None:
    unclear = made.statement("55 to 60 days", Outcome.UNCLEAR)
    memory = made.remembered(made.read(0, made.statement("60 days")), made.read(1, unclear))
    (finding,) = take(memory, made.read(2, made.statement("30 days"))).findings
    assert finding.last_agreed == made.hours(0)


def test_a_new_wrong_sentence_on_a_known_page_is_bounded_by_the_page_without_it(made: Any) -> None:
    memory = made.remembered(made.read(0))
    (finding,) = take(memory, made.read(1, made.statement("30 days", slot=""))).findings
    assert (finding.last_agreed, finding.last_without) == (None, made.hours(0))


def test_the_same_reading_twice_writes_once(made: Any) -> None:
    reading = made.read(1, made.statement("30 days", slot=""))
    memory = made.remembered(made.read(0, made.statement("60 days")), reading)
    again = take(memory, reading)
    assert (again.reading, again.findings, again.transitions, again.notes) == (None, (), (), ())


def test_a_reading_older_than_what_is_remembered_changes_nothing(made: Any) -> None:
    wrong, right = made.read(0, made.statement("30 days")), made.read(2, made.statement("60 days"))
    memory = made.remembered(wrong, right)
    assert take(memory, wrong) == take(memory, replace(wrong, at=made.hours(1)))
    assert not take(memory, wrong).held


def test_a_wrong_sentence_that_vanishes_where_another_is_right_is_resolved(made: Any) -> None:
    right = made.statement("60 days", slot="s2")
    memory = made.remembered(made.read(0, made.statement("30 days"), right), made.read(1, right))
    assert memory.findings[0].state is State.RESOLVED


def test_a_lost_statement_is_followed_to_a_new_one_of_its_term(made: Any) -> None:
    rewritten = made.statement("30 days", slot="", words="Nobody waits longer than ◊.")
    memory = made.remembered(made.read(0, made.statement("30 days")), made.read(1, rewritten, text="rewritten"))
    assert [(one.state, one.slot) for one in memory.findings] == [(State.OPEN, "s1")]


def test_of_several_lost_statements_the_one_with_the_value_is_followed(made: Any) -> None:
    known = made.remembered(made.read(0, made.statement("30 days"), made.statement("45 days", slot="s2")))
    rewritten = [
        made.statement(value, slot="", words=f"Wait for {value}.") for value in ("45 days", "50 days", "7 days")
    ]
    change = take(known, made.read(1, *rewritten))
    assert change.reading is not None
    assert [one.slot for one in change.reading.statements][:2] == ["s2", "s1"]
    assert len({one.slot for one in change.reading.statements}) == 3


def test_a_sentence_that_stands_unjudged_keeps_its_finding(made: Any) -> None:
    wrong = made.read(0, made.statement("30 days"))
    memory = made.remembered(wrong, made.read(1, unjudged=("s1",)))
    assert memory.findings[0].state is State.OPEN


def test_a_sentence_the_policies_take_for_another_rule_is_gone_by_policy(made: Any) -> None:
    wrong = made.read(0, made.statement("30 days"), text="same")
    memory = made.remembered(wrong)
    change = take(memory, made.read(1, unjudged=("s1",), text="same", policies="policies-2"))
    assert [(one.after, one.cause) for one in change.transitions] == [(State.GONE, Cause.POLICY)]


def test_a_review_dismisses_a_question_at_once_and_closes_a_finding_when_the_page_is_read(made: Any) -> None:
    denied = made.read(1, unjudged=("s1",), denied=("s1",), text="same", policies="policies-2", stored=True)
    asked = made.remembered(made.read(0, made.statement("30 days", Outcome.SUSPECT), text="same"))
    (step,) = take(asked, denied).transitions
    assert (step.before, step.after, step.cause) == (State.SUSPECTED, State.DISMISSED, None)
    held = made.remembered(made.read(0, made.statement("30 days"), text="same"))
    assert take(held, denied).transitions == ()
    (step,) = take(held, replace(denied, stored=False)).transitions
    assert (step.after, step.cause) == (State.GONE, Cause.POLICY)


def test_a_review_dismisses_at_once_what_only_an_annotator_vouches_for(made: Any) -> None:
    """The page was never known to be wrong: nothing of it is gone, and nothing was resolved."""
    held = made.remembered(made.read(0, made.statement("30 days", annotated="llama3.1:8b"), text="same"))
    denied = made.read(1, unjudged=("s1",), denied=("s1",), text="same", policies="policies-2", stored=True)
    change = take(held, denied)
    (step,), (left,) = change.transitions, change.findings
    assert (step.before, step.after, step.cause) == (State.OPEN, State.DISMISSED, None)
    assert step.note == "a review says that the sentence states another rule, or none"
    assert (left.gone, left.resolved) == (None, None)


def test_the_history_says_what_only_an_annotator_vouches_for(made: Any) -> None:
    asked = made.read(0, made.statement("30 days", Outcome.SUSPECT), text="same")
    affirmed = made.read(1, made.statement("30 days", annotated="llama3.1:8b"), text="same")
    (step,) = take(made.remembered(asked), affirmed).transitions
    assert (step.after, step.note) == (
        State.OPEN,
        "llama3.1:8b says that it states the rule, and no person confirmed it",
    )
    (step,) = take(made.remembered(), affirmed).transitions
    assert (step.after, step.note) == (State.OPEN, "annotated by llama3.1:8b, not confirmed by a person")
    (step,) = take(made.remembered(asked), made.read(1, unjudged=("s1",), doubted=("s1",), text="same")).transitions
    assert (step.after, step.note) == (
        State.DISMISSED,
        "an annotator says that the sentence states another rule, or none",
    )


@pytest.mark.parametrize("reader", ["reader-1", "reader-2"])
def test_a_review_opens_a_question_whatever_was_installed_with_it(made: Any, reader: str) -> None:
    asked = made.remembered(made.read(0, made.statement("30 days", Outcome.SUSPECT), text="same"))
    answer = made.statement("30 days", reviewed=True)
    (step,) = take(asked, made.read(1, answer, text="same", policies="policies-2", reader=reader)).transitions
    assert (step.before, step.after, step.cause) == (State.SUSPECTED, State.OPEN, None)


def test_a_version_of_ours_that_is_surer_is_the_reader(made: Any) -> None:
    asked = made.remembered(made.read(0, made.statement("30 days", Outcome.SUSPECT), text="same"))
    change = take(asked, made.read(1, made.statement("30 days"), text="same", reader="reader-2"))
    assert [(one.after, one.cause) for one in change.transitions] == [(State.OPEN, Cause.READER)]
    assert [one.cause for one in change.findings] == [Cause.READER]


def test_a_page_gone_takes_its_findings_along_and_may_bring_them_back(made: Any) -> None:
    wrong = made.statement("30 days")
    memory = made.remembered(made.read(0, wrong), made.unread(1, BlindReason.NOT_FOUND))
    assert memory.findings[0].state is State.GONE
    assert take(memory, made.read(0, wrong)).transitions == ()  # the reading before it, once more
    back = take(memory, made.read(2, wrong))
    assert [(one.after, one.before) for one in back.transitions] == [(State.REGRESSED, State.GONE)]
    mended = take(memory, made.read(2, made.statement("60 days")))
    assert [one.after for one in mended.transitions] == [State.RESOLVED]


CAUSES: dict[str, tuple[dict[str, Any], str, str, Cause]] = {
    "the page": ({"text": "other"}, "30 days", "60 days", Cause.PAGE),
    "the policy": ({"text": "same", "policies": "policies-2"}, "60 days", "90 days", Cause.POLICY),
    "a day, with no edit at all": ({"text": "same"}, "60 days", "90 days", Cause.POLICY),
    "our reader": ({"text": "same", "reader": "reader-2"}, "30 days", "60 days", Cause.READER),
    "the policy, while the page changed elsewhere": ({"text": "other"}, "60 days", "90 days", Cause.POLICY),
    "the page, while the policy changed elsewhere": (
        {"text": "other", "policies": "policies-2"},
        "30 days",
        "60 days",
        Cause.PAGE,
    ),
    "the page, while both changed": ({"text": "other", "policies": "policies-2"}, "30 days", "90 days", Cause.PAGE),
    "our reader, on a stored snapshot": (
        {"text": "otherwise", "reader": "reader-2", "stored": True},
        "30 days",
        "60 days",
        Cause.READER,
    ),
    "the policy, on a stored snapshot": (
        {"text": "same", "policies": "policies-2", "stored": True},
        "60 days",
        "90 days",
        Cause.POLICY,
    ),
}


@pytest.mark.parametrize("name", CAUSES)
def test_the_three_causes_are_told_apart(made: Any, name: str) -> None:
    fields, published, expected, wanted = CAUSES[name]
    memory = made.remembered(made.read(0, made.statement("60 days"), text="same"))
    now = made.statement(published, Outcome.DIVERGES, expected=expected)
    change = take(memory, made.read(1, now, **fields))
    assert [(one.cause, one.after) for one in change.transitions] == [(wanted, State.OPEN)]


def test_a_policy_that_came_to_agree_closes_at_the_next_visit_and_says_why(made: Any) -> None:
    wrong = made.read(0, made.statement("30 days"), text="same")
    now = made.statement("30 days", Outcome.AGREES, expected="30 days")
    judged_again = made.read(1, now, text="same", policies="policies-2", stored=True)
    memory = made.remembered(wrong, judged_again)
    assert memory.findings[0].state is State.OPEN
    change = take(memory, replace(judged_again, at=made.hours(2), stored=False))
    assert [(one.cause, one.after) for one in change.transitions] == [(Cause.POLICY, State.RESOLVED)]


def test_a_stored_snapshot_read_again_is_no_sight_of_the_page(made: Any) -> None:
    right = made.statement("60 days")
    memory = made.remembered(made.read(0, right), made.read(3, right, policies="policies-2", stored=True))
    assert memory.seen_at == made.hours(0)


def test_what_a_new_reader_lost_is_listed_and_its_closing_laid_to_the_reader(made: Any) -> None:
    wrong = made.read(0, made.statement("30 days"))
    read_again = made.read(1, text="as the new reader has it", reader="reader-2", stored=True)
    listed = take(made.remembered(wrong), read_again)
    assert (listed.transitions, [note.before for note in listed.notes]) == ((), ["unlock/wait diverges: 30 days"])
    change = take(made.remembered(wrong, read_again), replace(read_again, at=made.hours(2), stored=False))
    assert [(one.cause, one.after) for one in change.transitions] == [(Cause.READER, State.GONE)]


def test_another_expected_value_updates_the_finding(made: Any) -> None:
    memory = made.remembered(made.read(0, made.statement("30 days"), text="same"))
    now: Reading = made.read(1, made.statement("30 days", expected="90 days"), text="same", policies="policies-2")
    (transition,) = take(memory, now).transitions
    assert (transition.before, transition.after) == (State.OPEN, State.OPEN)
    assert (transition.cause, transition.expected) == (Cause.POLICY, "90 days")
