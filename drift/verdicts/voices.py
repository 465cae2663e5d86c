"""The voices of a source: articles that have one text are one of them, however many addresses it stands at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from drift.verdicts.context import NOTHING, Context, Support


def gather(articles: Iterable[tuple[str, Mapping[str, Support]]]) -> Context:
    """What the voices of a source say of each term; each article comes with the name of its voice, in any order."""
    said: dict[str, dict[str, Support]] = {}
    for voice, terms in articles:
        held = said.setdefault(voice, {})
        for term, one in terms.items():
            other = held.get(term, NOTHING)
            held[term] = Support(max(one.best, other.best), max(one.agreeing, other.agreeing))
    return Context(said)
