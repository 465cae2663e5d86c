"""What the other articles of a source say of each term: evidence for one of them, whatever their order.

Made in two steps, so that each article is matched by itself, here or elsewhere: `support` says what one article gives,
`SourceContext` gathers them, frozen, before the first is judged.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from drift.engine.verdicts.best import Best
from drift.engine.verdicts.diagnose import states
from drift.model import Match


class Support(NamedTuple):
    """What one article says of a term: the best match score there, and the best of those that agree; -inf for none."""

    best: float
    agreeing: float


NOTHING = Support(-math.inf, -math.inf)


def support(matches: Sequence[Match], as_of: date) -> dict[str, Support]:
    """What an article says of each term, by full name; only what it asserts on the day counts."""
    found: dict[str, Support] = {}
    for match in matches:
        if match.term is None or not match.claim.asserted_on(as_of):
            continue
        period = match.term.on(as_of)
        agrees = period is not None and states(match.claim.value, match.term, period.value)
        said = Support(match.score, match.score if agrees else -math.inf)
        found[match.term.full_name] = _best(said, found.get(match.term.full_name, NOTHING))
    return found


def _best(one: Support, other: Support) -> Support:
    return Support(max(one.best, other.best), max(one.agreeing, other.agreeing))


class SourceContext:
    """The articles of one source, each by a name of its own: what all but one of them say of a term."""

    def __init__(self, articles: Mapping[str, Mapping[str, Support]]) -> None:
        self._best: defaultdict[str, Best] = defaultdict(Best)  # by term
        self._agreeing: defaultdict[str, Best] = defaultdict(Best)
        for article, terms in articles.items():
            for term, said in terms.items():
                self._best[term].add(article, said.best)
                self._agreeing[term].add(article, said.agreeing)

    def others(self, article: str) -> Others:
        """What the articles beside this one say."""
        return Others(self, article)

    def beside(self, article: str, term: str) -> Support:
        """What the articles beside this one say of a term at best."""
        if term not in self._best:
            return NOTHING
        return Support(self._best[term].without(article), self._agreeing[term].without(article))


def gather(articles: Iterable[tuple[str, Mapping[str, Support]]]) -> SourceContext:
    """What a source says of each term, from what each article says with the name of its voice, in any order.

    Articles that have one text are one voice, however many addresses it stands at.
    """
    said: dict[str, dict[str, Support]] = {}
    for voice, terms in articles:
        held = said.setdefault(voice, {})
        for term, one in terms.items():
            held[term] = _best(one, held.get(term, NOTHING))
    return SourceContext(said)


class Others(NamedTuple):
    """A context as one article sees it."""

    context: SourceContext
    article: str
    agree: bool = True  # whether any of them may agree

    def say(self, term: str) -> Support:
        """What the other articles say of a term at best, by its full name."""
        said = self.context.beside(self.article, term)
        return said if self.agree else Support(said.best, -math.inf)

    def disagreeing(self) -> Others:
        """The same with none that agrees: as things stand right after a policy has changed."""
        return self._replace(agree=False)

    def said_of(self, terms: Iterable[str]) -> bool:
        """Whether another article says anything of one of these terms."""
        return any(self.say(term) != NOTHING for term in terms)


ALONE = Others(SourceContext({}), "")
