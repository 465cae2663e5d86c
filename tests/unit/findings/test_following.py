"""A page's statements followed from version to version, down the whole path."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from drift.model.finding import NoteKind
from drift.model.statement import Cause

RIGHT = "You can unlock your phone after 60 days of service."
WRONG = "You can unlock your phone after 30 days of service."
Watch = Callable[..., Any]


def test_the_life_of_a_finding(watched: Watch) -> None:
    page = watched()
    for text in (RIGHT, WRONG, WRONG, WRONG.replace("30", "45"), RIGHT, WRONG):
        page.shows(text)
    assert page.lives == [("wait", "regressed", "30 days")]
    assert [(one.after.value, one.published) for one in page.told] == [
        ("open", "30 days"),
        ("open", "45 days"),
        ("resolved", "60 days"),
        ("regressed", "30 days"),
    ]
    assert {one.cause for one in page.told} == {Cause.PAGE}


def test_a_known_sentence_with_another_value_diverges_whatever_it_would_say_alone(watched: Watch) -> None:
    cold, page = watched(), watched()
    cold.shows("It is unlocked after 900 days.")
    page.shows("It is unlocked after 60 days.")
    page.shows("It is unlocked after 900 days.")
    assert cold.lives == []
    assert page.lives == [("wait", "open", "900 days")]
    (finding,) = page.memory.findings
    assert finding.statement.followed
    assert finding.before.published == "60 days"


def test_a_followed_sentence_stays_known_through_any_number_of_versions(watched: Watch) -> None:
    page = watched()
    for days in (60, 900, 800, 950, 60, 700):
        page.shows(f"It is unlocked after {days} days.")
    assert page.lives == [("wait", "regressed", "700 days")]
    assert len({one.slot for one in page.memory.last.statements}) == 1


@pytest.mark.parametrize(
    "reworded",
    [
        "Your phone can be unlocked after 60 days of service.",
        "You can unlock your phone after sixty (60) days of service, in a store or online.",
        "# Unlocking\n\nSome news first.\n\nYou can unlock your phone after 60 days of service.",
    ],
)
def test_other_words_or_another_place_around_the_value_are_no_divergence(watched: Watch, reworded: str) -> None:
    page = watched()
    page.shows(RIGHT)
    slots = [one.slot for one in page.memory.last.statements]
    page.shows(reworded)
    assert page.lives == []
    assert [one.slot for one in page.memory.last.statements] == slots


def test_a_changed_clause_is_a_note_for_the_owner(watched: Watch) -> None:
    page = watched("- {term: fee, says: The unlock fee is 5 USD in store., value: 5 USD, topics: [unlock fee]}\n")
    page.shows("The unlock fee is $5, paid in store.")
    (note,) = page.shows("The unlock fee is $5, paid in store or online.").notes
    assert (note.kind, note.term) == (NoteKind.REWORDED, "fee")
    assert (note.before, note.after) == (
        "The unlock fee is $5, paid in store.",
        "The unlock fee is $5, paid in store or online.",
    )
    assert page.shows("The unlock fee is $5, paid in store or online!").notes == ()


OURS = "It is unlocked for you after {} days of being with us."
BESIDE = "It is yours for good after {} days of being with us."


@pytest.mark.parametrize("after", [BESIDE.format(900), f"News.\n\n{BESIDE.format(900)}", BESIDE.format(800)])
def test_a_value_never_crosses_to_the_sentence_beside_it(watched: Watch, after: str) -> None:
    page = watched()
    page.shows(f"{OURS.format(60)}\n\n{BESIDE.format(900)}")
    assert [one.published for one in page.memory.last.statements] == ["60 days"]
    page.shows(after)
    assert page.lives == []


@pytest.mark.parametrize("after", [BESIDE, OURS.replace("for you", "for good")])
def test_another_value_in_other_words_is_left_to_the_words(watched: Watch, after: str) -> None:
    page = watched()
    page.shows(OURS.format(60))
    page.shows(after.format(900))
    assert page.lives == []


def test_two_sentences_of_the_same_words_are_told_apart_by_their_values(watched: Watch) -> None:
    page = watched()
    page.shows("It is unlocked after 60 days.\n\nIt is unlocked after 900 days.")
    page.shows("It is unlocked after 900 days.")
    assert page.lives == []


def test_what_the_owner_rules_out_is_not_followed(watched: Watch, registry_of: Callable[..., Any]) -> None:
    page = watched()
    page.shows(RIGHT)
    other = registry_of(
        "- {term: wait, says: A phone can be unlocked after 60 days of service., value: 60 days,"
        " topics: [unlock your phone], not_topics: [service]}\n"
    )
    page.shows(WRONG, registry=other)
    assert page.lives == []


def test_a_reviewed_sentence_is_known_with_certainty(registry_of: Callable[..., Any], watched: Watch) -> None:
    answers = (
        "reviewed: [{article: 'https://help.larkspur.example/unlock', sentence: 'Then 60 days have to go by.',"
        " term: rules/wait}]\n"
    )
    rules = (
        "policy: rules\nowner: rules@larkspur.example\nterms:\n"
        "  - {term: wait, says: A phone can be unlocked after 60 days of service., value: 60 days}\n"
    )
    held = registry_of(files={"rules.yaml": rules, "reviewed.yaml": answers})
    page = watched()
    page.shows("Then 60 days have to go by.", registry=held)
    page.shows("Then 90 days have to go by.")
    (finding,) = page.memory.findings
    assert (finding.statement.confidence, finding.statement.reviewed, finding.statement.known) == (1.0, True, 1.0)
    assert finding.last_agreed is not None


def test_a_new_value_of_the_policy_is_the_policys_doing(watched: Watch, registry_of: Callable[..., Any]) -> None:
    page = watched()
    page.shows(RIGHT)
    other = registry_of(
        "- {term: wait, says: A phone can be unlocked after 90 days of service., value: 90 days,"
        " topics: [unlock your phone]}\n"
    )
    page.shows(RIGHT, registry=other, stored=True)
    assert [(one.cause, one.published, one.expected) for one in page.told] == [(Cause.POLICY, "60 days", "90 days")]


POSTED = """
- term: posted
  says: Unused goods can be returned to any of our shops within 30 days, with their box, label, bill, charger and cable.
  value: 30 days
  topics: [returns policy]
"""


def test_a_sentence_too_short_to_state_a_rule_is_remembered_for_its_very_value(watched: Watch) -> None:
    page = watched(POSTED)
    page.shows("We wait 720 hours for a bill.")
    assert page.memory.last.statements == ()
    assert [one.term for one in page.memory.last.likely] == ["rules/posted"]
    page.shows("We wait 720 hours for a bill.\n\nNews.")
    assert page.memory.last.statements == ()
    page.shows("We wait 800 hours for a bill.")
    assert page.lives == [("posted", "open", "800 hours")]
