"""Sentences without their values, so that a change of value never changes what a sentence is about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

MASK = "◊"  # no letter and no digit: word patterns pass over it


class Spanned(Protocol):
    """Anything with a half-open span: a `Found` or a `Claim`."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


def mask(text: str, founds: Iterable[Spanned], within: tuple[int, int] | None = None) -> str:
    """`text` (or the part of it `within`) with each value replaced by `MASK`.

    Spans are into the whole text and may come in any order; those outside the part are ignored, one that
    reaches over its edge masks what lies inside.
    """
    start, end = within if within is not None else (0, len(text))
    pieces = []
    position = start
    for found in sorted(founds, key=lambda found: found.start):
        if found.end <= position or found.start >= end:
            continue
        pieces.append(text[position : max(found.start, position)])
        pieces.append(MASK)
        position = min(found.end, end)
    pieces.append(text[position:end])
    return "".join(pieces)
