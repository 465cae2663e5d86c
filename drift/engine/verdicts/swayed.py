"""Which verdicts of an article hang on what the other articles of its source say: the others are final without them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from drift.engine.verdicts.context import NOTHING, Others, SourceContext, Support
from drift.engine.verdicts.judge import judge
from drift.model import Language, Match, Page, Registry, Verdict

# The evidence from elsewhere is weighed within bounds, and that there is any is evidence too: beside 'nothing', between
# these lies all that others may say. That of the last nobody says; with it the corners are those of a rectangle.
_LOW = -1e9
_EXTREMES = (
    Support(_LOW, -math.inf),
    Support(math.inf, -math.inf),
    Support(math.inf, math.inf),
    Support(_LOW, math.inf),
)


def swayed(matches: Sequence[Match], page: Page, registry: Registry, as_of: date, language: Language) -> frozenset[str]:
    """The terms, by full name, of which other articles may make another verdict of this one, or a surer one."""
    alone = _Saying(NOTHING)
    verdicts = judge(matches, page, registry, as_of, language, Others(alone, page.public))
    if not alone.asked:
        return frozenset()
    found: set[str] = set()
    terms = {id(one.claim): one.term.full_name for one in matches if one.term and one.term.full_name in alone.asked}
    about = [one for one in matches if id(one.claim) in terms]  # of the others all is known
    before = {claim: verdict for claim, verdict in _by_claim(verdicts).items() if claim in terms}
    for said in _EXTREMES:
        judged = judge(about, page, registry, as_of, language, Others(_Saying(said), page.public))
        after = _by_claim(judged)
        found.update(terms[claim] for claim in before.keys() | after.keys() if _other(before, after, claim))
    return frozenset(found)


class _Saying(SourceContext):
    """Articles that say one thing of every term, and remember of which they were asked."""

    def __init__(self, said: Support) -> None:
        super().__init__({})
        self._said = said
        self.asked: set[str] = set()

    def beside(self, _: str, term: str) -> Support:
        self.asked.add(term)
        return self._said


def _by_claim(verdicts: Sequence[Verdict]) -> dict[int, Verdict]:
    return {id(verdict.match.claim): verdict for verdict in verdicts}


def _other(before: dict[int, Verdict], after: dict[int, Verdict], claim: int) -> bool:
    was, now = before.get(claim), after.get(claim)
    if was is None or now is None:
        return was is not now
    return (was.outcome, was.confidence) != (now.outcome, now.confidence)
