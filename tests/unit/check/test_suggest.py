"""The edit that would teach a claim: each kind of edit where it is the one that does it, and none that harms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from textwrap import dedent

import pytest

from drift.check import suggest as module
from drift.check.proposals import Case, silencing, stating
from drift.check.suggest import LONG, REVIEW, Teacher
from drift.engine import languages
from drift.engine.pipeline import Standard, examine
from drift.model import Outcome, Page, Registry, Snapshot
from drift.model.edits import Edit, EditAction, Suggestion
from drift.policies import resolve

DAY = date(2026, 11, 21)
WINDOW = """
- term: window
  says: Unused goods can be returned within 30 days of delivery.
  value: 30 days
  bound: at most
  topics: [return unused goods]
"""
FEE = """
- term: fee
  says: The restocking fee for opened goods is 15% of the price.
  value: 15%
"""

Registries = Callable[..., Registry]


def taught(held: Registry, name: str, line: int, *texts: str) -> tuple[Suggestion, ...]:
    """What is suggested for the first claim on a line of the first of some articles."""
    standard = Standard(held, DAY, languages.load)
    pages = [Page(f"help/{number}.md") for number in range(len(texts))]
    snapshots = {
        page: Snapshot(page, dedent(text).encode(), "text/markdown") for page, text in zip(pages, texts, strict=True)
    }
    examined = [examine(snapshot, standard) for snapshot in snapshots.values()]
    match = next(one for one in examined[0].matches if one.claim.passage.line_at(one.claim.start) == line)
    return Teacher(standard, snapshots, examined).suggest(examined[0], match, resolve(held, name))


def only(suggestions: tuple[Suggestion, ...]) -> tuple[bool, str, str]:
    [suggestion] = suggestions
    assert suggestion.edit is not None, suggestion.why
    return suggestion.states, suggestion.edit.key, suggestion.edit.text


def test_a_claim_in_other_words_is_taught_by_a_topic(registry_of: Registries) -> None:
    [suggestion] = taught(registry_of(WINDOW), "window", 1, "Bring back your parcel within 14 days.\n")
    assert suggestion.states
    assert suggestion.edit is not None
    assert (suggestion.edit.action, suggestion.edit.key) == ("add", "topics")
    assert suggestion.edit.text in "bring back your parcel"
    assert suggestion.edit.place == registry_of(WINDOW).terms[0].place
    assert suggestion.verdict is not None
    assert suggestion.verdict.outcome is Outcome.DIVERGES


@pytest.mark.parametrize(
    ("filters", "key", "text"),
    [("must: [warehouse]", "must", "warehouse"), ("not_topics: [within, postage]", "not_topics", "within")],
)
def test_a_filter_that_holds_a_claim_back_is_taken_out(
    filters: str, key: str, text: str, registry_of: Registries
) -> None:
    held = registry_of(f"{WINDOW}  {filters}\n")
    [suggestion] = taught(held, "window", 1, "Return unused goods within 30 days of delivery.\n")
    term = held.terms[0]
    assert suggestion.edit == Edit(EditAction.TAKE_OUT, key, text, "rules/window", term.place)
    assert suggestion.verdict is not None
    assert suggestion.verdict.outcome is Outcome.AGREES


def test_an_article_that_the_policy_leaves_out_is_let_in(registry_of: Registries) -> None:
    held = registry_of(WINDOW, applies_to='["shop/**"]')
    found = taught(held, "window", 1, "Return unused goods within 30 days of delivery.\n")
    assert only(found) == (True, "applies_to", "help/0.md")


def test_a_claim_that_is_no_statement_is_kept_off_by_a_word_of_its_own(registry_of: Registries) -> None:
    article = "Return unused goods within 30 days of delivery.\n\nReturn unused goods of the museum within 7 days.\n"
    assert only(tuple(one for one in taught(registry_of(WINDOW), "window", 3, article) if not one.states)) == (
        False,
        "not_topics",
        "museum",
    )


def test_an_edit_that_would_change_another_statement_is_passed_over(registry_of: Registries) -> None:
    """The museum is named by a good statement too: on the page, on another page of the run, or in an example."""
    wrong = "Return unused goods of the museum within 7 days.\n"
    good = "Museum friends return unused goods within 30 days of delivery.\n"
    example = f"{WINDOW}  examples: {{states: ['{good.strip()}']}}\n"
    for held, texts in (
        (registry_of(WINDOW), (f"{wrong}\n{good}",)),
        (registry_of(WINDOW), (wrong, good)),
        (registry_of(example), (wrong,)),
    ):
        found = [one for one in taught(held, "window", 1, *texts) if not one.states]
        assert found
        assert all(one.edit is None or one.edit.text != "museum" for one in found)


def test_what_no_edit_can_do_is_said_without_trying(registry_of: Registries) -> None:
    held = registry_of(WINDOW + FEE)
    [other] = taught(held, "fee", 1, "Return unused goods within 30 days of delivery.\n")
    assert (other.edit, other.tried, other.why) == (None, 0, "30 days is another kind of value than the term's")
    [former] = taught(held, "window", 1, "Until 2019 you could return unused goods within 60 days of delivery.\n")
    assert (former.edit, former.tried) == (None, 0)
    assert "does not assert" in former.why


def test_a_claim_that_a_person_answered_for_is_left_to_the_answer(registry_of: Registries) -> None:
    sentence = "Return unused goods within 30 days of delivery."
    reviewed = f"reviewed: [{{article: help/0.md, sentence: '{sentence}', term: null}}]\n"
    held = registry_of(WINDOW, files={"reviewed.yaml": reviewed})
    [suggestion] = taught(held, "window", 1, sentence)
    assert "reviewed.yaml" in suggestion.why


def test_the_filter_that_is_not_all_is_named(registry_of: Registries) -> None:
    held = registry_of(WINDOW.replace("[return unused goods]", "[return unused goods]\n  must: [warehouse]"))
    [suggestion] = taught(held, "window", 1, "Your delivery: 14 days.\n")
    assert suggestion.edit is None
    assert suggestion.why.startswith("`must` of rules/window keeps the term away")
    assert suggestion.why.endswith(REVIEW)


def test_trying_ends_when_the_work_is_done(registry_of: Registries, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WORK", 0)
    [suggestion] = taught(registry_of(WINDOW), "window", 1, "Bring back your parcel within 14 days.\n")
    assert (suggestion.edit, suggestion.tried, suggestion.why) == (None, 0, LONG)


def test_a_decided_statement_can_only_be_taken_away(registry_of: Registries) -> None:
    found = taught(registry_of(WINDOW), "window", 1, "Return unused goods within 30 days of delivery.\n")
    assert [suggestion.states for suggestion in found] == [False]


CELLS = """
# Bluebell

## What is special {#special}

| | Bluebell |
| --- | --- |
| Wait | 45 days |
"""
RIVALS = """
- term: pickup
  says: A parcel waits in the shop for 10 days.
  value: 10 days
  topics: [parcel waits in the shop]
- term: recall
  says: A recalled battery is taken back for 90 days.
  value: 90 days
  topics: [recalled battery]
"""
PLANS = """
- term: postpaid
  says: A phone can be unlocked after 60 days.
  value: 60 days
  scope: {plan: postpaid}
  topics: [phone unlocked]
- term: prepaid
  says: A phone can be unlocked after 12 months.
  value: 12 months
  scope: {plan: prepaid}
  topics: [phone unlocked]
"""


def proposed(held: Registry, name: str, line: int, text: str, *, states: bool) -> list[tuple[str, str, str, str]]:
    """Everything that would be tried, tried or not: action, key, text, where."""
    standard = Standard(held, DAY, languages.load)
    snapshot = Snapshot(Page("help/0.md", "https://help.larkspur.example/0"), dedent(text).encode(), "text/markdown")
    examined = examine(snapshot, standard)
    match = next(one for one in examined.matches if one.claim.passage.line_at(one.claim.start) == line)
    beside = [one.claim for one in examined.matches if one.claim.passage is match.claim.passage]
    case = Case(snapshot.page, match, beside, resolve(held, name), held, languages.load("en"))
    edits = (proposal.edit for proposal in (stating(case) if states else silencing(case)))
    return [(edit.action, edit.key, edit.text, edit.where) for edit in edits]


def test_a_cell_is_named_by_what_stands_around_it(registry_of: Registries) -> None:
    tried = proposed(registry_of(WINDOW), "window", 8, CELLS, states=True)
    assert ("add", "topics", "wait", "rules/window") in tried
    assert ("add", "topics", "bluebell", "rules/window") in tried
    places = [text for _, key, text, _ in tried if key == "published_at"]
    assert places[-1] == "https://help.larkspur.example/0"
    assert all(text.startswith(places[-1]) for text in places)


def test_phrases_come_from_beside_the_value_without_it_and_without_little_words(registry_of: Registries) -> None:
    text = "Bring back your parcel within 14 days, or the box.\n"
    tried = proposed(registry_of(WINDOW), "window", 1, text, states=True)
    topics = [text for _, key, text, _ in tried if key == "topics"]
    assert topics == ["bring back", "back your parcel", "bring back your parcel", "parcel", "box", "back", "bring"]


def test_a_rival_is_kept_off_in_words_that_are_not_its_own(registry_of: Registries) -> None:
    text = "A recalled battery of a drone waits in the shop for 90 days.\n"
    held = registry_of(RIVALS)
    tried = proposed(held, "pickup", 1, text, states=True)
    kept_off = [(text, where) for _, key, text, where in tried if key == "not_topics"]
    assert ("drone waits", "rules/recall") in kept_off
    assert ("recalled battery", "rules/recall") not in kept_off


def test_a_scope_may_be_the_one_that_is_meant(registry_of: Registries) -> None:
    held = registry_of(PLANS, scopes="plan: {postpaid: [pay monthly], prepaid: [pay as you go]}")
    tried = proposed(held, "postpaid", 1, "A phone can be unlocked after 60 days.\n", states=True)
    assert tried[-1] == ("set", "scopes.plan.default", "postpaid", "scopes.yaml")


def test_words_of_the_term_that_a_claim_lacks_may_be_needed(registry_of: Registries) -> None:
    tried = proposed(registry_of(WINDOW), "window", 1, "Goods of the museum: 30 days.\n", states=False)
    assert [text for _, key, text, _ in tried if key == "must"][:3] == ["return", "unused", "returned"]
    assert tried[-1] == ("add", "examples.silent", "Goods of the museum: 30 days.", "rules/window")
