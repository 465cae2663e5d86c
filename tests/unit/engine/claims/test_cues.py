"""The little language of cues."""

from __future__ import annotations

from datetime import date

import pytest

from drift.engine import languages
from drift.engine.claims.cues import OTHER, OWN, STRANGER, compile_cues, tokens
from drift.engine.claims.days import day_of, month_numbers

_MONTHS = ("march", "mar", "may")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It’s Apple's, isn't it?", ["It", "'s", "Apple", "'s", ",", "isn't", "it", "?"]),
        ("e.g. 1,000.50 (third-party)", ["e.g.", "1,000.50", "(", "third-party", ")"]),
        (f"a {OWN}b", ["a", OWN, "b"]),
        ("", []),
    ],
)
def test_text_falls_into_words_and_marks(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("cue", "text", "there"),
    [
        ("not {value}", f"it is not {OWN} .", True),
        ("not {value}", f"it is not the {OWN} .", False),
        ("not [a|the] {value}", f"it is not the {OWN} .", True),
        ("was|were ~ {value}", f"it was up to about {OWN}", True),
        ("was|were ~ {value}", f"it was open , and {OWN}", False),
        ("was|were ~ {value}", f"it was {OTHER} and {OWN}", False),
        ("was ... {value}", f"it was open , and {OWN}", True),
        ("card_issuer|bank may ~ {value}", f"your card issuer may take {OWN}", True),
        ("card_issuer|bank may ~ {value}", f"your card bank issuer take {OWN}", False),
        ("^ say ~ {value}", f"say you have {OWN}", True),
        ("^ say ~ {value}", f"note : say you have {OWN}", True),
        ("^ say ~ {value}", f"we say you have {OWN}", False),
        ("old price $", "old price", True),
        ("old price $", "old price list", False),
        ("{other} gives ~ {value}", f"{STRANGER} gives you {OWN}", True),
        ("{other} gives ~ {value}", f"larkspur gives you {OWN}", False),
        ("pays {number} ... {value}", f"who pays $ 20 gets {OWN}", True),
        ("pays {number} ... {value}", f"who pays {OTHER} gets {OWN}", True),
        ("pays {number} ... {value}", f"who pays late gets {OWN}", False),
        ("from {date} ... {value}", f"from 1 may 2027 it is {OWN}", True),
        ("from {date} ... {value}", f"from march 3 , 2027 , it is {OWN}", True),
        ("from {date} ... {value}", f"from version 3.2 it is {OWN}", True),
        ("from {date} ... {value}", f"from 2027 it is {OWN}", True),
        ("from {date} ... {value}", f"from 12 o'clock it is {OWN}", False),
        ("from {date} !to|until ... {value}", f"from may it is {OWN}", True),
        ("from {date} !to|until ... {value}", f"from may to june it is {OWN}", False),
    ],
)
def test_a_cue_is_found_around_its_value(cue: str, text: str, there: bool) -> None:
    assert (compile_cues([("label", cue)], _MONTHS).find(text.split()) is not None) is there


def test_the_earlier_cue_is_told() -> None:
    sheet = compile_cues([("first", "was {value}"), ("second", "it was {value}")], _MONTHS)

    found = sheet.find(["it", "was", OWN])

    assert found is not None
    assert found[0] == "first"


@pytest.mark.parametrize("cue", ["{value}", "~ {value}", "[not] {value}", "^ ... {date} $"])
def test_a_cue_without_a_word_of_its_own_is_refused(cue: str) -> None:
    with pytest.raises(ValueError, match="no word of its own"):
        compile_cues([("label", cue)], _MONTHS)


def test_a_cue_with_two_dates_is_refused() -> None:
    with pytest.raises(ValueError, match="two dates"):
        compile_cues([("label", "from {date} to {date}")], _MONTHS)


@pytest.mark.parametrize("code", languages.available())
def test_every_language_compiles_and_knows_twelve_months(code: str) -> None:
    language = languages.load(code)

    sheet = compile_cues(
        ((name, cue) for name, cues in language.stances.items() if "names" not in name for cue in cues), _MONTHS
    )

    assert all(cue.pattern for cues in sheet.by_key.values() for cue in cues)
    assert set(month_numbers(language).values()) == set(range(1, 13))


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("1 may 2027", date(2027, 5, 1)),
        ("may 3rd , 2027", date(2027, 5, 3)),
        ("march 2024", date(2024, 3, 1)),
        ("2024-03-09", date(2024, 3, 9)),
        ("2024-03", date(2024, 3, 1)),
        ("2026", date(2026, 1, 1)),
        ("1 may", None),
        ("version 3.2", None),
        ("1/2/2027", None),
        ("31 february 2027", None),
    ],
)
def test_date_words_name_a_day(words: str, day: date | None) -> None:
    assert day_of(words, languages.load("en")) == day
