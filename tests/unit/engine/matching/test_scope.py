"""A scope is a filter: the nearest words that name one decide which of its terms a claim can be about."""

from __future__ import annotations

from collections.abc import Callable
from string import Template

import pytest

from drift.model import Examined, Outcome

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
SCOPES = "plan: {default: postpaid, postpaid: [postpaid, pay monthly], prepaid: [prepaid, pay as you go], business: []}"
RULE = "You can unlock your phone after 99 days of paid service."


def about(examined: Callable[..., Examined], page: str, scopes: str = SCOPES, **options: str) -> set[str]:
    """The scopes that the one claim of 99 days may be about."""
    matches = examined(TERMS, page, scopes=scopes, **options).matches
    return {c.term.name for match in matches if match.claim.value_text == "99 days" for c in match.candidates}


PAGES = {
    "own words": ("# Unlock\n\nWith prepaid you can unlock your phone after 99 days of paid service.", "prepaid"),
    "another spelling": ("# Unlock\n\nOn Pay As You Go you can unlock your phone after 99 days of service.", "prepaid"),
    "heading": (f"# Unlock\n\n## Prepaid phones\n\n{RULE}", "prepaid"),
    "outer heading": (f"# Unlock\n\n## Prepaid\n\n### Waiting\n\n{RULE}", "prepaid"),
    "title": (f"# Unlock a prepaid phone\n\n{RULE}", "prepaid"),
    "nearest of two headings": (f"# Unlock\n\n## Prepaid\n\n### Business\n\n{RULE}", "business"),
    "own words before the heading": (f"# Unlock\n\n## Prepaid\n\nFor business: {RULE.lower()}", "business"),
    "list item": ("# Unlock your phone\n\n- Business: after 20 days.\n- Prepaid: after 99 days.", "prepaid"),
    "lead-in": (
        "# Unlock\n\nOn a prepaid plan you can unlock your phone:\n\n- after 99 days of paid service",
        "prepaid",
    ),
    "previous sentence": (f"# Unlock\n\nThis is about prepaid phones. {RULE}", "prepaid"),
    "column": ("# Plans\n\n| | Business | Prepaid |\n|-|-|-|\n| Unlock your phone | 20 days | 99 days |", "prepaid"),
    "row": ("# Unlock your phone\n\n| Plan | Paid service |\n|-|-|\n| Business | 99 days |", "business"),
}


@pytest.mark.parametrize(("page", "scope"), PAGES.values(), ids=PAGES)
def test_the_nearest_zone_that_names_a_scope_excludes_the_others(
    examined: Callable[..., Examined], page: str, scope: str
) -> None:
    assert about(examined, page) == {scope}


def test_a_column_over_several_plans_leaves_each_of_them(examined: Callable[..., Examined]) -> None:
    page = "# Unlock\n\n| | Postpaid and business | Prepaid |\n|-|-|-|\n| Unlock your phone | 99 days | 180 days |"

    assert about(examined, page) == {"postpaid", "business"}


def test_the_rest_of_a_sentence_names_the_scope_of_the_other_values(examined: Callable[..., Examined]) -> None:
    page = "# Unlock your phone\n\nThe wait is 20 days with business, 99 days with prepaid and 60 days with postpaid."

    assert about(examined, page) == {"prepaid"}


SET_APART = [
    ("Unlike prepaid plans, postpaid plans let you unlock your phone after 99 days.", {"postpaid"}),
    ("Unlike prepaid plans, yours lets you unlock your phone after 99 days.", {"postpaid", "business"}),
    ("Unlike prepaid or business plans, yours lets you unlock your phone after 99 days.", {"postpaid"}),
    ("Unlike prepaid and business plans, postpaid lets you unlock your phone after 99 days.", {"postpaid"}),
    ("Compared to prepaid, business phones unlock sooner: you can unlock your phone after 99 days.", {"business"}),
    ("Except for prepaid phones, which take longer: unlock your phone after 99 days.", set()),  # whose are the days?
    ("Except for prepaid phones, postpaid customers unlock their phone after 99 days.", {"postpaid"}),
]


@pytest.mark.parametrize(("sentence", "scopes"), SET_APART, ids=[sentence for sentence, _ in SET_APART])
def test_a_scope_set_apart_is_not_meant(examined: Callable[..., Examined], sentence: str, scopes: set[str]) -> None:
    assert about(examined, f"# Unlock your phone\n\n{sentence}") == scopes


def test_a_claim_that_names_no_scope_is_about_the_default(examined: Callable[..., Examined]) -> None:
    page = f"# Unlock your phone\n\n{RULE}"
    other = SCOPES.replace("default: postpaid", "default: business")

    first = [examined(TERMS, page, scopes=scopes).matches[0].term for scopes in (SCOPES, other)]

    assert [term.name for term in first if term] == ["postpaid", "business"]


def test_nothing_but_a_place_makes_it_about_another_than_the_default(examined: Callable[..., Examined]) -> None:
    page = "# Unlock your phone\n\nYou can unlock your phone after 180 days of paid service."
    placed = TERMS.replace("  value: 180 days\n", "  value: 180 days\n  published_at: ['**/article']\n")

    seen = [examined(terms, page, scopes=SCOPES).matches[0].term for terms in (TERMS, placed)]

    assert [term.name for term in seen if term] == ["postpaid", "prepaid"]


def test_without_a_default_an_unnamed_scope_only_costs(examined: Callable[..., Examined]) -> None:
    scopes = SCOPES.replace("default: postpaid, ", "")

    assert about(examined, f"# Unlock your phone\n\n{RULE}", scopes) == {"postpaid", "prepaid", "business"}


def test_a_value_of_the_wrong_plan_is_held_against_the_named_one(examined: Callable[..., Examined]) -> None:
    page = "# Unlock your phone\n\n## Prepaid\n\nYou can unlock your phone after 60 days of paid service."
    verdict = examined(TERMS, page, scopes=SCOPES).verdicts[0]

    assert verdict.match.term is not None
    assert (verdict.match.term.name, verdict.outcome) == ("prepaid", Outcome.DIVERGES)


def test_without_a_scopes_file_a_scope_is_spelled_as_itself(examined: Callable[..., Examined]) -> None:
    assert about(examined, f"# Unlock\n\n## Business\n\n{RULE}", scopes="") == {"business"}


def test_a_longer_spelling_is_not_read_as_the_shorter_one(examined: Callable[..., Examined]) -> None:
    scopes = "plan: {postpaid: [line], prepaid: [second line], business: []}"

    assert about(examined, f"# Unlock\n\n## A second line\n\n{RULE}", scopes) == {"prepaid"}


def test_siblings_by_the_dozen_take_no_place_of_the_one_that_is_named(examined: Callable[..., Examined]) -> None:
    names = ["alder", "birch", "cedar", "elm", "fir", "hazel", "iris", "larch", "maple", "oak", "pine", "rowan"]
    terms = "\n".join(
        Template(
            "- {term: $n, says: The activation fee is charged once., value: USD $v, scope: {plan: $n}}"
        ).substitute(n=name, v=10 + at)
        for at, name in enumerate(names)
    )
    for at, name in enumerate(names):
        page = f"# Fees\n\nThe activation fee of the {name} plan is ${10 + at}, charged once."
        verdicts = examined(terms, page).verdicts
        assert [(v.match.term.name, v.outcome) for v in verdicts if v.match.term] == [(name, Outcome.AGREES)]
