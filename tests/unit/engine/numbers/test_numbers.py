"""Numbers as prose writes them, before any unit is known."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drift.engine import languages, numbers
from drift.model.values import Kind


def _read(text: str, code: str = "en") -> list[tuple[list[str], str]]:
    """The numbers of a text that do not lie within one another: their numerals, and what was read as one."""
    language, folded = languages.load(code), numbers.fold(text)
    found, end = [], 0
    for start in numbers.starts(folded, language):
        number = numbers.read(folded, start, language) if start >= end else None
        if number:
            found.append(([str(Decimal(one)) for one in number.numerals], text[number.start : number.end]))
            end = number.end
    return found


@pytest.mark.parametrize(
    ("text", "numerals", "span"),
    [
        ("30", ["30"], "30"),
        ("75,000 people", ["75000"], "75,000"),
        ("1,000,000.50", ["1000000.50"], "1,000,000.50"),
        ("1,5 %", ["1.5"], "1,5"),
        ("2½ hours", ["2.5"], "2½"),
        ("1.5 million", ["1500000.0"], "1.5 million"),
        ("Thirty (30) days", ["30"], "Thirty (30)"),
        ("30 (thirty) days", ["30"], "30 (thirty)"),
        ("thirty (20) days", ["30"], "thirty"),
        ("twenty-four", ["24"], "twenty-four"),
        ("TWO  HUNDRED", ["200"], "TWO  HUNDRED"),
        ("one hundred and twenty-five thousand", ["125000"], "one hundred and twenty-five thousand"),
        ("two thousand five hundred", ["2500"], "two thousand five hundred"),
        ("one and a half", ["1.5"], "one and a half"),
        ("half an hour", ["0.5"], "half an"),
        ("a dozen", ["12"], "a dozen"),
        ("a day", ["1"], "a"),
        ("24–48", ["24", "48"], "24–48"),
        ("3 to 5", ["3", "5"], "3 to 5"),
        ("5 (five) to 7 (seven)", ["5", "7"], "5 (five) to 7 (seven)"),
        ("30 or 60", ["30", "60"], "30 or 60"),
        ("30, 60, or 90", ["30", "60", "90"], "30, 60, or 90"),
        ("1, 2 and 3", ["1"], "1"),
    ],
)
def test_a_number_and_what_belongs_to_it(text: str, numerals: list[str], span: str) -> None:
    assert _read(text)[0] == (numerals, span)


@pytest.mark.parametrize(
    "text",
    [
        "3.11.2",
        "24/7",
        "v2",
        "B2B",
        "#5",
        "§ 5",
        "Section 7",
        "Step 3",
        "a user",
        "someone",
        "phone",
        "1" * 16,
        "12:30:45",
    ],
)
def test_parts_of_names_are_no_numbers(text: str) -> None:
    assert _read(text) == []


@pytest.mark.parametrize(
    ("text", "numeral"),
    [
        ("1 200,50", "1200.50"),
        ("vingt et un", "21"),
        ("vingt-et-un", "21"),
        ("soixante-et-onze", "71"),
        ("soixante-quinze", "75"),
        ("quatre-vingt-dix-sept", "97"),
        ("deux cents", "200"),
        ("trois mille", "3000"),
    ],
)
def test_french(text: str, numeral: str) -> None:
    assert _read(text, "fr") == [([numeral], text)]


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(numbers.fold(text)) == len(text)


@pytest.mark.parametrize("code", languages.available())
@given(data=st.data())
def test_numbers_are_looked_for_wherever_there_are_some(code: str, data: st.DataObject) -> None:
    """Texts that seem to hold none in words are searched for digits alone."""
    language = languages.load(code)
    units = [word for unit in language.units[Kind("duration")].values() for word in unit]
    said = [*language.numbers, *language.phrases.articles, *units, "30", "½", "7½", "²", "x", "'", "_", "é", "\t"]
    pieces = data.draw(st.lists(st.sampled_from(said), max_size=6))
    folded = numbers.fold(data.draw(st.sampled_from([" ", "  ", "-", "_", "(", ""])).join(pieces))
    parts = numbers.parts(folded)

    if not numbers.in_words(parts, language):
        assert list(numbers.starts(folded, language)) == list(numbers.starts(folded, language, digits_only=True))
    else:
        assert not numbers.cues_of(language).isdisjoint(parts)


def test_the_thousands_of_another_language_are_no_nought() -> None:
    assert _read("1\u00a0000") == [(["1000"], "1\u00a0000")]
    assert _read("1 000", "fr") == [(["1000"], "1 000")]
