"""Languages: one data file each, `languages/<code>.yaml`, read into a `Language`.

A file holds words only: how the language says numbers, units, bounds and stances. What these mean is knowledge
of the kinds and of the claims. Spellings that differ by a word are one template, '(a|b) c', and words that many cues
share are a class of `cue_words`, written '<class>' in them. What CLDR calls months, units and currencies is made into
`cldr.json` and `currencies.json`, and a file holds only what people write besides.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from drift.files import yamlfile
from drift.model import Language
from drift.model.errors import InputError
from drift.model.values import Bound, Kind

__all__ = ["available", "load"]

_FOLDER = Path(__file__).parent
_TEMPLATE = re.compile(r"\(([^()]*)\)")
_CLASS = re.compile(r"<(\w+)>")


@cache
def load(code: str) -> Language:
    """The language with this primary tag ('en'). The same object at every call, so that it can key a cache.

    Raises LookupError if no file reads that language, InputError if its file is no YAML.
    """
    if code not in available():
        raise LookupError(f"no language file for {code!r}; there are {', '.join(available())}")
    name = f"{code}.yaml"
    document = yamlfile.parse((_FOLDER / name).read_bytes(), name)
    if document.problems or not isinstance(document.data, dict):
        raise InputError(document.problems)
    return _language(document.data, _currencies(code), _spoken(code))


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
    return json.loads((_FOLDER / "cldr.json").read_bytes())[code]  # type: ignore[no-any-return]


def _language(
    content: Mapping[str, Any], currencies: Mapping[str, tuple[str, ...]], spoken: Mapping[str, Any]
) -> Language:
    return Language(
        code=content["code"],
        name=content["name"],
        decimal=content["decimal"],
        thousands=tuple(content["thousands"]),
        numbers={word: Decimal(number) for text, number in content["numbers"].items() for word in _spread(text)},
        units={Kind(kind): _named(units, spoken["units"].get(kind, {})) for kind, units in content["units"].items()},
        currencies={**currencies, **_priced(content["phrases"]["priced"])},
        bounds={Bound(bound): words for bound, words in _lists(content["bounds"]).items()},
        phrases={**_lists(content["phrases"]), "months": tuple(spoken["months"])},
        stances=_cues(content["stances"], content["cue_words"]),
        stop_words=frozenset(content["stop_words"]),
    )


def _priced(names: list[str]) -> dict[str, tuple[str, ...]]:
    """Names that only a registry makes money: as if they stood for several currencies."""
    return {name: (*codes.upper().split("/"), "") for name, _, codes in (one.partition("=") for one in names)}


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
