"""Markdown is weighed before it is parsed, by what it takes to hold: blocks, cells, lines and marks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from drift.engine.reading import markdown
from drift.model.errors import BlindReason, ReadingError

# What a text of each of these weighs: the beginning of a block 4, a cell 2, a line or a mark 1.
ROWS: dict[str, tuple[str, int]] = {
    "list items": ("- a\n", 5),
    "numbered items": ("1. a\n", 5),
    "headings": ("# a\n", 5),
    "items of quotes": ("> - a\n", 5),
    "cells": ("|a|b|\n", 7),
    "paragraphs": ("a\n\n", 6),
    "lines": ("a\n", 1),
    "links": ("[a](b) ", 1),
    "marks": ("a*", 1),
}


@pytest.fixture
def limited(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """limited(most): the weight up to which a text is parsed."""
    return lambda most: monkeypatch.setattr(markdown, "MOST_NODES", most)


@pytest.mark.parametrize("row", ROWS)
def test_a_text_is_parsed_up_to_the_limit_and_refused_above(row: str, limited: Callable[[int], None]) -> None:
    unit, weight = ROWS[row]
    text = unit * 20
    limited(20 * weight)
    assert markdown.render(text) is not None
    limited(20 * weight - 1)
    with pytest.raises(ReadingError) as refused:
        markdown.render(text)
    assert refused.value.reason is BlindReason.TOO_LARGE
    assert f"weigh {20 * weight:,}; at most {20 * weight - 1:,} are read" in str(refused.value)


def test_a_text_that_is_refused_is_never_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    def parsed() -> None:
        raise AssertionError("parsed")

    monkeypatch.setattr(markdown, "_parser", parsed)
    with pytest.raises(ReadingError):
        markdown.render("- a\n" * markdown.MOST_NODES)


def test_long_prose_weighs_little() -> None:
    prose = "You can return a phone within 30 days of the day on which you bought it.\n" * 5_000
    assert markdown.render(prose) is not None
