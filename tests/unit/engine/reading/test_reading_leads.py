"""Headings known by their form, and the sentences before lists."""

from __future__ import annotations

import pytest

from drift.engine.reading import leads


@pytest.mark.parametrize(
    ("text", "bold", "level"),
    [
        ("Refunds", "Refunds", 7),
        ("Refunds:", "Refunds:", 7),
        ("1. Making payments", "1. Making payments", 7),
        ("7.3 Termination.", "7.3 Termination.", 8),
        ("7.3 Ending the Agreement.", "", 8),
        ("7.3 Ending the agreement costs nothing.", "", None),
        ("3. Print it.", "", None),
        ("A. What Holds for Phones.", "", None),
        ("2.1 Fees and Charges", "", 8),
        ("How long do refunds take?", "How long do refunds take?", 7),
        ("Refunds are only for annual plans.", "Refunds are only for annual plans.", None),
        ("Refunds take 5 days", "Refunds", None),
        ("2 weeks", "", None),
        ("LIMITATION OF LIABILITY", "", 7),
        ("WARRANTY:", "", 7),
        ("NEW", "", None),
        ("RETURNS ARE FREE.", "", None),
        ("SAVE $50", "", None),
        ("2.2 You have paid for 12 months; and", "", None),
        ("30 Days to return", "", None),
        ("$35", "$35", None),
        ("One two three four five six seven eight nine ten eleven twelve thirteen", "One two", None),
    ],
)
def test_paragraphs_that_are_headings(text: str, bold: str, level: int | None) -> None:
    assert leads.heading_level(text, bold) == level


def test_a_bold_value_in_a_list_is_an_item() -> None:
    assert leads.heading_level("Within 30 days", "Within 30 days", listed=True) is None
    assert leads.heading_level("Refunds", "Refunds", listed=True) == 7


@pytest.mark.parametrize(
    ("text", "bold", "head", "soft"),
    [
        ("7.3 Termination. Either party may end it.", "", "Termination", False),
        ("Refunds. We pay within 5 days.", "Refunds.", "Refunds", True),
        ("Refunds: we pay within 5 days.", "Refunds", "Refunds", True),
        ("4.2 Refunds. We pay.", "4.2 Refunds.", "Refunds", False),
        ("Optionally, you can wait.", "Optionally", None, None),
        ("A: Yes.", "A:", None, None),
        ("Refunds\nYou have 14 days.", "Refunds", "Refunds", True),
        ("1.3 Lost Phones; Stolen Phones. Tell us within 2 days.", "", "Lost Phones; Stolen Phones", False),
        (
            "2.4 Fees Charged Before a Trial or Plan Ends for Good. We write.",
            "",
            "Fees Charged Before a Trial or Plan Ends for Good",
            False,
        ),
        ("2.4 You are at least 18 years old; and you live here.", "", None, None),
    ],
)
def test_run_in_headings(text: str, bold: str, head: str | None, soft: bool | None) -> None:
    found = leads.run_in(text, bold)
    assert (found.text, found.soft) == (head, soft) if found else head is None


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("Most things go back. Refunds take:", "Refunds take:"),
        ("What you get", "What you get"),
        ("Refunds take 5 days.", None),
    ],
)
def test_the_sentence_that_introduces_a_list(text: str, lead: str | None) -> None:
    assert leads.introduction(text) == lead


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("7.3 Either party may end it.", 8),
        ("7.3.1 “Line” means one line.", 9),
        ("2.5 days", None),
        ("7. It ends.", None),
    ],
)
def test_the_level_of_a_clause(text: str, level: int | None) -> None:
    assert leads.clause_level(text) == level
