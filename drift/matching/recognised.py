"""What reviewed answers say of the claims of one article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drift.model import Answer


@dataclass(frozen=True, slots=True)
class Recognised:
    """Which answers hold for which claims of an article, and which found no sentence there."""

    answers: Mapping[int, Answer]  # by the claim's place in the article's claims
    gone: tuple[Answer, ...] = ()
    limited_otherwise: frozenset[int] = frozenset()  # those whose words limit the value in another way than answered


NOTHING = Recognised({})
