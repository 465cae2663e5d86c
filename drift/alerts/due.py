"""When we speak: which events a visit to a page gives, and which a pass over a source.

Each event is said once. Its key says which time it is: the life of a finding (it begins anew whenever the finding comes
back), the moment of a change within that life, the day on which something ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import takewhile

from drift.alerts import tell
from drift.alerts.context import AlertContext
from drift.alerts.routing import address, to_operator, to_route
from drift.engine.kinds import show
from drift.findings import en_masse, hides, replaced_en_masse
from drift.model import Page, PolicyException
from drift.model.alert import Event, Fact, Reason
from drift.model.errors import OF_A_SERVER, BlindReason
from drift.model.finding import Finding, Seen, State, Transition
from drift.model.memory import PageOutcome, Run
from drift.model.route import Routing
from drift.model.statement import Cause

# A step of a finding's life, and what is said of it. What is not here is said to nobody: that somebody acknowledged it,
# that a page that no longer says it says it rightly by now, and all that becomes of a question but one that opens.
SPEAKS: Mapping[tuple[State | None, State], Reason] = {
    (None, State.OPEN): Reason.OPENED,
    (State.OPEN, State.OPEN): Reason.CHANGED,
    (State.ACKNOWLEDGED, State.ACKNOWLEDGED): Reason.CHANGED,
    (State.REGRESSED, State.REGRESSED): Reason.CHANGED,
    (State.RESOLVED, State.REGRESSED): Reason.REGRESSED,
    (State.GONE, State.REGRESSED): Reason.REGRESSED,
    (State.OPEN, State.RESOLVED): Reason.RESOLVED,
    (State.OPEN, State.GONE): Reason.RESOLVED,
    (State.ACKNOWLEDGED, State.RESOLVED): Reason.RESOLVED,
    (State.ACKNOWLEDGED, State.GONE): Reason.RESOLVED,
    (State.REGRESSED, State.RESOLVED): Reason.RESOLVED,
    (State.REGRESSED, State.GONE): Reason.RESOLVED,
    (State.OPEN, State.DISMISSED): Reason.RESOLVED,  # whoever heard what an annotator said hears that it is not so
    (State.ACKNOWLEDGED, State.DISMISSED): Reason.RESOLVED,
    (State.REGRESSED, State.DISMISSED): Reason.RESOLVED,
    (State.OPEN, State.WITHDRAWN): Reason.WITHDRAWN,
    (State.ACKNOWLEDGED, State.WITHDRAWN): Reason.WITHDRAWN,
    (State.REGRESSED, State.WITHDRAWN): Reason.WITHDRAWN,
    (State.WITHDRAWN, State.OPEN): Reason.OPENED,
    (State.SUSPECTED, State.OPEN): Reason.OPENED,  # nobody heard of it while it was a question
    (State.RESOLVED, State.OPEN): Reason.OPENED,  # nor when it was closed as one
    (State.GONE, State.OPEN): Reason.OPENED,
    (State.DISMISSED, State.OPEN): Reason.OPENED,
}
ENDS = frozenset((Reason.RESOLVED, Reason.WITHDRAWN))  # of a finding's life: whom its escalation reached hears of them


def announced(outcome: PageOutcome, scene: AlertContext) -> PageOutcome:
    """An outcome with its events, to be written together."""
    events = due(outcome, scene)
    return replace(outcome, events=events) if events else outcome


def due(outcome: PageOutcome, scene: AlertContext) -> tuple[Event, ...]:
    """The events of one visit to a page, each with the route that hears it or the silence that holds it back."""
    if not scene.routing.routes:
        return ()
    findings = {finding.id: finding for finding in outcome.findings}
    spoken = (_spoken(transition, findings[transition.finding], scene) for transition in outcome.transitions)
    events = [event for event in spoken if event is not None]
    return (*events, *_unread(outcome, scene))


def also_over(over: Event, said: Iterable[Event], routing: Routing) -> tuple[Event, ...]:
    """The end of a finding, `over`, for those whom its escalation reached in the same life: they wait for it as well.

    `said` is what was said of the finding. A notifier that hears of the end already is left out.
    """
    finding, _, life = over.key.split("/")[:3]
    begins = f"{finding}/{Reason.ESCALATED}/{life}/"
    routes = dict.fromkeys(event.route for event in said if event.key.startswith(begins) and event.route)
    told = set(over.notifiers)
    made = []
    for name in routes:
        event = to_route(replace(over, key=f"{over.key}/{name}"), routing, name)
        left = tuple(notifier for notifier in event.notifiers if notifier not in told)
        if left:
            made.append(replace(event, notifiers=left))
            told.update(left)
    return tuple(made)


def source_unread(runs: Sequence[Run], scene: AlertContext) -> tuple[Event, ...]:
    """The event of a source that could not be read for too long; `runs` are its last, the newest first."""
    failed: list[Run] = []
    for run in runs:
        if not run.failure:
            break
        failed.append(run)
    if not scene.routing.routes or len(failed) < scene.blind_after:
        return ()
    newest, since = failed[0], failed[-1].started
    told = tell.of_source(scene, newest.ended or newest.beat, since, newest.failure)
    name = f"source {scene.source}"
    return (address(Event(f"{name}/blind/{stamp(since)}", name, told), scene.routing),)


def source_replaced(runs: Sequence[Run], scene: AlertContext) -> tuple[Event, ...]:
    """The event of a source at many of whose addresses no article is shown; `runs` are its last, the newest first.

    It is one for as long as that lasts, and the operator's: no page of it is told by itself. Another text is told at
    once; errors and silence of a server are once they lasted as long as one page's would have to, for they pass.
    """
    found = list(takewhile(lambda run: en_masse(run.counts, scene.patience), runs))
    if not scene.routing.routes or not found:
        return ()
    newest, since = found[0], found[-1].started
    passing = not any(replaced_en_masse(run.counts, scene.patience) for run in found)
    if passing and (len(found) < scene.blind_after or newest.failure):  # a failure is an event of its own
        return ()
    told = tell.of_hidden(scene, newest.ended or newest.beat, since, newest.counts)
    name = f"source {scene.source}"
    event = to_operator(Event(f"{name}/replaced/{stamp(since)}", name, told), scene.routing)
    return () if event is None else (event,)


def undelivered(
    notifier: str, after: int, why: str, at: datetime, scene: AlertContext, *, dead: int = 0
) -> Event | None:
    """The event of a notifier that does not work: told to the operator once, until something arrives by it again.

    `after` is the last delivery that did arrive by it; `dead` how many were given up now, 0 where they are still tried.
    None if no other notifier could tell the operator.
    """
    name = f"notifier {notifier}"
    told = tell.of_notifier(notifier, why, at, dead)
    event = Event(f"{name}/failed/{'dead' if dead else 'first'}/{after}", name, told)
    return to_operator(event, scene.routing, without=notifier)


def trouble(code: str, words: str, source: str, at: datetime, scene: AlertContext) -> Event | None:
    """The event of something that is wrong with drift itself: told once a day, however often it comes and goes.

    None if nobody would hear it.
    """
    name = f"drift {code} {source}".rstrip()
    event = Event(f"{name}/trouble/{at:%Y%m%d}", name, tell.of_trouble(code, words, source, at))
    return to_operator(event, scene.routing)


def silenced(event: Event, finding: Finding, scene: AlertContext, now: datetime) -> Event:
    """The event held back by the silence that hides its finding, or else addressed."""
    silence = hides(scene.silences, finding, now)
    return replace(event, silence=silence.id) if silence is not None else address(event, scene.routing)


def stamp(moment: datetime) -> str:
    """A moment within a key: '20261121T120000Z'."""
    return f"{moment:%Y%m%dT%H%M%SZ}"


def _spoken(transition: Transition, finding: Finding, scene: AlertContext) -> Event | None:
    reason = _reason(transition, finding)
    if reason is None:
        return None
    life = finding.regressions + 1
    key = f"{finding.id}/{reason}/{life}"
    if reason is Reason.CHANGED:
        key = f"{key}/{stamp(transition.at)}"
    ended = _exception(transition, finding, scene)
    if ended is not None:
        reason, key = Reason.EXPIRED, f"{finding.id}/expired/exception/{ended.until}"
    told = tell.of_finding(scene, finding, reason, transition.at, transition=transition, ended=ended)
    event = Event(key, finding.id, told, first_run=_first(scene, told))
    return silenced(event, finding, scene, transition.at)


def _reason(transition: Transition, finding: Finding) -> Reason | None:
    """None if only our own reading changed, which is for review and no alert, and at the end of what was none.

    None too where a rule left with many others and its findings are held: that is the operator's to hear.
    """
    if transition.seen is Seen.UNRULED and transition.before is transition.after:
        return None
    reason = SPEAKS.get((transition.before, transition.after))
    if reason in ENDS:
        return None if finding.cause is Cause.READER else reason
    return None if transition.cause is Cause.READER else reason


def _first(scene: AlertContext, told: Fact) -> int | None:
    return scene.first_run if told.reason is Reason.OPENED else None


def _exception(transition: Transition, finding: Finding, scene: AlertContext) -> PolicyException | None:
    """The exception by which the page was right until it ended."""
    policy = scene.policy(finding.policy)
    if policy is None or transition.cause is not Cause.POLICY or not transition.after.stands:
        return None
    for one in policy.exceptions:
        over = one.until < transition.at.date() and one.term.rpartition("/")[2] == finding.term
        if over and Page(finding.article).lies_under(one.article) and show(one.value) == finding.statement.published:
            return one
    return None


def _unread(outcome: PageOutcome, scene: AlertContext) -> Iterator[Event]:
    """The event of a page that was not read for too long: one for all visits until it is read again."""
    state = outcome.state
    if state.blind is None or state.blind_since is None or state.gone_since is not None:
        return
    if state.blind is BlindReason.REPLACED and state.duplicate:
        return  # nothing is held against it, and it is told of the article where that is replaced as well
    # Whether these are one thing about their source is known after the first pass.
    if state.blind is BlindReason.REPLACED:
        late = not scene.mass and state.replaced_visits >= max(2, scene.blind_after)
    elif state.blind in OF_A_SERVER:
        late = not scene.mass and state.failures >= max(2, scene.blind_after)
    else:
        late = state.failures >= scene.blind_after
    if late:
        name = f"page {state.page.public}"
        told = tell.of_page(scene, state, state.tried_at or state.blind_since)
        yield address(Event(f"{name}/blind/{stamp(state.blind_since)}", name, told), scene.routing)
