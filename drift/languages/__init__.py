"""Languages: one data file each, `languages/<code>.yaml`, read into a `Language`.

A file holds words only: how the language says numbers, units, bounds and stances. What these mean is knowledge
of the kinds and of the claims.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from drift import yamlfile
from drift.errors import InputError
from drift.model import Language
from drift.values import Bound, Kind

__all__ = ["available", "load"]

_FOLDER = Path(__file__).parent


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
    return _language(document.data)


@cache
def available() -> tuple[str, ...]:
    """The primary tags of all language files, in order."""
    return tuple(sorted(file.stem for file in _FOLDER.glob("*.yaml")))


def _language(content: Mapping[str, Any]) -> Language:
    return Language(
        code=content["code"],
        name=content["name"],
        decimal=content["decimal"],
        thousands=tuple(content["thousands"]),
        numbers={word: Decimal(number) for word, number in content["numbers"].items()},
        units={Kind(kind): _lists(units) for kind, units in content["units"].items()},
        bounds={Bound(bound): tuple(words) for bound, words in content["bounds"].items()},
        phrases=_lists(content["phrases"]),
        stances=_lists(content["stances"]),
        stop_words=frozenset(content["stop_words"]),
    )


def _lists(content: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {str(name): tuple(words) for name, words in content.items()}
