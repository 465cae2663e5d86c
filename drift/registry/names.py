"""Names: the nearest right spelling of a wrong one, kebab-case, and which term a name means."""

from __future__ import annotations

import re
from collections.abc import Iterable

from drift.errors import InputError
from drift.model import Registry, Term

_NEAR = 0.6  # of the letters: two slips in five ('plna' for 'plan', 'owners' for 'owner'), and no other word


def nearest(word: str, options: Iterable[str]) -> str | None:
    """The option a person most likely meant, or None where none is near."""
    from rapidfuzz import process  # needed only where something is wrong
    from rapidfuzz.distance import OSA

    best = process.extractOne(
        word.lower(), sorted(options), scorer=OSA.normalized_similarity, processor=str.lower, score_cutoff=_NEAR
    )
    return best[0] if best else None


def kebab(words: str) -> str:
    """Words as a name: 'Device Unlock!' -> 'device-unlock'. Empty where nothing of a-z and 0-9 is left."""
    return "-".join(re.findall("[a-z0-9]+", words.lower()))


def resolve(registry: Registry, name: str) -> Term:
    """The term of a full name, or of a short one that only one term has.

    Raises InputError where no term has the name, or several.
    """
    terms = {term.full_name: term for term in registry.terms}
    if name in terms:
        return terms[name]
    same = [term for term in registry.terms if term.name == name]
    if len(same) == 1:
        return same[0]
    if same:
        raise InputError(f"'{name}' names {len(same)} terms: {', '.join(term.full_name for term in same)}")
    near = nearest(name, [*terms, *(term.name for term in registry.terms)])
    raise InputError(f"no term is named '{name}'" + (f" (did you mean {near}?)" if near else ""))
