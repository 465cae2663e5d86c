"""The table of a finding's life, and one step along it.

What the table does not name changes nothing: an unreadable page and an unclear sentence neither open nor close, and a
finding that was closed stays as it is until the page is wrong again. What is only suspect takes nothing back that was
held for certain: it may be a new version of the reader that is less sure. The end of an annotator's word does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from drift.model.errors import InputError
from drift.model.finding import Finding, Reading, Seen, State, Transition
from drift.model.statement import Cause, Statement

_STANDING = {
    Seen.AGREES: State.RESOLVED,
    Seen.MISSING: State.GONE,
    Seen.PAGE_GONE: State.GONE,
    Seen.UNRULED: State.WITHDRAWN,
    Seen.DENIED: State.GONE,
}
_TAKEN_BACK = {**_STANDING, Seen.DOUBTED: State.SUSPECTED}
_HELD = {Seen.SAME: State.OPEN, Seen.OTHER: State.OPEN}
_WRONG_AGAIN = {Seen.SAME: State.REGRESSED, Seen.OTHER: State.REGRESSED, Seen.SUSPECT: State.SUSPECTED}

LIFE: Mapping[State | None, Mapping[Seen, State]] = {
    None: {Seen.OTHER: State.OPEN, Seen.SUSPECT: State.SUSPECTED},
    State.SUSPECTED: {**_STANDING, **_HELD, Seen.DENIED: State.DISMISSED},
    State.OPEN: _TAKEN_BACK,
    State.ACKNOWLEDGED: _TAKEN_BACK,
    State.REGRESSED: _TAKEN_BACK,
    State.RESOLVED: _WRONG_AGAIN,
    State.GONE: {**_WRONG_AGAIN, Seen.AGREES: State.RESOLVED},
    # What is seen of it tells that the rule is back. Nobody had mended the page: it is open again, and did not regress.
    State.WITHDRAWN: {
        **_HELD,
        Seen.SUSPECT: State.SUSPECTED,
        Seen.AGREES: State.RESOLVED,
        Seen.MISSING: State.GONE,
        Seen.PAGE_GONE: State.GONE,
        Seen.DENIED: State.GONE,
    },
    State.DISMISSED: _HELD,  # only grounds take an answer back: a page without the sentence may have it again
}

_WRONG = (Seen.SAME, Seen.OTHER)
_STILL = {  # what is seen of a finding that keeps its state, and is wrong as before
    State.SUSPECTED: (Seen.SUSPECT,),
    State.OPEN: _WRONG,
    State.ACKNOWLEDGED: _WRONG,
    State.REGRESSED: _WRONG,
}
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
    cause: Cause | None  # None where a review answered a question
    seen_at: datetime | None = None
    before: Statement | None = None
    last_agreed: datetime | None = None
    last_without: datetime | None = None
    text_before: str = ""
    note: str = ""


def after(state: State | None, sighting: Sighting, *, held: bool = True, annotated: bool = False) -> State | None:
    """The state after a sighting. `held` says whether what was last seen wrong was held for certain: see Finding.

    What stands because an annotator says so (`annotated`) is dismissed like a question by whoever says otherwise: the
    page was never known to be wrong. Only the page itself closes a finding, never a stored snapshot that is read again.
    What was only a question when it was closed does not come back with grounds: it opens.
    """
    moved = LIFE[state].get(sighting.seen, state)
    if annotated and sighting.seen is Seen.DENIED and state is not None and state.stands:
        return State.DISMISSED
    if sighting.reading.stored and moved is not None and moved.closed:
        return state
    return State.OPEN if moved is State.REGRESSED is not state and not held else moved


def advance(finding: Finding, sighting: Sighting) -> tuple[Finding, Transition | None]:
    """One step of a finding that is known. The transition is None where it keeps its state and its value."""
    state = after(finding.state, sighting, held=finding.held, annotated=finding.statement.annotated != "")
    assert state is not None  # no row of a known state leads out of the table
    changed = state is not finding.state
    if changed and finding.state is State.SUSPECTED and state.stands:
        moved = _answered(finding, state, sighting)
    elif changed and sighting.seen is Seen.DOUBTED:
        moved = replace(_still_wrong(finding, sighting), state=state, acknowledged_by=None, acknowledged_at=None)
    elif changed and state.live:
        moved = _wrong(finding, state, sighting, finding.regressions + 1)
    elif changed:
        moved = _closed(finding, state, sighting)
    elif sighting.seen in _STILL.get(state, ()):
        moved = _still_wrong(finding, sighting)
    else:
        return finding, None
    if not changed and _value(moved) == _value(finding):
        return moved, None
    return moved, _transition(finding.id, finding.state, moved, sighting)


def opened(finding_id: str, slot: str, sighting: Sighting) -> tuple[Finding, Transition]:
    """The finding of a statement seen diverging, or suspect, for the first time. `sighting.statement` must be there."""
    statement, at = sighting.statement, sighting.reading.at
    state = after(None, sighting)
    assert statement is not None
    assert state is not None
    assert sighting.cause is not None  # nobody was asked
    finding = Finding(
        id=finding_id,
        slot=slot,
        policy=statement.policy,
        term=statement.term,
        article=sighting.reading.page.public,
        state=state,
        statement=statement,
        cause=sighting.cause,
        opened=at,
        first_diverged=at,
        last_diverged=at,
    )
    finding = _wrong(finding, state, sighting, 0)
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
        cause=sighting.cause or finding.cause,
        opened=finding.opened if finding.held else at,
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


def _answered(finding: Finding, state: State, sighting: Sighting) -> Finding:
    """The question that got grounds: the page was wrong from the day on which it was first asked.

    What made it go wrong is what did then, unless we alone are more sure of it now, or were when we asked.
    """
    cause = finding.cause
    if sighting.cause is Cause.READER or cause is Cause.READER:
        cause = Cause.READER if sighting.cause is Cause.READER else Cause.PAGE
    return replace(_still_wrong(finding, sighting), state=state, cause=cause, opened=sighting.reading.at)


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
    if state in (State.WITHDRAWN, State.DISMISSED):
        return replace(finding, state=state)  # no word of the page ended it: it may well say so still
    last = finding.last_diverged
    if finding.state.live and sighting.seen_at is not None:
        last = max(last, sighting.seen_at)
    if state is State.RESOLVED:
        return replace(finding, state=state, last_diverged=last, agreed_again=at, resolved=at, gone=None)
    return replace(finding, state=state, last_diverged=last, gone=at)


def _value(finding: Finding) -> tuple[str, str | None]:
    return finding.statement.published, finding.statement.expected


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
