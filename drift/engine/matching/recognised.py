"""What is known of the claims of one article before their words are weighed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from drift.engine import kinds
from drift.model import Answer, Claim, Followed
from drift.model.values import Value

_TIMES = frozenset(("hour", "day", "week", "month", "quarter", "year"))


@dataclass(frozen=True, slots=True)
class Recognised:
    """Which answers hold for which claims of an article, which found no sentence there, and which claims are followed.

    `followed` are statements of an earlier version of the article; an answer goes before one.
    """

    answers: Mapping[int, Answer]  # by the claim's place in the article's claims
    gone: tuple[Answer, ...] = ()
    limited_otherwise: frozenset[int] = frozenset()  # those whose words limit the value in another way than answered
    counted_otherwise: frozenset[int] = frozenset()  # those whose value is 'per' something else than answered
    followed: Mapping[int, Followed] = field(default_factory=dict)  # by the claim's place, those of a term
    reworded: frozenset[int] = frozenset()  # those of them whose sentence has other words now

    def read(self, at: int, claim: Claim, expected: Value) -> Claim | None:
        """A claim as its answer reads it, which states a term of this value; None where it cannot be such a value.

        Whoever said that the sentence states the term said that what it counts is what the term counts, whatever they
        are called: 'members' and 'users', 'per order' and 'per purchase'. That is so for as long as the sentence calls
        them as it did. Times are no names: a price per month states none per year.
        """
        value = claim.value
        if value.kind == expected.kind and kinds.of(value).named:
            value = replace(value, unit=expected.unit)
        elif not kinds.comparable(value, expected):
            return None
        if at not in self.counted_otherwise and _one_time(value, expected):
            value = replace(value, per=expected.per)
        return claim if value == claim.value else replace(claim, value=value)


def _one_time(a: Value, b: Value) -> bool:
    """Whether the times that two values are 'per' are no two different ones."""
    first, second = (_TIMES.intersection(value.per) for value in (a, b))
    return not first or not second or first == second


NOTHING = Recognised({})
