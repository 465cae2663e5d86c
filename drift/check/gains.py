"""What an edit to the registry gains and loses: the same articles, by the registry before it and after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from drift.check.check import OnExamined
from drift.engine.pipeline import Standard, examine, together
from drift.model import Examined, Page, Passage, Verdict, faults
from drift.model.edits import Effect, GainsReport
from drift.model.errors import FetchError
from drift.model.ports import Clock, Fetcher

Spot = tuple[Passage, int, int, int]  # a passage, the value's span, and which of the passages that are alike it is


def gains(
    pages: Iterable[Page],
    fetcher: Fetcher,
    before: Standard,
    after: Standard,
    clock: Clock,
    *,
    name: str,
    on_examined: OnExamined | None = None,
) -> GainsReport:
    """Fetch every page once and examine it by both registries; `name` says which one `before` is.

    A page that cannot be fetched or read is blind, and nothing is said of its statements.
    """
    wanted = list(dict.fromkeys(pages))
    checked_at = clock()
    examined: list[tuple[Examined, Examined]] = []
    for page in wanted:
        examined.append(_examine(page, fetcher, before, after))
        if on_examined:
            on_examined(examined[-1][1], len(examined), len(wanted))
    olds, news = together([was for was, _ in examined], before), together([now for _, now in examined], after)
    changes: list[Effect] = []
    kept = 0
    for was, now in zip(olds, news, strict=True):
        if was.blind is None and now.blind is None:
            found, same = compare(was, now)
            changes += found
            kept += same
    return GainsReport(checked_at, after.as_of, name, news, tuple(changes), kept)


def compare(before: Examined, after: Examined) -> tuple[list[Effect], int]:
    """What changed between two examinations of one snapshot, in the order of the article, and how much did not.

    A statement is a claim with its term: a claim that goes over to another term is lost by one and gained by the other.
    """
    was, now = _by_spot(before), _by_spot(after)
    changes: list[Effect] = []
    kept = 0
    for spot in dict.fromkeys((*now, *was)):
        old, new = was.get(spot), now.get(spot)
        if old is not None and new is not None and _term(old) == _term(new):
            if _judged(old) == _judged(new):
                kept += 1
            else:
                changes.append(Effect(after.page, old, new))
            continue
        if old is not None:
            changes.append(Effect(after.page, old, None, _term(new)))
        if new is not None:
            changes.append(Effect(after.page, None, new, _term(old)))
    return changes, kept


def _examine(page: Page, fetcher: Fetcher, before: Standard, after: Standard) -> tuple[Examined, Examined]:
    try:
        with faults.contained(page.address):
            snapshot = fetcher.fetch(page)
            return examine(snapshot, before), examine(snapshot, after)
    except FetchError as failure:
        blind = Examined(page, blind=failure.reason, detail=failure.detail)
        return blind, blind


def _by_spot(examined: Examined) -> dict[Spot, Verdict | None]:
    """Every claim in order, by where it stands, with its verdict. Its value is no part of the place: another
    registry may read '$' as other dollars."""
    judged = {id(verdict.match.claim): verdict for verdict in examined.verdicts}
    alike: Counter[tuple[Passage, int, int]] = Counter()
    found: dict[Spot, Verdict | None] = {}
    for match in examined.matches:
        claim = match.claim
        place = (claim.passage, claim.start, claim.end)
        alike[place] += 1
        found[(*place, alike[place])] = judged.get(id(claim))
    return found


def _term(verdict: Verdict | None) -> str | None:
    return verdict.match.term.full_name if verdict and verdict.match.term else None


def _judged(verdict: Verdict) -> tuple[object, ...]:
    """What a person would call another verdict; how sure it is may waver."""
    return verdict.outcome, verdict.expected, verdict.diagnosis, verdict.harm
