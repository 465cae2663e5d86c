"""The table of a finding's life, and one step along it.

What the table does not name changes nothing: an unreadable page and an unclear sentence neither open nor close, and a
finding that was closed stays as it is until the page is wrong again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from drift.errors import InputError
from drift.model import Cause, Finding, Reading, Seen, State, Statement, Transition

_STANDING = {
    Seen.AGREES: State.RESOLVED,
    Seen.MISSING: State.GONE,
    Seen.PAGE_GONE: State.GONE,
    Seen.UNRULED: State.WITHDRAWN,
}
_WRONG_AGAIN = {Seen.SAME: State.REGRESSED, Seen.OTHER: State.REGRESSED}

LIFE: Mapping[State | None, Mapping[Seen, State]] = {
    None: {Seen.OTHER: State.OPEN},
    State.OPEN: _STANDING,
    State.ACKNOWLEDGED: _STANDING,
    State.REGRESSED: _STANDING,
    State.RESOLVED: _WRONG_AGAIN,
    State.GONE: {**_WRONG_AGAIN, Seen.AGREES: State.RESOLVED},
    # What is seen of it tells that the rule is back. Nobody had mended the page: it is open again, and did not regress.
    State.WITHDRAWN: {
        Seen.SAME: State.OPEN,
        Seen.OTHER: State.OPEN,
        Seen.AGREES: State.RESOLVED,
        Seen.MISSING: State.GONE,
        Seen.PAGE_GONE: State.GONE,
    },
}

CLOSING = frozenset(_STANDING)  # only the page itself closes a finding, never a stored snapshot that is read again

_ACKNOWLEDGED = {State.OPEN: State.ACKNOWLEDGED, State.REGRESSED: State.ACKNOWLEDGED}


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one reading says of one finding, and what the step needs to know of the reading before it.

    `statement` is what the page says now, None where it says nothing. `seen_at` is when the page was last known to read
    as it did before. `before`, `last_agreed` and `last_without` matter where it goes wrong: see Finding.
    """

    seen: Seen
    reading: Reading
    statement: Statement | None
    cause: Cause
    seen_at: datetime | None = None
    before: Statement | None = None
    last_agreed: datetime | None = None
    last_without: datetime | None = None
    text_before: str = ""
    note: str = ""


def after(state: State | None, sighting: Sighting) -> State | None:
    """The state after a sighting."""
    if sighting.reading.stored and sighting.seen in CLOSING:
        return state
    return LIFE[state].get(sighting.seen, state)


def advance(finding: Finding, sighting: Sighting) -> tuple[Finding, Transition | None]:
    """One step of a finding that is known. The transition is None where it keeps its state and its value."""
    state = after(finding.state, sighting)
    assert state is not None  # no row of a known state leads out of the table
    changed = state is not finding.state
    if changed and state.stands:
        moved = _wrong(finding, state, sighting, finding.regressions + 1)
    elif changed:
        moved = _closed(finding, state, sighting)
    elif finding.state.stands and sighting.seen in (Seen.SAME, Seen.OTHER):
        moved = _still_wrong(finding, sighting)
    else:
        return finding, None
    if not changed and sighting.seen is not Seen.OTHER:
        return moved, None
    return moved, _transition(finding.id, finding.state, moved, sighting)


def opened(finding_id: str, slot: str, sighting: Sighting) -> tuple[Finding, Transition]:
    """The finding that a statement seen diverging for the first time opens. `sighting.statement` must be there."""
    statement, at = sighting.statement, sighting.reading.at
    assert statement is not None
    finding = Finding(
        id=finding_id,
        slot=slot,
        policy=statement.policy,
        term=statement.term,
        article=sighting.reading.page.public,
        state=State.OPEN,
        statement=statement,
        cause=sighting.cause,
        opened=at,
        first_diverged=at,
        last_diverged=at,
    )
    finding = _wrong(finding, State.OPEN, sighting, 0)
    return finding, _transition(finding_id, None, finding, sighting)


def acknowledge(finding: Finding, by: str, at: datetime) -> tuple[Finding, Transition]:
    """The finding with somebody on it. Raises InputError where it is not open, or somebody is already."""
    state = _ACKNOWLEDGED.get(finding.state)
    if state is None:
        raise InputError(f"{finding.id} is {finding.state.value}: only an open one can be acknowledged")
    moved = replace(finding, state=state, acknowledged_by=by, acknowledged_at=at)
    published = finding.statement.published
    expected = finding.statement.expected
    return moved, Transition(finding.id, at, finding.state, state, None, None, published, expected, by=by)


def _wrong(finding: Finding, state: State, sighting: Sighting, regressions: int) -> Finding:
    """The finding from the moment on at which its page went wrong, for the first time or again."""
    at = sighting.reading.at
    return replace(
        _still_wrong(finding, sighting),
        state=state,
        cause=sighting.cause,
        first_diverged=at,
        last_agreed=sighting.last_agreed,
        last_without=sighting.last_without,
        before=sighting.before or finding.before,
        agreed_again=None,
        resolved=None,
        gone=None,
        acknowledged_by=None,
        acknowledged_at=None,
        regressions=regressions,
    )


def _still_wrong(finding: Finding, sighting: Sighting) -> Finding:
    reading = sighting.reading
    return replace(
        finding,
        statement=sighting.statement or finding.statement,
        last_diverged=reading.at,
        text=reading.text,
        policies=reading.policies,
        reader=reading.reader,
    )


def _closed(finding: Finding, state: State, sighting: Sighting) -> Finding:
    at = sighting.reading.at
    if state is State.WITHDRAWN:
        return replace(finding, state=state)  # nothing was read: the page may well say so still
    last = finding.last_diverged
    if finding.state.stands and sighting.seen_at is not None:
        last = max(last, sighting.seen_at)
    if state is State.RESOLVED:
        return replace(finding, state=state, last_diverged=last, agreed_again=at, resolved=at, gone=None)
    return replace(finding, state=state, last_diverged=last, gone=at)


def _transition(finding_id: str, before: State | None, moved: Finding, sighting: Sighting) -> Transition:
    statement, reading = sighting.statement, sighting.reading
    return Transition(
        finding=finding_id,
        at=reading.at,
        before=before,
        after=moved.state,
        seen=sighting.seen,
        cause=sighting.cause,
        published=statement.published if statement else None,
        expected=statement.expected if statement else moved.statement.expected,
        note=sighting.note,
        text_before=sighting.text_before,
        text_after=reading.text,
    )
