"""Conditions by which a schedule names its rows: 'Up to 20 days after the start | 20%', 'Within 15 days: 90%'.

Such a value says when a row holds, and promises nothing by itself. It is known by its place, as the name of a row of a
table or before the colon of a list item, where others hold what follows from it, and by its likes in other rows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from drift.engine import kinds
from drift.model import Claim, Stance, Zone
from drift.model.values import Bound, Kind

LEAST_ROWS = 2
WHY = "it names a row of a schedule"
_COLON = re.compile(r":\s|\s[–—-]\s|\s[=→]\s?")


def without_brackets(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims in their order, those that only name rows as suppositions."""
    rows: dict[tuple[int, Kind], set[object]] = defaultdict(set)
    naming = [index for index, claim in enumerate(claims) if _names(claim, claims, index)]
    for index in naming:
        claim = claims[index]
        rows[claim.passage.block, claim.value.kind].add(claim.value)
    found = list(claims)
    for index in naming:
        claim = claims[index]
        if len(rows[claim.passage.block, claim.value.kind]) >= LEAST_ROWS:
            found[index] = replace(claim, stance=Stance.HYPOTHETICAL, stance_why=WHY)
    return tuple(found)


def _names(claim: Claim, claims: Sequence[Claim], index: int) -> bool:
    """Whether a claim stands where a row is named, and is of the form of a condition."""
    if claim.stance is not Stance.CURRENT:
        return False
    if not (kinds.of(claim.value).condition or claim.bound is not Bound.EXACTLY or claim.value.is_range):
        return False
    if claim.passage.zone is Zone.CELL:
        return claim.passage.names_row
    return claim.passage.zone is Zone.ITEM and _before_a_colon(claim, claims, index)


def _before_a_colon(claim: Claim, claims: Sequence[Claim], index: int) -> bool:
    """Whether a colon or dash stands after a claim, and a value of another kind after that ends the item's sentence."""
    after = claims[index + 1] if index + 1 < len(claims) else None
    if after is None or after.passage is not claim.passage or after.value.kind == claim.value.kind:
        return False
    return _COLON.search(claim.passage.text, claim.end, after.start) is not None
