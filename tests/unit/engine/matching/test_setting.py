"""What the rest of a sentence, a table and the other values of an article say about one value."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from drift.engine import claims, languages, reading
from drift.engine.matching import Matcher
from drift.engine.matching.weights import WEIGHTS
from drift.model import Examined, Page, Registry, Snapshot

TERMS = """
- term: postpaid
  says: A phone can be unlocked after 60 days of paid service.
  value: 60 days
  scope: {plan: postpaid}
  topics: [unlock your phone]
- term: prepaid
  says: A phone can be unlocked after 180 days of paid service.
  value: 180 days
  scope: {plan: prepaid}
  topics: [unlock your phone]
- term: business
  says: A phone can be unlocked after 20 days of paid service.
  value: 20 days
  scope: {plan: business}
  topics: [unlock your phone]
"""
SCOPES = "plan: {postpaid: [postpaid, pay monthly], prepaid: [prepaid, pay as you go], business: []}"
EVERY = {"postpaid", "prepaid", "business"}
DAY = date(2026, 11, 21)


def about(examined: Callable[..., Examined], text: str) -> set[str]:
    """The terms that the one claim of 99 days may be about."""
    matches = examined(TERMS, f"# Unlock your phone\n\n{text}\n", scopes=SCOPES).matches
    found = [match for match in matches if match.claim.value_text == "99 days"]
    assert len(found) == 1
    return {candidate.term.name for candidate in found[0].candidates}


SENTENCES = [
    # A scope that a sentence names once holds for all its values, and goes before the heading.
    ("You unlock your phone after 99 days (40 days abroad) on prepaid plans.", {"prepaid"}),
    ("## Business\n\nYou unlock your phone after 99 days (40 days abroad) on prepaid plans.", {"prepaid"}),
    # Near: it names two, it stands in brackets, or in the part of another value.
    ("You unlock your phone after 99 days (40 days abroad) on prepaid and business plans.", EVERY),
    (
        "## Business\n\nYou unlock your phone after 99 days (40 days abroad) as said (in prepaid news).",
        {"business"},
    ),
    ("On prepaid plans the code comes after 2 days, and you unlock your phone after 99 days.", EVERY),
    # A contrast: the value before it is about the other scopes.
    ("You can unlock your phone after 99 days (40 days for prepaid plans).", {"postpaid", "business"}),
    ("You can unlock your phone after 99 days (40 days for prepaid and business plans).", {"postpaid"}),
    ("You can unlock your phone after 99 days, and with prepaid after 40 days.", {"postpaid", "business"}),
    # Near: the other value names no scope, or this one names its own.
    ("You can unlock your phone after 99 days (40 days abroad).", EVERY),
    ("You can unlock your phone after 99 days on postpaid plans (40 days for prepaid plans).", {"postpaid"}),
    # An exception: whose the value is stays open, unless another scope is named.
    ("Except for prepaid plans, which take 99 days, you unlock your phone after 40 days.", {"prepaid"}),
    ("Except for prepaid plans, where you unlock your phone after 99 days, ask us.", {"prepaid"}),
    ("Except for prepaid plans, you unlock your phone after 99 days on postpaid plans.", {"postpaid"}),
    ("Except for prepaid plans, which are sold out, you unlock your phone after 99 days.", set()),
]


@pytest.mark.parametrize(("text", "scopes"), SENTENCES, ids=[text for text, _ in SENTENCES])
def test_the_rest_of_a_sentence_may_tell_the_scope(
    examined: Callable[..., Examined], text: str, scopes: set[str]
) -> None:
    assert about(examined, text) == scopes


def table(*rows: str) -> str:
    first, *rest = (f"| {row} |" for row in rows)
    return "\n".join([first, "|" + "-|" * (first.count("|") - 1), *rest])


TABLES = {
    "an unknown plan beside a known one": (table("Deed | Prepaid | Basic", "Unlock | 180 days | 99 days"), set()),
    "an unknown plan over a known one": (table("Plan | Unlock", "Prepaid | 180 days", "Basic | 99 days"), set()),
    "with a word more": (table("Deed | The Prepaid plan | The Basic plan", "Unlock | 180 days | 99 days"), set()),
    # Near: the header is known itself, no header is a plan, or one only mentions a plan among other words.
    "a known plan": (table("Deed | Prepaid | Business", "Unlock | 180 days | 99 days"), {"business"}),
    "no plan at all": (table("Deed | Today | Later", "Unlock | 180 days | 99 days"), EVERY),
    "a plan is only mentioned": (table("Rule | Answer", "Lines of a prepaid account | 4", "Unlock | 99 days"), EVERY),
    "another axis names the plan": (
        table("Plan | Unlock a business phone", "Prepaid | 180 days", "Basic | 99 days"),
        {"business"},
    ),
}


@pytest.mark.parametrize(("text", "scopes"), TABLES.values(), ids=TABLES)
def test_beside_headers_that_name_scopes_an_unknown_header_names_another(
    examined: Callable[..., Examined], text: str, scopes: set[str]
) -> None:
    assert about(examined, text) == scopes


REPAIRS = """
- term: screen
  says: A broken screen is repaired within 5 days.
  value: 5 days
  topics: [screen repair]
"""
ELSEWHERE = [
    ("A broken screen is repaired within 5 days and a battery of yours within 9 days.", "9 days", True),
    ("| Repair | Time |\n|-|-|\n| Broken screen | 5 days |\n| Battery | 9 days |", "9 days", True),
    # Near: the words stand at this value, at one of another kind, or in another block.
    ("A broken screen is repaired within 5 days and a battery of yours within 9 days.", "5 days", False),
    ("A broken screen costs $5 to repair and a battery of yours takes 9 days.", "9 days", False),
    ("A broken screen is repaired within 5 days.\n\nA battery of yours takes 9 days.", "9 days", False),
]


@pytest.mark.parametrize(("text", "value", "told"), ELSEWHERE, ids=[f"{v}: {t}" for t, v, _ in ELSEWHERE])
def test_words_that_stand_at_another_value_are_told(
    registry_of: Callable[..., Registry], text: str, value: str, told: bool
) -> None:
    language = languages.load("en")
    page = f"# Screen repair\n\n{text}\n"
    article = reading.read(Snapshot(Page("help.md"), page.encode(), "text/markdown"))
    found = claims.extract(article, language)
    matcher = Matcher(registry_of(REPAIRS), language, DAY)
    (claim,) = (claim for claim in found if claim.value_text == value)
    (weighed,) = matcher.weigh(claim, matcher.setting(article, found))

    assert (weighed.fit.features["elsewhere"] > 0) is told


def test_words_that_stand_at_another_value_speak_against_a_term() -> None:
    assert WEIGHTS["elsewhere"] < 0
