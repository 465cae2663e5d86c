"""Phrases counted by hand: where one begins and ends, what it weighs, and which of several is shown."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drift.check.phrases import FLOOR, LEAST, MOST, PhraseFinder, Ranked, SentenceContext, Stems, holds, ranked, ratio
from drift.engine import languages

READER = PhraseFinder(languages.load("en"), "USD")
PLACES = "shop kiosk depot office lounge garage cinema bakery pool library museum theatre harbour garden stadium bank"
FILLER = tuple(f"The {word} opens on Mondays." for word in PLACES.split())


def said(*texts: str) -> SentenceContext:
    return SentenceContext(texts, READER)


def spelled(text: str) -> set[str]:
    return {text[start:end] for start, end in READER.phrases(text).values()}


def counted(*texts: str, others: tuple[str, ...] = FILLER, known: tuple[Stems, ...] = ()) -> dict[str, tuple[int, int]]:
    found = ranked([said(text) for text in texts], [said(text) for text in others], lambda one: one in known)
    return {one.words: (one.own, one.others) for one in found}


def test_a_phrase_has_one_to_four_words_and_begins_and_ends_with_one_that_says_something() -> None:
    assert spelled("the fee for the late bill of the line") == {
        "fee", "late", "bill", "line", "late bill", "fee for the late", "bill of the line",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pay within 30 days of delivery", {"Pay", "delivery"}),  # nor is 'within' left of the value
        ("costs $5, paid late", {"costs", "paid", "late", "paid late"}),
        ("bill (late)", {"bill", "late"}),
        ("Form 27 renewal", {"Form", "renewal"}),
        ("lasts for one", {"lasts"}),
    ],
)
def test_values_numbers_and_punctuation_part_phrases(text: str, expected: set[str]) -> None:
    assert spelled(text) == expected


def test_what_a_hyphen_joins_is_not_cut() -> None:
    assert spelled("your last top-up expires") == {
        "last",
        "expires",
        "top-up",
        "last top-up",
        "top-up expires",
        "last top-up expires",
    }


def test_endings_make_no_other_phrase_and_the_plainest_of_the_commonest_spellings_is_shown() -> None:
    found = counted("Late Fees apply.", "A late fee applies.", "Your late fee is due.", "See late fees")
    assert found["late fee"] == (4, 0)


def test_the_same_sentence_with_another_value_or_limit_is_known_by_the_same_words() -> None:
    assert said("Pay within 30 days.").known_by == said("Pay within two weeks.").known_by
    assert said("Pay within 30 days.", "Bills").known_by != said("Pay within 30 days.", "Fines").known_by


def test_one_sentence_is_no_evidence() -> None:
    assert LEAST == 2
    assert counted("The restocking fee is due.", "Unused goods come back.") == {}


def test_what_stands_by_others_as_often_is_left_out() -> None:
    others = (
        tuple(f"The {word} fee is due." for word in ["late", "paper", "card", "activation", "delivery", "repair"])
        + FILLER
    )
    found = counted("The restocking fee is due.", "A restocking fee applies.", others=others)
    assert found == {"restocking fee": (2, 0)}


def test_a_shorter_phrase_that_stands_there_more_often_goes_before_what_holds_it() -> None:
    found = counted("Early return of goods", "Early return of parcels", "A return of letters")
    assert found == {"return": (3, 0)}


def test_of_phrases_by_the_very_same_sentences_that_share_a_word_one_is_shown() -> None:
    own = (
        "Goods: proof of purchase, purchase price, cost of delivery",
        "Parcels: proof of purchase, purchase price, cost of delivery",
    )
    assert counted(*own, others=FILLER) == {
        "proof of purchase": (2, 0),
        "cost of delivery": (2, 0),
        "price": (2, 0),  # but not 'purchase price'
    }


def test_both_are_shown_where_the_shorter_stands_by_others_as_well() -> None:
    own = ("Early return of goods", "Early return of parcels", "A return of letters", "Each return counts")
    found = counted(*own, others=(*FILLER, *FILLER, *FILLER, *FILLER, "We return calls."))
    assert found == {"return": (4, 1), "Early return": (2, 0)}


def test_known_phrases_are_left_out() -> None:
    texts = ("The restocking fee is due.", "A restocking fee applies.")
    assert counted(*texts, known=(READER.stems("restocking fee"),)) == {"restocking": (2, 0), "fee": (2, 0)}


def test_no_more_are_shown_than_are_read() -> None:
    words = [f"{first}{second}rk" for first in "bcdfg" for second in "aeiou"]
    own = [said(*words), said(*words[:-1], "x"), said(*words[1:], "y")]
    found = ranked(own, [said(text) for text in FILLER], lambda _: False)
    assert 0 < len(found) <= MOST


def test_the_example_is_a_short_sentence_that_has_the_phrase_itself() -> None:
    own = [
        said("It is charged once.", "Restocking fee"),
        said("A restocking fee of some size is charged for goods."),
        said("The restocking fee is due."),
    ]
    (found,) = ranked(own, [said(text) for text in FILLER], lambda _: False)
    number, at = found.at
    assert own[number].texts[at.text][at.start : at.end] == "restocking fee"
    assert (number, at.text) == (2, 0)


def test_the_ratio_is_that_of_the_fourfold_table() -> None:
    """By hand: 10 of 20 and 5 of 80, of which 3 and 12 are expected."""
    expected = 2 * (10 * math.log(10 / 3) + 5 * math.log(5 / 12) + 10 * math.log(10 / 17) + 75 * math.log(75 / 68))
    assert ratio(10, 20, 5, 80) == pytest.approx(expected)
    assert ratio(5, 20, 20, 80) == pytest.approx(0)
    assert ratio(1, 20, 60, 80) < 0
    assert ratio(20, 40, 1, 60) > ratio(2, 40, 0, 60)  # what a mere quotient would turn round


COUNTS = st.tuples(*(st.integers(0, 60) for _ in range(4))).filter(
    lambda four: four[0] <= four[1] and four[2] <= four[3]
)


@given(COUNTS)
def test_the_ratio_is_positive_where_the_share_is_greater_and_only_there(four: tuple[int, int, int, int]) -> None:
    own, of_own, others, of_others = four
    found = ratio(own, of_own, others, of_others)
    assert found > 0 or own * of_others <= others * of_own or found == pytest.approx(0, abs=1e-9)
    assert found <= 1e-9 or own * of_others > others * of_own


SENTENCES = st.lists(
    st.lists(st.sampled_from(["late", "fee", "bill", "return", "window", "goods", "card"]), min_size=1, max_size=6).map(
        " ".join
    ),
    max_size=8,
)


@given(own=SENTENCES, others=SENTENCES, order=st.randoms(use_true_random=False))
def test_what_is_found_holds_of_the_sentences_and_hangs_on_no_order(
    own: list[str], others: list[str], order: object
) -> None:
    def found(mine: list[str], theirs: list[str]) -> list[Ranked]:
        return list(ranked([said(one) for one in mine], [said(one) for one in (*theirs, *FILLER)], lambda _: False))

    before = found(own, others)
    for one in before:
        stems = READER.stems(one.words)
        assert one.own == sum(holds(READER.stems(text), stems) for text in own) >= LEAST
        assert one.others == sum(holds(READER.stems(text), stems) for text in (*others, *FILLER))
        assert one.weight >= FLOOR
    order.shuffle(own)  # type: ignore[attr-defined]
    order.shuffle(others)  # type: ignore[attr-defined]
    assert [one[:4] for one in found(own, others)] == [one[:4] for one in before]
