"""The language files are complete, and loading one is cheap to repeat."""

from __future__ import annotations

import pytest

from drift.engine import languages
from drift.model.values import Bound, Kind


def test_a_language_is_one_object() -> None:
    assert languages.load("en") is languages.load("en")


def test_english_and_french_are_there() -> None:
    assert {"en", "fr"} <= set(languages.available())


def test_an_unknown_language_is_told() -> None:
    with pytest.raises(LookupError, match="no language file for 'xx'; there are"):
        languages.load("xx")


@pytest.mark.parametrize("code", languages.available())
def test_every_language_says_the_same_things(code: str) -> None:
    english, language = languages.load("en"), languages.load(code)

    assert language.code == code
    assert set(language.phrases) == set(english.phrases)
    assert set(language.bounds) == set(Bound)
    assert set(language.units) == set(english.units) == set(Kind) - {Kind.AGE, Kind.DATE}
    for kind, units in language.units.items():
        if kind is not Kind.COUNT:
            assert set(units) <= set(english.units[kind])
    assert len(language.phrases["months"]) == 12


@pytest.mark.parametrize("code", languages.available())
def test_words_are_lower_case_with_plain_typography(code: str) -> None:
    language = languages.load(code)
    words = [
        *language.numbers,
        *(word for units in language.units.values() for words in units.values() for word in words),
        *(word for words in (*language.bounds.values(), *language.phrases.values()) for word in words),
    ]

    assert [word for word in words if word != word.lower() or set(word) & set("’‘–‑\u00a0")] == []
