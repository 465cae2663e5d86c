"""Row labels that are conditions: 'up to 20 days after', 'up to 80 days after' say when their rows apply, and promise
nothing themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from drift.model import Claim, Passage, Stance, Zone
from drift.values import Bound, Kind

_FEWEST = 2  # labels of a table that differ in a value of one kind: one alone may be the rule itself


def conditions(claims: Sequence[Claim], passages: Sequence[Passage]) -> list[Claim]:
    """The claims, those of a schedule's row labels being conditions. Only a limit or a range divides into brackets."""
    labels: dict[int, set[str]] = defaultdict(set)
    for passage in passages:
        if passage.zone is Zone.CELL:
            labels[passage.block].update(passage.row)
    values: dict[tuple[int, Kind], set[object]] = defaultdict(set)
    found: list[int] = []
    for at, claim in enumerate(claims):
        passage = claim.passage
        if passage.zone is Zone.CELL and not passage.row and passage.text in labels[passage.block] and _divides(claim):
            values[passage.block, claim.value.kind].add(claim.value)
            found.append(at)
    read = list(claims)
    for at in found:
        claim = claims[at]
        if len(values[claim.passage.block, claim.value.kind]) >= _FEWEST and claim.stance is Stance.CURRENT:
            read[at] = replace(claim, stance=Stance.HYPOTHETICAL, stance_why="it is the condition of its row")
    return read


def _divides(claim: Claim) -> bool:
    return claim.value.is_range or claim.bound is not Bound.EXACTLY
