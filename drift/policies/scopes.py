"""`scopes.yaml`: the closed lists of scope values, and how articles spell them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from drift.files.spelling import nearest
from drift.files.yamlfile import Document, Steps
from drift.model import Dimension, Language, Term
from drift.model.language import DEFAULT_LANGUAGE
from drift.policies.entries import read_entry
from drift.policies.schema import ScopesFile

FILE = "scopes.yaml"


def read_scopes(document: Document) -> tuple[tuple[Dimension, ...] | None, str | None]:
    """The dimensions of a scopes file, by name, and the tag of the registry's language.

    None for the dimensions where the file holds none, or nothing can be made of it. Faults are told.
    """
    read = read_entry(ScopesFile, document, (), document.data, apart=frozenset(("scopes",)))
    if read is None:
        return None, None
    entry = read.entry
    if "scopes" in read.faulty or entry.scopes is None:
        return None, entry.language
    items = sorted(entry.scopes.items())
    return tuple(_dimension(name, values, document, ("scopes", name)) for name, values in items), entry.language


def spoken(code: str | None, document: Document | None, language: Callable[[str], Language]) -> Language:
    """The registry's language. One that nobody can read is told, and the usual one given."""
    try:
        return language(code or DEFAULT_LANGUAGE)
    except LookupError as error:
        if document is None:
            raise
        document.tell(("language",), str(error))
        return language(DEFAULT_LANGUAGE)


def scopes_of(terms: Iterable[Term]) -> tuple[Dimension, ...]:
    """The dimensions that terms use, each value spelled as itself: for a registry without a scopes file."""
    used: dict[str, set[str]] = {}
    for term in terms:
        for dimension, value in term.scope:
            used.setdefault(dimension, set()).add(value)
    return tuple(Dimension(name, {value: (value,) for value in sorted(used[name])}) for name in sorted(used))


def _dimension(name: str, written: dict[str, Any], document: Document, path: Steps) -> Dimension:
    values = {
        value: _spellings(value, spellings, document, (*path, value))
        for value, spellings in written.items()
        if value != "default"
    }
    _tell_shared(name, values, document, path)
    if not values:
        document.tell(path, f"'{name}' has no values", "postpaid: [postpaid, pay monthly]", key=True)
    default = written.get("default")
    if "default" in written and not (isinstance(default, str) and default in values):
        near = nearest(str(default), values)
        document.tell((*path, "default"), f"the default is no {name}: '{default}'", f"one of {', '.join(values)}", near)
        default = None
    return Dimension(name, values, default)


def _spellings(value: str, written: Any, document: Document, path: Steps) -> tuple[str, ...]:
    """The spellings in their order; a value without any is spelled as itself."""
    if written is None or written == []:
        return (value,)
    if isinstance(written, list) and all(isinstance(item, str) and item.strip() for item in written):
        return tuple(item.strip() for item in written)
    hint = f"[{written}]" if isinstance(written, str) else None
    document.tell(path, f"the spellings of '{value}' are no list of texts", "[postpaid, pay monthly]", hint)
    return (value,)


def _tell_shared(name: str, values: dict[str, tuple[str, ...]], document: Document, path: Steps) -> None:
    owners: dict[str, str] = {}
    for value, spellings in values.items():
        for index, spelling in enumerate(spellings):
            owner = owners.setdefault(spelling.lower(), value)
            if owner != value:
                where = (*path, value, index)
                document.tell(where, f"'{spelling}' spells two values of {name}: {owner} and {value}", "one of them")
