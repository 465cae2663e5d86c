"""The language files are complete, and loading one is cheap to repeat."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from drift.engine import kinds, languages
from drift.model.errors import InputError
from drift.model.values import Bound

FIXTURES = Path(__file__).parents[4] / "fixtures"


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
    for group in ("limits", "whole", "surely"):
        assert set(getattr(language.phrases, group)) == set(getattr(english.phrases, group))
    assert set(language.bounds) == set(Bound)
    assert set(language.units) == set(english.units) == set(kinds.names()) - {"age", "date"}
    for kind, units in language.units.items():
        if kind != "count":
            assert set(units) <= set(english.units[kind])
    assert set(language.phrases.months.values()) == set(range(1, 13))


@pytest.mark.parametrize("code", languages.available())
def test_words_are_lower_case_with_plain_typography(code: str) -> None:
    language = languages.load(code)
    held = list(language.phrases)
    lists = [
        *(one for one in held if one),
        *(words for one in held if isinstance(one, dict) for words in one.values() if isinstance(words, tuple)),
    ]
    words = [
        *language.numbers,
        *(word for units in language.units.values() for words in units.values() for word in words),
        *(word for words in (*language.bounds.values(), *lists) for word in words),
    ]

    assert [word for word in words if word != word.lower() or set(word) & set("’‘–‑\u00a0")] == []


@pytest.mark.parametrize("code", languages.available())
def test_every_language_has_cases(code: str) -> None:
    """English is said by the cases of the kinds, where it is the language of each."""
    folder = FIXTURES / ("kinds" if code == "en" else f"languages/{code}")
    assert sum(len(yaml.safe_load(path.read_text(encoding="utf-8"))) for path in folder.rglob("cases.yaml")) >= 50


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ('  "age or": ', "'age or' is missing"),
        ('  "and": ', "unknown entry 'ands'"),
        ('"fifth=20"', "'part shares' is not of the form 'Amounts'"),
    ],
)
def test_a_faulty_list_is_told_at_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str, told: str
) -> None:
    written = (Path(languages.__file__).parent / "en.yaml").read_text(encoding="utf-8")
    new = {'  "and": ': '  "ands": ', '  "age or": ': '  # "age or": ', '"fifth=20"': '"fifth"'}.get(changed, "")
    assert changed in written
    (tmp_path / "en.yaml").write_text(written.replace(changed, new, 1), encoding="utf-8")
    (tmp_path / "currencies.json").write_text("{}")
    (tmp_path / "cldr.json").write_bytes((Path(languages.__file__).parent / "cldr.json").read_bytes())
    monkeypatch.setattr(languages, "_FOLDER", tmp_path)
    with pytest.raises(InputError) as raised:
        languages.load.__wrapped__("en")
    assert [problem for problem in raised.value.problems if told in str(problem) and problem.place.line]
