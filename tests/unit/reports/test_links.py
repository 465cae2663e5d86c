"""A link opens the page at the sentence, whatever the sentence holds."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from urllib.parse import unquote

import pytest

from drift.model import Claim, Page, Passage, Zone
from drift.model.values import Kind, Unit, Value
from drift.reports.links import to_claim

PAGE = Page("https://help.larkspur.example/returns")
VALUE = Value(Kind("duration"), Decimal(30), Decimal(30), Unit("day"))


def claim(text: str, zone: Zone = Zone.PARAGRAPH, row: tuple[str, ...] = (), anchor: str | None = None) -> Claim:
    start = text.index("30 days")
    return Claim(Passage(text, zone, row=row, anchor=anchor), VALUE, start, start + 7, (0, len(text)), (0, len(text)))


@pytest.mark.parametrize(
    ("text", "directive"),
    [
        ("Return it in 30 days.", "Return%20it%20in%2030%20days."),
        ("A 30 days, no-quibble rule & more", "A%2030%20days%2C%20no%2Dquibble%20rule%20%26%20more"),
        ("#half? 100% in 30 days/week", "%23half%3F%20100%25%20in%2030%20days%2Fweek"),
        ("Rückgabe – 30 days", "R%C3%BCckgabe%20%E2%80%93%2030%20days"),
        ("First line\nthen 30 days\nthen more", "then%2030%20days"),
    ],
)
def test_the_sentence_percent_encoded(text: str, directive: str) -> None:
    assert to_claim(PAGE, claim(text)) == f"https://help.larkspur.example/returns#:~:text={directive}"


def test_a_long_sentence_is_named_by_its_ends() -> None:
    link = to_claim(PAGE, claim("one two three four five six " + "and so on " * 30 + "30 days after the last of them"))
    assert link is not None
    start, end = link.partition(":~:text=")[2].split(",")
    assert (unquote(start), unquote(end)) == ("one two three four five six", "days after the last of them")


def test_a_cell_is_found_from_the_header_of_its_row() -> None:
    link = to_claim(PAGE, claim("30 days", Zone.CELL, row=("Pre-paid", "Returns, opened")))
    assert link == "https://help.larkspur.example/returns#:~:text=Returns%2C%20opened,30%20days"


@pytest.mark.parametrize(
    ("address", "anchor", "expected"),
    [
        ("https://a.example/x", "post paid", "https://a.example/x#post%20paid:~:text=30%20days"),
        ("https://a.example/x#top", None, "https://a.example/x#top:~:text=30%20days"),
        ("https://a.example/x?q=1&r#top", "near", "https://a.example/x?q=1&r#near:~:text=30%20days"),
        ("HTTP://a.example/x", None, "HTTP://a.example/x#:~:text=30%20days"),
    ],
)
def test_the_nearest_anchor_stays_before_the_text(address: str, anchor: str | None, expected: str) -> None:
    assert to_claim(Page(address), claim("30 days", anchor=anchor)) == expected


@pytest.mark.parametrize("zone", [Zone.META, Zone.STRUCTURED, Zone.ALT])
def test_what_no_browser_can_find_is_linked_by_its_page(zone: Zone) -> None:
    assert to_claim(PAGE, claim("30 days", zone)) == PAGE.address


def test_a_file_has_a_link_only_where_it_is_published() -> None:
    assert to_claim(Page("help/returns.md"), claim("30 days")) is None
    assert to_claim(Page("-"), claim("30 days")) is None
    published = to_claim(Page("help/returns.md", "https://a.example/returns"), claim("30 days"))
    assert published == "https://a.example/returns#:~:text=30%20days"


def test_half_a_character_does_no_harm() -> None:
    assert to_claim(PAGE, claim("\ud800 30 days")) == f"{PAGE.address}#:~:text=%3F%2030%20days"


@pytest.mark.parametrize(
    ("text", "beside", "directive"),
    [
        ("30 days", ("Pre-paid", "14 days"), "Pre%2Dpaid-,30%20days,-14%20days"),
        ("30 days", ("", "14 days"), "30%20days,-14%20days"),
        ("30 days", ("14 days", ""), "14%20days-,30%20days"),
        ("30 days", ("a row with more words than are needed", "next"), "words%20than%20are%20needed-,30%20days,-next"),
        ("30 days", ("x" * 70, "one\ntwo"), "30%20days,-one"),
        ("Opened\n30 days\nor less", ("Returns", "next"), "Opened-,30%20days,-or%20less"),
    ],
)
def test_a_cell_is_told_from_its_neighbours(text: str, beside: tuple[str, str], directive: str) -> None:
    one = replace(claim(text, Zone.CELL, row=("Returns",)), beside=beside)
    assert to_claim(PAGE, one) == f"https://help.larkspur.example/returns#:~:text={directive}"
