"""Languages: one data file each, `languages/<code>.yaml`, read into a `Language`.

A file holds words only: how the language says numbers, units, bounds and stances. What these mean is knowledge
of the kinds and of the claims. Spellings that differ by a word are one template, '(a|b) c', and words that many cues
share are a class of `cue_words`, written '<class>' in them. What CLDR calls months, units and currencies is made into
`cldr.json` and `currencies.json`, and a file holds only what people write besides.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from drift.files import yamlfile
from drift.model import Language
from drift.model import phrases as forms
from drift.model.errors import InputError
from drift.model.phrases import Phrases, Sentences
from drift.model.values import Bound, Kind

__all__ = ["available", "load"]

T = TypeVar("T", Phrases, Sentences)

_FOLDER = Path(__file__).parent
_TEMPLATE = re.compile(r"\(([^()]*)\)")
_CLASS = re.compile(r"<(\w+)>")


@cache
def load(code: str) -> Language:
    """The language with this primary tag ('en'). The same object at every call, so that it can key a cache.

    Raises LookupError if no file reads that language, InputError if its file is no YAML or
    its phrases are no `Phrases`.
    """
    if code not in available():
        raise LookupError(f"no language file for {code!r}; there are {', '.join(available())}")
    name = f"{code}.yaml"
    document = yamlfile.parse((_FOLDER / name).read_bytes(), name)
    if document.problems or not isinstance(document.data, dict):
        raise InputError(document.problems)
    spoken = _spoken(code)
    document.data["phrases"]["months"] = spoken["months"]
    phrases, sentences = _typed(Phrases, document.data, document), _typed(Sentences, document.data, document)
    if phrases is None or sentences is None:
        raise InputError(document.problems)
    return _language(document.data, phrases, sentences, _currencies(code), spoken["units"])


@cache
def available() -> tuple[str, ...]:
    """The primary tags of all language files, in order."""
    return tuple(sorted(file.stem for file in _FOLDER.glob("*.yaml")))


@cache
def _currencies(code: str) -> dict[str, tuple[str, ...]]:
    """What the currencies of the world are called in a language, and their signs; made by tests/cldr/make.py."""
    known = json.loads((_FOLDER / "currencies.json").read_bytes())
    return {name: tuple(codes.split()) for part in ("signs", code) for name, codes in known.get(part, {}).items()}


@cache
def _spoken(code: str) -> dict[str, Any]:
    """The names that CLDR has for the months and units of a language; made by tests/cldr/make.py."""
    known: dict[str, dict[str, Any]] = json.loads((_FOLDER / "cldr.json").read_bytes())
    return known[code]


def _language(
    content: Mapping[str, Any],
    phrases: Phrases,
    sentences: Sentences,
    currencies: Mapping[str, tuple[str, ...]],
    units: Mapping[str, Mapping[str, str]],
) -> Language:
    return Language(
        code=content["code"],
        name=content["name"],
        decimal=content["decimal"],
        thousands=tuple(content["thousands"]),
        numbers={word: Decimal(number) for text, number in content["numbers"].items() for word in _spread(text)},
        units={Kind(kind): _named(written, units.get(kind, {})) for kind, written in content["units"].items()},
        currencies={**currencies, **_priced(phrases.priced)},
        bounds={Bound(bound): words for bound, words in _lists(content["bounds"]).items()},
        phrases=phrases,
        sentences=sentences,
        stances=_cues(content["stances"], content["cue_words"]),
        stop_words=frozenset(content["stop_words"]),
    )


def _typed(model: type[T], data: Mapping[str, Any], document: yamlfile.Document) -> T | None:
    """A section of a file, each entry read as its field says; None if one is missing, unknown or of another form."""
    section = model.__name__.lower()
    content = data[section]
    given = {name.replace(" ", "_"): name for name in content}
    read: dict[str, Any] = {}
    for field in model._fields:
        name = given.pop(field.rstrip("_"), None)
        if name is None:
            document.tell((section,), f"'{field.rstrip('_').replace('_', ' ')}' is missing", key=True)
            continue
        form, read_form = _FORMS[model.__annotations__[field]]
        try:
            read[field] = read_form(content[name])
        except (TypeError, AttributeError, ValueError, ArithmeticError):
            document.tell((section, name), f"'{name}' is not of the form '{form}' of drift/model/phrases.py")
    for name in given.values():
        document.tell((section, name), f"unknown entry '{name}'", key=True)
    return None if document.problems else model(**read)


def _text(text: str) -> str:
    if not isinstance(text, str):
        raise TypeError(text)
    return text


def _words(texts: Sequence[str]) -> tuple[str, ...]:
    if not isinstance(texts, list):
        raise TypeError(texts)
    return tuple(word for text in texts for word in _spread(text))


def _pairs(texts: Sequence[str]) -> dict[str, str]:
    return dict(one.split("=") for one in _words(texts))  # a third part, or none, is refused


def _months(texts: Sequence[str]) -> dict[str, int]:
    if len(texts) != 12:
        raise ValueError(texts)
    return {name: number for number, names in enumerate(_words(texts), 1) for name in names.split()}


_FORMS: Mapping[Any, tuple[str, Callable[[Any], Any]]] = {  # by the type of a field
    str: ("str", _text),
    forms.Words: ("Words", _words),
    forms.Groups: ("Groups", lambda groups: {name: _words(texts) for name, texts in groups.items()}),
    forms.Pairs: ("Pairs", _pairs),
    forms.Amounts: (
        "Amounts",
        lambda texts: {name: Decimal(amount) for name, amount in _pairs(texts).items()},
    ),
    forms.Months: ("Months", _months),
}


def _priced(names: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Names that only a registry makes money: as if they stood for several currencies."""
    return {name: (*codes.upper().split("/"), "") for name, codes in names.items()}


def _cues(stances: Mapping[str, list[str]], classes: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The cues, each class of words that they name ('<was>') written out."""
    return {
        name: tuple(_CLASS.sub(lambda named: classes[named[1]], cue) for cue in cues) for name, cues in stances.items()
    }


def _lists(content: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {str(name): tuple(word for text in texts for word in _spread(text)) for name, texts in content.items()}


def _named(written: Mapping[str, list[str]], spoken: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The spellings of units: those of CLDR, and those that the language's own file adds."""
    said = _lists(written)
    return said | {unit: (*names.split("|"), *said.get(unit, ())) for unit, names in spoken.items()}


def _spread(text: str) -> Iterator[str]:
    """All that a template stands for: 'no (more|less) than' for two."""
    found = _TEMPLATE.search(text)
    if found is None:
        yield text
        return
    for one in found[1].split("|"):
        yield from _spread(text[: found.start()] + one + text[found.end() :])
