from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drift.engine import languages
from drift.engine.claims import extract
from drift.engine.sentences import LONGEST
from drift.model import Article, Claim, Page, Passage, Stance, Zone
from drift.model.values import Bound, Kind


def _extract(*passages: Passage, title: str | None = "Larkspur Mobile help") -> tuple[Claim, ...]:
    return extract(Article(Page("help.md"), title, "en", passages), languages.load("en"))


def _paragraph(text: str, **context: object) -> Passage:
    return Passage(text, Zone.PARAGRAPH, **context)  # type: ignore[arg-type]


def test_a_claim_knows_its_value_sentence_and_place() -> None:
    (claim,) = _extract(_paragraph("It is simple. Return the SIM within 30 days. Thank you."))

    assert claim.value_text == "30 days"
    assert claim.quote == "Return the SIM within 30 days."
    assert claim.own == "Return the SIM within 30 days."
    assert claim.bound is Bound.AT_MOST
    assert claim.previous == "It is simple."
    assert (claim.ordinal, claim.stance, claim.stance_why) == (1, Stance.CURRENT, None)


def test_values_of_a_sentence_are_counted() -> None:
    claims = _extract(_paragraph("Late? Pay $5 within 10 days. Or pay $10 within 20 days."))

    assert [(claim.value_text, claim.ordinal) for claim in claims] == [
        ("$5", 1),
        ("10 days", 2),
        ("$10", 1),
        ("20 days", 2),
    ]


def test_headings_and_titles_state_values_and_code_does_not() -> None:
    claims = _extract(
        Passage("30-Day Refund Policy", Zone.HEADING),
        Passage("Refunds within 30 days", Zone.TITLE),
        Passage("sleep 30 days", Zone.CODE),
    )

    assert [claim.passage.zone for claim in claims] == [Zone.HEADING, Zone.TITLE]


def test_the_sentence_before_comes_from_the_passage_before_under_the_same_heading() -> None:
    first = _paragraph("Ask us first. Postpaid phones are locked.", headings=("Unlocking",))
    same = _paragraph("They unlock after 60 days.", headings=("Unlocking",))
    elsewhere = _paragraph("They unlock after 60 days.", headings=("Prepaid",))

    assert _extract(first, same)[0].previous == "Postpaid phones are locked."
    assert _extract(first, elsewhere)[0].previous == ""


def test_a_long_sentence_before_is_cut_to_its_nearer_end() -> None:
    (claim,) = _extract(_paragraph("so " * 200 + "prepaid phones are locked. They unlock after 60 days."))

    assert len(claim.previous) == 200
    assert claim.previous.endswith("prepaid phones are locked.")


def test_a_bare_number_in_a_cell_is_read_with_its_headers() -> None:
    by_column, by_row, by_unit, word = _extract(
        Passage("5", Zone.CELL, row=("Family",), column=("Devices",)),
        Passage("8", Zone.CELL, row=("Replicas",), column=("Pro",)),
        Passage("20", Zone.CELL, row=("Storage (GB)",), column=("Users",)),
        Passage("Unlimited", Zone.CELL, row=("Calls",), column=("Pro",)),
    )

    assert (by_column.value.kind, by_column.value.unit) == (Kind("count"), "device")
    assert (by_row.value.kind, by_row.value.unit) == (Kind("count"), "replica")
    assert by_unit.value.kind == "data size"
    assert word.value.unit == "unlimited"


def test_a_number_without_a_telling_header_states_nothing() -> None:
    assert _extract(Passage("20", Zone.CELL, row=("Basic",), column=("Pro",))) == ()


@pytest.mark.parametrize(
    ("row", "column", "unit"),
    [
        ("Pro", "Users", "user"),
        ("Max users", "Families Org", "user"),  # a plural that ends its header counts; one before a noun only names
        ("Families Org", "Max users", "user"),
        ("Price", "Families Org", "family"),  # where nothing tells better, the name has to do
        ("Max users", "Families", "family"),  # of equals the column
        ("Vault", "Max users", "user"),
    ],
)
def test_the_header_that_counts_tells_what_a_bare_number_counts(row: str, column: str, unit: str) -> None:
    (claim,) = _extract(Passage("6", Zone.CELL, row=(row,), column=(column,)))

    assert (claim.value.kind, claim.value.unit) == (Kind("count"), unit)


@pytest.mark.parametrize(
    ("text", "after", "stance"),
    [
        ("Set the hold to 30 seconds:", Zone.CODE, Stance.EXAMPLE),
        ("It is a rule. Set the hold to 30 seconds: ", Zone.CODE, Stance.EXAMPLE),
        ("Set the hold to 30 seconds.", Zone.CODE, Stance.CURRENT),
        ("The hold lasts 30 seconds. Set it like this:", Zone.CODE, Stance.CURRENT),
        ("Set the hold to 30 seconds:", Zone.ITEM, Stance.CURRENT),
        ("Previously the hold was 30 seconds:", Zone.CODE, Stance.FORMER),
    ],
)
def test_a_sentence_that_introduces_code_gives_an_example(text: str, after: Zone, stance: Stance) -> None:
    (claim,) = _extract(_paragraph(text), Passage("hold = yes", after))

    assert claim.stance is stance


def test_a_change_is_two_claims_and_no_range() -> None:
    old, new = _extract(_paragraph("The allowance was raised from 20 GB to 50 GB."))

    assert (old.value_text, old.stance, old.value.is_range) == ("20 GB", Stance.FORMER, False)
    assert (new.value_text, new.stance, new.value.is_range) == ("50 GB", Stance.CURRENT, False)


def test_a_range_stays_one() -> None:
    (claim,) = _extract(_paragraph("Orders take from 3 to 5 days."))

    assert claim.value.is_range


def test_dates_of_the_page_itself_promise_nothing() -> None:
    assert _extract(_paragraph("Last updated: May 1, 2026"), _paragraph("Effective date: 1 May 2026")) == ()
    (claim,) = _extract(_paragraph("The last day to return gifts is 31 January."))
    assert claim.value.kind == "date"


def test_a_sentence_reaches_around_its_values() -> None:
    claims = _extract(_paragraph("Calls end at 5 p.m. Eastern. Refunds take 3 to 5 business days."))

    assert [claim.quote for claim in claims] == [
        "Calls end at 5 p.m. Eastern.",
        "Refunds take 3 to 5 business days.",
    ]


def test_values_without_end_stay_in_sentences_of_bounded_length() -> None:
    claims = _extract(_paragraph("5 days;" * 2000), _paragraph("1 1 1 1 days " * 1000))

    assert len(claims) == 3000
    assert max(len(claim.quote) for claim in claims) <= LONGEST


_WORDS = st.sampled_from(
    [
        "30 days",
        "thirty (30) days",
        "$35",
        "5 to 10 GB",
        "previously",
        "until March 2024",
        "from 1 May 2027",
        "(",
        ")",
        ";",
        ". ",
        "? ",
        "\n",
        ", and",
        "but now",
        "your bank may take",
        "PayPal",
        "FarCall gives",
        "not",
        "no",
        "e.g.",
        "for example,",
        "would be",
        "İ",
        "ß",
        "\xa0",
        "5 p.m.",
        "18%",
        "13 or older",
        "changed from",
    ]
)
_TEXTS = st.lists(_WORDS, max_size=14).map(" ".join) | st.text(max_size=60)
_PASSAGES = st.builds(
    Passage,
    text=_TEXTS,
    zone=st.sampled_from(Zone),
    headings=st.lists(_TEXTS, max_size=2).map(tuple),
    lead_in=st.none() | _TEXTS,
    column=st.lists(_TEXTS, max_size=2).map(tuple),
    row=st.lists(_TEXTS, max_size=1).map(tuple),
)


@given(st.lists(_PASSAGES, max_size=3), st.none() | _TEXTS)
def test_any_article_gives_claims_whose_spans_nest(passages: list[Passage], title: str | None) -> None:
    for claim in _extract(*passages, title=title):
        assert 0 <= claim.sentence[0] <= claim.start < claim.end <= claim.sentence[1] <= len(claim.passage.text)
        assert claim.sentence[0] <= claim.segment[0] <= claim.start < claim.end <= claim.segment[1] <= claim.sentence[1]
        assert claim.passage.text[claim.start : claim.end] == claim.value_text
        assert claim.value_text in claim.own in claim.quote
        assert claim.ordinal >= 1
