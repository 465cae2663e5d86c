"""The diff loses nothing, adds nothing, and marks what a person would."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drift.reports.diff import Line, Mark, changed, lines, words

TEXT = st.text(alphabet="ab 1.\u202e", max_size=40)


def spelled(line: Line) -> str:
    marks = {Mark.KEPT: "{}", Mark.REMOVED: "[-{}-]", Mark.ADDED: "{{+{}+}}"}
    return "".join(marks[part.mark].format(part.text) for part in line)


def side(line: Line, mark: Mark) -> str:
    return "".join(part.text for part in line if part.mark in (Mark.KEPT, mark))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("within 60 days.", "within 30 days.", "within [-60-]{+30+} days."),
        ("paid in store", "paid in store or online", "paid in store{+ or online+}"),
        ("free of any charge", "free", "free[- of any charge-]"),
        ("a big old car", "a small new car", "a [-big old-]{+small new+} car"),
        ("$60", "$35", "$[-60-]{+35+}"),
        ("same", "same", "same"),
        ("", "new", "{+new+}"),
        ("", "", ""),
    ],
)
def test_words(before: str, after: str, told: str) -> None:
    assert spelled(words(before, after)) == told


@given(TEXT, TEXT)
def test_words_lose_nothing(before: str, after: str) -> None:
    line = words(before, after)
    assert side(line, Mark.REMOVED) == before
    assert side(line, Mark.ADDED) == after
    assert changed(line) == (before != after)


@given(st.lists(TEXT.filter(bool), max_size=8), st.lists(TEXT.filter(bool), max_size=8))
def test_lines_lose_nothing(before: list[str], after: list[str]) -> None:
    told = list(lines(before, after))
    assert "".join(side(line, Mark.REMOVED) for line in told) == "".join(before)
    assert "".join(side(line, Mark.ADDED) for line in told) == "".join(after)
    assert any(changed(line) for line in told) == (before != after)


def test_an_edited_line_is_one_line_and_another_is_two() -> None:
    before = ["Unlock after 60 days of service.", "Ask in a shop.", "Bring a receipt."]
    after = ["Unlock after 30 days of service.", "Ask in a shop.", "Nothing like it, at all."]
    assert [spelled(line) for line in lines(before, after)] == [
        "Unlock after [-60-]{+30+} days of service.",
        "Ask in a shop.",
        "[-Bring a receipt.-]",
        "{+Nothing like it, at all.+}",
    ]


def test_a_long_line_with_little_in_common_is_not_compared_word_by_word() -> None:
    before, after = "a " * 5000, "b " * 5000
    assert spelled(words(before, after)) == f"[-{before[:-1]}-]{{+{after[:-1]}+}} "


def test_thousands_of_lines_lose_nothing() -> None:
    before = [f"line {number % 100}" for number in range(2500)]
    after = [f"line {number * 7 % 100}" for number in range(2400)]
    told = list(lines(before, after))
    assert "".join(side(line, Mark.REMOVED) for line in told) == "".join(before)
    assert "".join(side(line, Mark.ADDED) for line in told) == "".join(after)
