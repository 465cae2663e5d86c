"""What is known of the claims of one article before their words are weighed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from drift.model import Answer, Followed


@dataclass(frozen=True, slots=True)
class Recognised:
    """Which answers hold for which claims of an article, which found no sentence there, and which claims are followed.

    `followed` are statements of an earlier version of the article; an answer goes before one.
    """

    answers: Mapping[int, Answer]  # by the claim's place in the article's claims
    gone: tuple[Answer, ...] = ()
    limited_otherwise: frozenset[int] = frozenset()  # those whose words limit the value in another way than answered
    followed: Mapping[int, Followed] = field(default_factory=dict)  # by the claim's place, those of a term
    reworded: frozenset[int] = frozenset()  # those of them whose sentence has other words now


NOTHING = Recognised({})
