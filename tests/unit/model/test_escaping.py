"""Hostile text is shown as text."""

from __future__ import annotations

import json

import pytest

from drift.model.escaping import escape_json, inert


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain – “text” with ünïcode, 日本語 and 👩‍👧", "plain – “text” with ünïcode, 日本語 and 👩‍👧"),
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("\x9b31m", "\\x9b31m"),
        ("bell\x07 null\x00 delete\x7f", "bell\\x07 null\\x00 delete\\x7f"),
        ("\u202edays 03\u202c", "\\u202edays 03\\u202c"),
        ("\u2066isolated\u2069", "\\u2066isolated\\u2069"),
        ("two\nlines\r\nand\ttabs", "two lines and tabs"),
        ("hyphen\u00adated\u200bword\ufeff", "hyphenatedword"),
        ("half \udc80 a character", "half \\udc80 a character"),
        ("[red]no markup[/red]", "[red]no markup[/red]"),
    ],
)
def test_text_is_text(text: str, shown: str) -> None:
    assert inert(text) == shown
    assert inert(shown) == shown


def test_json_keeps_the_data_and_loses_the_power() -> None:
    data = {"quote": "\x1b[2J \x9b31m \u202e \u00ad \ufeff \udc80 ü 日"}
    written = escape_json(json.dumps(data, ensure_ascii=False))
    assert json.loads(written) == data
    assert written.encode("utf-8")
    assert not any(char in written for char in "\x1b\x9b\u202e\u00ad\ufeff")
    assert "ü 日" in written
