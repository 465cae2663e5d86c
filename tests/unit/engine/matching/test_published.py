"""`published_at`: the owner says where a term stands, and the best-fitting claim of its kind there is about it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from drift.model import Examined

HERE = "https://help.larkspur.example/wireless/unlock"
WAIT = """
- term: wait
  says: A phone can be unlocked after 60 days of paid service.
  value: 60 days
  topics: [unlock your phone]
"""
VAGUE = "# Help\n\n## Unlock\n\nThis is done for you after {} and costs $5.\n"  # too few words to be sure of a term


def published(*where: str, terms: str = WAIT) -> str:
    return terms.rstrip() + f"\n  published_at: [{', '.join(repr(one) for one in where)}]\n"


def outcomes(examined: Examined) -> list[tuple[str, str]]:
    return [(verdict.match.claim.value_text, verdict.outcome.value) for verdict in examined.verdicts]


def test_without_it_vague_words_are_a_question(examined: Callable[..., Examined]) -> None:
    assert outcomes(examined(WAIT, VAGUE.format("30 days"), address=HERE)) == [("30 days", "suspect")]


@pytest.mark.parametrize(
    ("value", "outcome"), [("30 days", "diverges"), ("60 days", "agrees"), ("2 months", "diverges")]
)
def test_where_a_term_is_published_vague_words_are_enough(
    examined: Callable[..., Examined], value: str, outcome: str
) -> None:
    seen = examined(published(HERE), VAGUE.format(value), address=HERE)

    assert outcomes(seen) == [(value, outcome)]
    assert seen.verdicts[0].match.pinned
    assert seen.verdicts[0].confidence > 0.9


@pytest.mark.parametrize(
    ("where", "address", "pinned"),
    [
        (HERE, HERE, True),
        (HERE, f"{HERE}-other", False),
        ("https://help.larkspur.example/wireless/*", HERE, True),
        ("**/unlock", HERE, True),
        ("https://help.larkspur.example/cable/**", HERE, False),
        (f"{HERE}#unlock", HERE, True),
        (f"{HERE}#refund", HERE, False),
        ("**#unlock", HERE, True),
    ],
)
def test_a_place_is_an_address_or_a_glob_with_an_anchor_perhaps(
    examined: Callable[..., Examined], where: str, address: str, pinned: bool
) -> None:
    seen = examined(published(where), VAGUE.format("30 days"), address=address)

    assert any(match.pinned for match in seen.matches) is pinned


def test_the_best_fitting_claim_is_the_one(examined: Callable[..., Examined]) -> None:
    page = "# Help\n\n## Unlock\n\nAnswers take 3 days. After 30 days of paid service it is unlocked. Try for 9 days.\n"
    seen = examined(published(HERE), page, address=HERE)

    assert [match.claim.value_text for match in seen.matches if match.pinned] == ["30 days"]


def test_a_claim_of_the_right_section_goes_before_a_better_one_elsewhere(examined: Callable[..., Examined]) -> None:
    page = (
        "# Help\n\n## Unlock\n\nThis is done for you after 30 days.\n\n"
        "## More\n\nYou can unlock your phone after 90 days of paid service.\n"
    )
    seen = examined(published(f"{HERE}#unlock"), page, address=HERE)

    assert [match.claim.value_text for match in seen.matches if match.pinned] == ["30 days"]


@pytest.mark.parametrize(
    "before",
    [
        "Previously you could unlock your phone after 90 days of paid service.",
        "For example, suppose you unlock your phone after 90 days of paid service.",
        "Can you unlock your phone after 90 days of paid service?",
    ],
)
def test_only_what_is_asserted_can_be_the_one(examined: Callable[..., Examined], before: str) -> None:
    page = f"# Help\n\n## Unlock\n\n{before}\n\nThis is done for you after 30 days.\n"
    seen = examined(published(HERE), page, address=HERE)

    assert [match.claim.value_text for match in seen.matches if match.pinned] == ["30 days"]


HANDLING = """
- term: handling
  says: An unlock request is handled within 2 days.
  value: 2 days
  topics: [unlock request]
"""


@pytest.mark.parametrize("terms", [(WAIT, HANDLING), (HANDLING, WAIT)], ids=["wait first", "handling first"])
def test_a_claim_states_the_one_of_two_published_terms_that_it_fits_better(
    examined: Callable[..., Examined], terms: tuple[str, str]
) -> None:
    registry = "".join(published(HERE, terms=one) for one in terms)
    both = (
        "# Help\n\n## Unlock\n\nAn unlock request is handled within 3 days. You can unlock your phone after 30 days.\n"
    )
    seen = examined(registry, both, address=HERE)

    assert [match.term.name for match in seen.matches if match.term] == ["handling", "wait"]
    assert all(match.pinned for match in seen.matches)


def test_a_value_of_its_own_tells_two_published_terms_apart_that_fit_alike(examined: Callable[..., Examined]) -> None:
    registry = published(HERE) + published(HERE, terms=HANDLING)

    assert outcomes(examined(registry, VAGUE.format("60 days"), address=HERE)) == [("60 days", "agrees")]
    assert outcomes(examined(registry, VAGUE.format("2 days"), address=HERE)) == [("2 days", "agrees")]


def test_the_owners_filters_hold_there_too(examined: Callable[..., Examined]) -> None:
    terms = published(HERE).rstrip() + "\n  must: [service]\n"

    assert outcomes(examined(terms, VAGUE.format("30 days"), address=HERE)) == []


def test_claims_of_another_kind_are_never_the_one(examined: Callable[..., Examined]) -> None:
    assert outcomes(examined(published(HERE), "# Help\n\n## Unlock\n\nIt costs $5.\n", address=HERE)) == []
