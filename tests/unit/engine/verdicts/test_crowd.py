"""What an article says elsewhere about a term, gone over once: the same as going over all its claims each time."""

from __future__ import annotations

import math
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from drift.engine import kinds
from drift.engine.verdicts.doubt import Crowd
from drift.model import Claim, Match, Passage, Period, Term, Zone
from drift.model.values import Comparison, Kind, Unit, Value


def days(number: int) -> Value:
    return Value(Kind("duration"), Decimal(number), Decimal(number), Unit("day"))


EXPECTED = days(30)
TERMS = [Term("returns", name, "Goods come back within 30 days.", (Period(EXPECTED),)) for name in ("window", "grace")]
PASSAGES = [Passage("One. Two.", Zone.CELL, block=block) for block in (1, 1, 2)]


def _match(term: Term | None, passage: Passage, number: int, score: float, second: bool) -> Match:
    sentence = (5, 9) if second else (0, 4)
    return Match(Claim(passage, days(number), *sentence, sentence, sentence), term, score)


MATCHES = st.lists(
    st.builds(
        _match,
        st.sampled_from([*TERMS, None]),
        st.sampled_from(PASSAGES),
        st.sampled_from([14, 30]),
        st.sampled_from([-1.0, 0.0, 0.5, 2.0]),
        st.booleans(),
    ),
    min_size=1,
    max_size=8,
)


@given(MATCHES)
def test_those_beside_are_all_but_the_one(matches: list[Match]) -> None:
    crowd = Crowd(matches)
    for match in matches:
        if match.term is None:
            continue
        about = [other for other in matches if other.term is match.term]
        otherwise = [o for o in about if o.claim.value != match.claim.value]
        agreeing = [o for o in about if o is not match and kinds.compare(o.claim.value, EXPECTED) is Comparison.SAME]
        nearby = [o for o in agreeing if o.claim.passage.block == match.claim.passage.block]
        beside = crowd.beside(match, match.term, EXPECTED)
        assert beside.otherwise == max((o.score for o in otherwise), default=-math.inf)
        assert beside.agreeing == max((o.score for o in agreeing), default=-math.inf)
        assert beside.nearby == max((o.score for o in nearby), default=-math.inf)
