"""What holds of every text, and the numbers of table cells."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from drift.engine import kinds, languages, numbers
from drift.engine.kinds.base import FoldedText, KindOfValue
from drift.engine.kinds.table import loose

_SAID = (
    "1 30 2026 1,000 3.99 one thirty hundred a an half (30) ( ) to - – or and between from up within at least days day "
    "business months years old or older under age of 13 18+ $ $5 €3,99 USD per month / cents 15 % GB 2GB kg lb devices "
    "vCPU users May 5 December 25, 17:00 5 pm free of charge no limit unlimited İ § section half an hour ½ 24/7 @ ://"
)
WORDS = ["\n", *_SAID.split()]
_texts = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=20).map("".join),
)


@given(_texts, st.sampled_from(["en", "fr"]), st.sampled_from([None, "Replicas", "Price (USD)"]))
@example("İ" * 5 + " 30 days", "en", None)
@example("30 days or 30 days or 30 days", "en", None)
def test_spans_are_in_order_and_never_overlap(text: str, code: str, bare: str | None) -> None:
    end = 0
    for found in kinds.find(text, languages.load(code), bare=bare):
        assert end <= found.start < found.end <= len(text)
        assert found.bound_start is None or found.bound_start < found.start
        kinds.show(found.value)
        end = found.end


@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
def test_what_is_found_can_be_spelled_in_a_registry(text: str) -> None:
    for found in kinds.find(text, languages.load("en")):
        assert kinds.parse(kinds.show(found.value), kind=found.value.kind) == found.value


@pytest.mark.parametrize("unit", ["1 1 1 1 days ", "1-", "5 days or ", "5 days (", "one-", "1, ", "no ", "a@1", "5 a-"])
def test_cost_does_not_grow_faster_than_the_text(unit: str) -> None:
    """Counted in steps of the interpreter, not in seconds: four times the text is at most five times the work."""
    small, large = (_steps((unit * 1000)[:size]) for size in (600, 2400))

    assert large < 5 * small


def _steps(text: str) -> int:
    import sys

    steps = 0

    def count(*_: object) -> None:
        nonlocal steps
        steps += 1

    english = languages.load("en")
    kinds.find("5 days", english)  # compiles
    sys.setprofile(count)
    try:
        kinds.find(text, english)
    finally:
        sys.setprofile(None)
    return steps


@pytest.mark.parametrize(
    ("cell", "header", "value"),
    [
        ("20", "Replicas", "20 replicas"),
        ("**20**", "Replicas", "20 replicas"),
        ("6", "Max no. of users", "6 users"),
        ("6", "Number of collections", "6 collections"),
        ("1", "Devices", "1 device"),
        ("1,000", "Requests per hour", "1000 requests per hour"),
        ("35", "Price (USD)", "USD 35"),
        ("35", "Fee in $", "USD 35"),
        ("30", "Refund window (days)", "30 days"),
        ("14", "Days to return", "14 days"),
        ("50", "Storage in GB", "50 GB"),
        ("99.9", "Uptime %", "99.9%"),
        ("Up to 5", "Devices", "5 devices"),
        ("Free", "Price", "free"),
        ("Unlimited", "Devices", "unlimited"),
        ("$5", "Devices", "USD 5"),
        ("yes", "Roaming", "yes"),
    ],
)
def test_a_bare_cell_is_read_with_its_header(cell: str, header: str, value: str) -> None:
    found = kinds.find(cell, languages.load("en"), bare=header)

    assert [kinds.show(one.value) for one in found] == [value]
    assert found[0].end <= len(cell)


@pytest.mark.parametrize(
    ("cell", "header"), [("-", "Replicas"), ("Version 3.2.1", "Release"), ("20", ""), ("2024", "Year")]
)
def test_other_cells_hold_nothing(cell: str, header: str) -> None:
    assert kinds.find(cell, languages.load("en"), bare=header) == ()


@pytest.mark.parametrize("code", languages.available())
@pytest.mark.parametrize("kind", loose(), ids=lambda kind: kind.name)
@given(data=st.data())
def test_what_a_kind_says_without_a_number_holds_one_of_its_cues(
    kind: KindOfValue, code: str, data: st.DataObject
) -> None:
    assert kind.cues
    assert kind.loose
    language = languages.load(code)
    cues = kind.cues(language)
    said = [phrase for phrases in language.phrases for phrase in phrases]
    said += [
        word
        for group in (language.phrases.surely, language.phrases.whole)
        for words in group.values()
        for word in words
    ]
    said += [word for units in language.units.values() for words in units.values() for word in words]
    drawn = data.draw(st.lists(st.one_of(st.sampled_from(said), st.sampled_from(sorted(cues))), max_size=5))
    folded = numbers.fold(data.draw(st.sampled_from([" ", "  ", "_ ", "("])).join(drawn))

    if kind.loose(FoldedText(folded, folded, language)):
        assert not cues.isdisjoint(numbers.parts(folded))
