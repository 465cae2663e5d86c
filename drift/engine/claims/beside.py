"""What stands beside the claims that their own words do not tell from others: a cell with a price, a bare answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from drift.model import Article, Claim, Passage, Zone

_ALONE = 30  # characters up to which a passage outside of a table may be a value and little more: 'It is free.'
_NEAR = 80  # characters of a neighbour that are kept; a link needs a few words
_UNSEEN = frozenset({Zone.META, Zone.STRUCTURED, Zone.ALT})


def with_beside(claims: Sequence[Claim], article: Article) -> tuple[Claim, ...]:
    """The claims, those in cells and in short passages with their neighbours on the page.

    A passage that has the very neighbours of an earlier one gets none: they would lead to that one.
    """
    short = {id(claim.passage) for claim in claims if _short(claim.passage)}
    if not short:
        return tuple(claims)
    beside = dict(_neighbours([one for one in article.passages if _seen(one)], short))
    return tuple(
        replace(claim, beside=beside[id(claim.passage)]) if id(claim.passage) in beside else claim for claim in claims
    )


def _short(passage: Passage) -> bool:
    return passage.zone is Zone.CELL or len(passage.text) <= _ALONE


def _seen(passage: Passage) -> bool:
    return bool(passage.text) and not passage.hidden and passage.zone not in _UNSEEN


def _neighbours(passages: Sequence[Passage], wanted: Iterable[int]) -> Iterator[tuple[int, tuple[str, str]]]:
    taken: set[tuple[str, str, str]] = set()
    for at, passage in enumerate(passages):
        before = passages[at - 1].text[-_NEAR:] if at else ""
        after = passages[at + 1].text[:_NEAR] if at + 1 < len(passages) else ""
        if (before, passage.text, after) not in taken and id(passage) in wanted:
            yield id(passage), (before, after)
        taken.add((before, passage.text, after))
