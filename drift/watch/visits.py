"""One visit to a page: what was fetched, held against what is remembered, becomes what is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from drift.findings import Change, Memory, Steadiness, asks_again, closing_nothing, in_turn, settle, take
from drift.findings.taking import NO_PAGE
from drift.model import NotModified, Page, Snapshot, Validators
from drift.model.errors import BlindReason, FetchError
from drift.model.finding import NoteKind, PageState, Reading
from drift.model.memory import PageOutcome
from drift.watch.looking import Look

STEADINESS = Steadiness()
Again = Callable[[], tuple[Snapshot | None, Look | None]]  # a second fetch, past every cache, and what it says
Had = Callable[[str], bool]  # whether a page said a text before it said what is remembered

# How often a page that may say two things in turn is fetched once more before what it says is believed. Of two texts by
# turns at random one alone is met on one visit in 16 then; with one fetch more, on every fourth.
DOUBTED = 3


@dataclass(frozen=True, slots=True)
class Visit:
    """A page about to be visited: what is remembered of it, and the name of its source."""

    page: Page
    source: str
    state: PageState | None
    memory: Memory

    def before(self) -> PageState:
        """What is remembered, or a state that remembers nothing."""
        return self.state or PageState(self.page, self.source)


def unchanged(
    visit: Visit,
    got: NotModified | Snapshot,
    at: datetime,
    links: tuple[str, ...] | None = None,
    steadiness: Steadiness = STEADINESS,
) -> PageOutcome:
    """The page says what it said: a server told so, or its text is the same.

    What stands wrong was seen once more; what a change of the policies made right is closed by it, unless the page says
    two things in turn. `links` are those of the page where it was read.
    """
    before = _answered(visit, at, steadiness)
    whole = isinstance(got, Snapshot)
    validators = got.validators if isinstance(got, NotModified) else Validators(got.etag, got.last_modified)
    state = replace(
        before,
        etag=validators.etag,
        last_modified=validators.last_modified,
        read_at=at,
        full_read_at=at if whole else before.full_read_at,
    )
    if visit.memory.last is None or not visit.memory.findings:
        return PageOutcome(state, links=links)
    change = take(visit.memory, replace(visit.memory.last, at=at, stored=False))
    if turns(visit.before(), steadiness):
        change = closing_nothing(change)
    return PageOutcome(state, None, None, links, change.findings, change.transitions, change.notes)


def read(
    visit: Visit,
    got: Snapshot,
    seen: Look,
    at: datetime,
    again: Again,
    steadiness: Steadiness = STEADINESS,
    had: Had = frozenset[str]().__contains__,
) -> PageOutcome:
    """The page was fetched and looked at. What it changes is held only if a second fetch says the same.

    A page that says two things in turn is fetched more often in any case, and closes nothing; one to which a text comes
    back may be such a page, and counts as one that differed.
    """
    before = visit.before()
    turning = turns(before, steadiness)  # whoever reads once a day asks when it may be calm, and not before
    if seen.reading is None:
        outcome = unchanged(visit, got, at, _links(seen), steadiness)
        if turning and _differs(seen, again):
            return replace(
                outcome, state=replace(outcome.state, unsteady_at=at, unsteady_visits=before.unsteady_visits)
            )
        return outcome
    if seen.reading.blind is not None:
        return _blind(visit, seen.reading, at, again)
    change = take(visit.memory, seen.reading)
    snapshot, back = got, False
    if asks_again(change, seen.reading):
        back = had(seen.text)
        doubted = back or before.unsteady_visits > 0
        change, snapshot, reading = _confirmed(visit, got, seen, at, again, times=DOUBTED if doubted else 1)
        back = back and change.held and not turning  # of a page that turns, what it closes is not held
        if reading is not None and before.unsteady_visits + 1 >= steadiness.after and _unsteady(change):
            opened = in_turn(visit.memory, seen.reading, reading)
            if opened is not None:
                snapshot = got if opened[1] is seen.reading else snapshot
                change = replace(opened[0], notes=change.notes)
    if turning or (back and before.unsteady_visits + 1 >= steadiness.after):
        kept = closing_nothing(change)
        change = replace(kept, reading=None, held=False) if kept.transitions != change.transitions else kept
    return _written(visit, snapshot, change, seen, at, steadiness, differed=back or _unsteady(change))


def _confirmed(
    visit: Visit, got: Snapshot, seen: Look, at: datetime, again: Again, *, times: int
) -> tuple[Change, Snapshot, Reading | None]:
    """What holds of a reading once the page was fetched so often again, or until it said something else."""
    assert seen.reading is not None
    for _ in range(times):
        fetched, other = again()
        reading = _second(other, visit.memory.last, at)
        change = settle(visit.memory, seen.reading, reading)
        if not change.held:
            break
    return change, fetched or got, reading


def _differs(seen: Look, again: Again) -> bool:
    """Whether a page that says what is remembered says something else when it is fetched again."""
    others = (again()[1] for _ in range(DOUBTED))
    return any(other is not None and other.text not in ("", seen.text) for other in others)


def stored(state: PageState, memory: Memory, seen: Look) -> PageOutcome | None:
    """What is stored of a page was judged again: what diverges by now opens, and only the page itself closes.

    None where it could not be read.
    """
    if seen.reading is None or seen.reading.blind is not None:
        return None
    change = take(memory, seen.reading)
    state = replace(state, text=change.reading.text if change.reading else state.text)
    return PageOutcome(
        state, change.reading, findings=change.findings, transitions=change.transitions, notes=change.notes
    )


def certain(visit: Visit, seen: Look, at: datetime, again: Again, had: Had) -> PageOutcome | None:
    """What is wrong on a page whatever other articles say: by a review, or by its earlier version; None if nothing is.

    It holds only if a second fetch says the same. The rest of the page is still to be judged, so what was read of it
    last stays what that is held against. Of a page that may say two things in turn nothing is said before.
    """
    if visit.memory.last is None or seen.reading is None or visit.before().unsteady_visits:
        return None
    if not _known(take(visit.memory, seen.reading)).transitions or had(seen.text):
        return None
    _, other = again()
    reading = _second(other, visit.memory.last, at)
    change = _known(settle(visit.memory, seen.reading, reading))
    if not change.transitions:
        return None
    return PageOutcome(visit.before(), findings=change.findings, transitions=change.transitions)


def _known(change: Change) -> Change:
    """What of a change is wrong now, where it is known that the sentence states the rule."""
    found = {one.id: one for one in change.findings if one.statement.reviewed or one.statement.followed}
    made = tuple(one for one in change.transitions if one.after.stands and one.finding in found)
    told = {one.finding for one in made}
    return Change(findings=tuple(one for one in found.values() if one.id in told), transitions=made)


def duplicate(visit: Visit, got: Snapshot, seen: Look, at: datetime) -> PageOutcome:
    """The page says what another page of its source says: it is remembered as one of the addresses of that article."""
    state = replace(
        _answered(visit, at),
        etag=got.etag,
        last_modified=got.last_modified,
        text=seen.text,
        first_read=None,
        read_at=at,
        full_read_at=at,
    )
    return PageOutcome(state, links=_links(seen))


def failed(visit: Visit, failure: FetchError, policies: str, at: datetime, again: Again) -> PageOutcome:
    """The page could not be fetched. Where there is no such page any more, a second fetch must say so too."""
    unread = Reading(visit.page, at, policies=policies, blind=failure.reason, detail=failure.detail)
    return _blind(visit, unread, at, again)


def left_out(visit: Visit, policies: str, at: datetime) -> PageOutcome:
    """The page is no article of its source any more, by the word of the source's owner: its findings go with it."""
    why = "its source leaves it out"
    state = replace(visit.before(), tried_at=at, detail=why, gone_since=visit.before().gone_since or at)
    change = take(visit.memory, Reading(visit.page, at, policies=policies, blind=BlindReason.MISSING, detail=why))
    return PageOutcome(state, findings=change.findings, transitions=change.transitions)


def _blind(visit: Visit, reading: Reading, at: datetime, again: Again) -> PageOutcome:
    before = visit.before()
    assert reading.blind is not None
    state = replace(before.blinded(at, reading.blind, reading.detail), page=visit.page, source=visit.source)
    if reading.blind not in NO_PAGE or before.gone_since is not None:
        return PageOutcome(state)
    _, other = again()
    second = other.reading if other is not None else None
    if second is None or second.blind not in NO_PAGE:
        return PageOutcome(state)
    change = settle(visit.memory, reading, second)
    return PageOutcome(
        replace(state, gone_since=at), findings=change.findings, transitions=change.transitions, notes=change.notes
    )


def turns(state: PageState, steadiness: Steadiness) -> bool:
    """Whether a page is one that says two things in turn."""
    return state.unsteady_visits >= steadiness.after


def _answered(visit: Visit, at: datetime, steadiness: Steadiness = STEADINESS) -> PageState:
    """What is remembered of a page that answered: whatever kept us from it is over."""
    before = visit.before()
    apart = at - before.tried_at if before.tried_at is not None else None
    calm = before.unsteady_at is None or steadiness.is_calm(at - before.unsteady_at, apart)
    return replace(
        before,
        page=visit.page,
        source=visit.source,
        tried_at=at,
        failures=0,
        blind=None,
        detail="",
        blind_since=None,
        gone_since=None,
        replaced_by=None,
        replaced_since=None,
        replaced_visits=0,
        unsteady_visits=0 if calm else before.unsteady_visits,
    )


def _second(other: Look | None, last: Reading | None, at: datetime) -> Reading | None:
    """The second reading: what is remembered where it says that; None where there was none to be had."""
    if other is None or other.reading is not None:
        return other.reading if other else None
    assert last is not None  # or nothing could have been the same
    return replace(last, at=at, stored=False)


def _links(seen: Look) -> tuple[str, ...] | None:
    return seen.article.links if seen.article else None


def _unsteady(change: Change) -> bool:
    return any(note.kind is NoteKind.UNSTEADY for note in change.notes)


def _written(
    visit: Visit, got: Snapshot, change: Change, seen: Look, at: datetime, steadiness: Steadiness, *, differed: bool
) -> PageOutcome:
    before = visit.before()
    state = _answered(visit, at, steadiness)
    if differed:
        state = replace(state, unsteady_at=at, unsteady_visits=before.unsteady_visits + 1)
    links = _links(seen)
    if not change.held:
        return PageOutcome(
            state, links=links, findings=change.findings, transitions=change.transitions, notes=change.notes
        )
    text = change.reading.text if change.reading else before.text
    state = replace(
        state,
        etag=got.etag,
        last_modified=got.last_modified,
        text=text,
        first_read=before.first_read if text == before.text else at,
        read_at=at,
        full_read_at=at,
    )
    return PageOutcome(
        state,
        reading=change.reading,
        snapshot=got if change.reading is not None and text != before.text else None,
        links=links,
        findings=change.findings,
        transitions=change.transitions,
        notes=change.notes,
    )
