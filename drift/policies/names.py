"""Which term a name means."""

from __future__ import annotations

from dataclasses import replace

from drift.files.spelling import nearest
from drift.model import Registry, Term
from drift.model.errors import InputError


def beginning(registry: Registry, start: str) -> Registry:
    """The registry with only the terms whose policy, short or full name begins so; without any where none does."""
    kept = []
    for policy in registry.policies:
        terms = (
            policy.terms if policy.name.startswith(start) else tuple(one for one in policy.terms if _begins(one, start))
        )
        if terms:
            kept.append(replace(policy, terms=terms))
    return replace(registry, policies=tuple(kept))


def _begins(term: Term, start: str) -> bool:
    return term.name.startswith(start) or term.full_name.startswith(start)


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
