"""Numbered paragraphs, and what introduces them."""

from __future__ import annotations

import pytest

from drift.engine.reading.enumerations import Enumerations, style_of


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("(a) to us", "letter"),
        ("b. to us", "letter"),
        ("iv. to us", "roman"),
        ("A. To us", "capital"),
        ("3) to us", "number"),
        ("2.1. to us", "clause"),
        ("2.1 You are at least 18", "clause"),
        ("• to us", "bullet"),
        ("Step 2: Send it", "named"),
        ("Step 2 – Send it", "named"),
        ("A refund", None),
        ("2 days", None),
        ("30 days", None),
        ("I agree", None),
        ("Within 2 days", None),
    ],
)
def test_how_a_paragraph_is_numbered(text: str, style: str | None) -> None:
    assert style_of(text) == style


@pytest.mark.parametrize(
    "paragraphs",
    [
        [("You confirm that:", None), ("2.1 You are 18;", "You confirm that:"), ("2.2 You pay.", "You confirm that:")],
        [
            ("We may end it if:", None),
            ("(a) you leave;", "We may end it if:"),
            ("It ends.", None),
            ("(b) or not.", None),
        ],
        [("What you get -", None), ("• 5 devices", "What you get -"), ("• 10 GB", "What you get -")],
        [("To return it:", None), ("Step 1: Print.", "To return it:"), ("Step 2: Send.", "To return it:")],
        [
            ("We end it if:", None),
            ("(a) for a line:", "We end it if:"),
            ("(i) you owe us;", "We end it if: (a) for a line:"),
            ("(ii) you leave;", "We end it if: (a) for a line:"),
            ("(b) you ask.", "We end it if:"),
        ],
        [("7.3 You may end it if:", None), ("(a) we change it.", "7.3 You may end it if:"), ("7.4 We pay.", None)],
        [("It is 5 days.", None), ("(a) or more.", None)],
    ],
    ids=lambda paragraphs: paragraphs[0][0],
)
def test_what_introduces_numbered_paragraphs(paragraphs: list[tuple[str, str | None]]) -> None:
    enumerations = Enumerations()
    assert [(text, enumerations.lead_in(text, 0, None)) for text, _ in paragraphs] == paragraphs


def test_a_list_item_or_a_heading_ends_what_was_introduced() -> None:
    enumerations = Enumerations()
    enumerations.lead_in("You confirm that:", 0, None)
    assert enumerations.lead_in("(a) you are 18", 1, None) is None
    enumerations.lead_in("You confirm that:", 0, None)
    enumerations.end()
    assert enumerations.lead_in("(a) you are 18", 0, None) is None


@pytest.mark.parametrize(
    ("text", "item", "lead"),
    [
        ("2.1 You are at least 18.", 0, "You confirm that:"),  # '2.1' goes on with item '2.' of a list
        ("2.1 You are at least 18.", 2, None),  # in another item
        ("(a) You are at least 18.", 0, None),  # numbered otherwise
        ("You are at least 18.", 0, None),
    ],
)
def test_a_clause_after_a_list_goes_on_with_its_item(text: str, item: int, lead: str | None) -> None:
    enumerations = Enumerations()
    enumerations.lead_in("2. You confirm that:", 1, None)

    assert enumerations.lead_in(text, item, None) == lead


def test_a_numbered_line_that_tells_a_number_is_an_item_after_an_introduction() -> None:
    enumerations = Enumerations()
    assert not enumerations.introduces("1. Wait 7 days", 0)
    enumerations.lead_in("What to do:", 0, None)
    assert enumerations.introduces("1. Wait 7 days", 0)
    assert not enumerations.introduces("1. Introduction", 0)
    assert not enumerations.introduces("1. Wait 7 days", 1)


def test_the_lead_in_of_the_list_around_comes_first() -> None:
    enumerations = Enumerations()
    enumerations.lead_in("For a line:", 1, "We pay:")
    assert enumerations.lead_in("(a) 5 days", 1, "We pay:") == "We pay: For a line:"
