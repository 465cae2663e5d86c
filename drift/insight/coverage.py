"""Where the terms of a registry are stated, from counts of what pages state."""

from __future__ import annotations

from collections.abc import Iterable

from drift.model import Outcome, Registry
from drift.model.desk import Coverage, StatedTally

_FIELDS = {
    Outcome.AGREES: "agrees",
    Outcome.DIVERGES: "diverges",
    Outcome.SUSPECT: "suspected",
    Outcome.UNCLEAR: "unclear",
}


def coverage(registry: Registry | None, tallies: Iterable[StatedTally]) -> dict[str, Coverage]:
    """The coverage of every term by its full name: those of the registry in its order, then others that pages state.

    A page that states a term twice with two outcomes counts for each of them. What a blind page said when it could be
    read counts as blind and as nothing else: it may say anything by now.
    """
    counts: dict[str, dict[str, int]] = {}
    names: dict[str, tuple[str, str]] = {}
    ruled = {term.full_name for term in registry.terms} if registry is not None else set()
    for term in registry.terms if registry is not None else ():
        names[term.full_name], counts[term.full_name] = (term.policy, term.name), {}
    for tally in tallies:
        name = f"{tally.policy}/{tally.term}"
        names.setdefault(name, (tally.policy, tally.term))
        of = counts.setdefault(name, {})
        field = _FIELDS[tally.outcome]
        of[field] = of.get(field, 0) + tally.pages - tally.blind
        of["blind"] = of.get("blind", 0) + tally.blind
    known = registry is None
    fields = (*_FIELDS.values(), "blind")

    def one(name: str) -> Coverage:
        agrees, diverges, suspected, unclear, blind = (counts[name].get(field, 0) for field in fields)
        return Coverage(*names[name], agrees, diverges, suspected, unclear, blind, known or name in ruled)

    return {name: one(name) for name in names}
