"""Which term a name means."""

from __future__ import annotations

from drift.entries import nearest
from drift.errors import InputError
from drift.model import Registry, Term


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
