"""What is remembered of findings, held beside the policies; and what people say of them."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from drift.findings import acknowledge as acknowledged
from drift.findings import exposure, hides
from drift.findings.silences import covers
from drift.model import Grounds, Owner, Page, Registry, Severity
from drift.model.errors import InputError, StoreError, StoreFailure
from drift.model.finding import Finding, PageState, Silence, State
from drift.model.views import FindingView, SilenceView
from drift.model.watch_ports import Store

_SEVERITIES = tuple(Severity)
_NEAREST = 3  # ids named where one is unknown
_ATTEMPTS = 3  # at writing what a run may change in the same moment

OwnerOf = Callable[[Finding, PageState | None], Owner | None]


@dataclass(frozen=True, slots=True)
class Query:
    """Which findings are wanted: those for which all that is given holds.

    `term` is a short or a full name, `article` a public address or a glob of such.
    """

    states: Collection[State] = ()
    policy: str | None = None
    term: str | None = None
    article: str | None = None
    source: str | None = None
    grounds: Collection[Grounds] = ()  # of those that were held; questions have none
    closed_questions: bool = True  # also those that were closed before anybody answered, and were never held


@dataclass(frozen=True, slots=True)
class Around:
    """What is known around findings beside the store, each None where it is not at hand."""

    registry: Registry | None = None
    owner_of: OwnerOf | None = None  # who keeps an article


def listed(
    store: Store, query: Query, now: datetime, around: Around | None = None, *, history: bool = False
) -> tuple[FindingView, ...]:
    """The findings that are wanted: those that stand, questions, the rest; of each the most severe, then the oldest."""
    policy, term = _named(query.policy, query.term)
    found = store.findings.find(states=query.states, policy=policy, term=term, source=query.source)
    if query.article is not None:
        found = tuple(one for one in found if Page(one.article).lies_under(query.article))
    if not query.closed_questions:
        found = tuple(one for one in found if one.held or one.regressions or not one.state.closed)
    if query.grounds:
        found = tuple(one for one in found if one.held and one.statement.grounds in query.grounds)
    pages = store.pages.states(query.source)
    silences = store.findings.silences(now)
    also = _duplicates(pages.values())
    views = [_view(one, pages.get(one.article), silences, now, around or Around(), also) for one in found]
    if history:
        views = [replace(view, history=store.findings.history(view.finding.id)) for view in views]
    return tuple(sorted(views, key=_urgency))


def one(store: Store, finding: str, now: datetime, around: Around | None = None) -> FindingView:
    """A finding with its history. Raises InputError for an unknown id, with the nearest ones."""
    known = get(store, finding)
    page = store.pages.state(known.article)
    view = _view(known, page, store.findings.silences(now), now, around or Around())
    also = tuple(other.public for other in store.pages.duplicates(known.article))
    return replace(view, history=store.findings.history(known.id), also_at=also)


def get(store: Store, finding: str) -> Finding:
    """A finding by its id. Raises InputError where there is none, with the nearest ids."""
    known = store.findings.get(finding.strip())
    if known is None:
        raise InputError(f"no finding is '{finding}'{_near(finding, (one.id for one in store.findings.find()))}")
    return known


def acknowledge(store: Store, finding: str, by: str, now: datetime, note: str = "") -> Finding:
    """Say that somebody is on a finding. Raises InputError where it is unknown, is not open, or somebody is already."""
    for attempt in range(1, _ATTEMPTS + 1):
        known = get(store, finding)
        if known.state is State.ACKNOWLEDGED:
            raise InputError(f"{known.id} was acknowledged by {known.acknowledged_by} already")
        moved, made = acknowledged(known, by, now)
        try:
            store.findings.write([moved], [replace(made, note=note)])
        except StoreError as error:
            if error.failure is not StoreFailure.CHANGED or attempt == _ATTEMPTS:
                raise
        else:
            return moved
    raise AssertionError("the last attempt returns or raises")


def silence(
    store: Store,
    now: datetime,
    *,
    author: str,
    reason: str,
    until: datetime,
    finding: str | None = None,
    policy: str | None = None,
    term: str | None = None,
    article: str | None = None,
) -> SilenceView:
    """Silence what all that is given means, until a time. `term` may be a full name.

    Raises InputError where nothing is given, the reason is empty, the end is not to come, or the finding is unknown.
    """
    if not any((finding, policy, term, article)):
        raise InputError("say what to silence: --finding, --policy, --term or --article")
    if not reason.strip():
        raise InputError("say why: a silence has a reason")
    if until <= now:
        raise InputError("a silence ends later than now")
    policy, term = _named(policy, term)
    known = get(store, finding).id if finding else None
    made = Silence(
        id=_silence_id(author, reason, now, known, policy, term, article),
        author=author,
        reason=reason.strip(),
        made_at=now,
        until=until,
        finding=known,
        policy=policy,
        term=term,
        article=article,
    )
    store.findings.silence(made)
    return _silence_view(made, store.findings.find(), now)


def refuse_unknown(store: Store, registry: Registry | None, policy: str | None, term: str | None) -> None:
    """Raise InputError for a policy or term that neither the registry nor any finding has: it would silence nothing.

    Without a registry at hand, and before the first finding, nothing is known and nothing refused.
    """
    policy, term = _named(policy, term)
    known = {(one.policy, one.term) for one in store.findings.find()}
    known |= {(one.policy, one.name) for one in registry.terms} if registry is not None else set()
    policies = {of for of, _ in known}
    if policies and policy is not None and policy not in policies:
        raise InputError(f"no policy is named '{policy}'{_near(policy, policies)}")
    terms = {name for of, name in known if policy in (None, of)}
    if terms and term is not None and term not in terms:
        where = f" of policy '{policy}'" if policy is not None else ""
        raise InputError(f"no term{where} is named '{term}'{_near(term, terms)}")


def silences(store: Store, now: datetime, *, ended: bool = False) -> tuple[SilenceView, ...]:
    """The silences that hold, the one that ends first at the top; with `ended` all there ever were."""
    findings = store.findings.find()
    found = store.findings.silences(None if ended else now)
    views = (_silence_view(each, findings, now) for each in found)
    return tuple(sorted(views, key=lambda view: (not view.holds, view.silence.until, view.silence.id)))


def end_silence(store: Store, name: str, now: datetime) -> SilenceView:
    """End a silence now. It stays on record. Raises InputError where it is unknown or has ended."""
    known = {each.id: each for each in store.findings.silences()}
    found = known.get(name.strip())
    if found is None:
        raise InputError(f"no silence is '{name}'{_near(name, known)}")
    if found.until <= now:
        raise InputError(f"{found.id} has ended already")
    ended = replace(found, until=now)
    store.findings.silence(ended)
    return _silence_view(ended, store.findings.find(), now)


def _duplicates(pages: Iterable[PageState]) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """The public addresses of duplicates, by their source and their text."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for page in pages:
        if page.duplicate and page.gone_since is None:
            found[page.source, page.text] = (*found.get((page.source, page.text), ()), page.page.public)
    return found


def _view(
    finding: Finding,
    page: PageState | None,
    silences: Sequence[Silence],
    now: datetime,
    around: Around,
    also: Mapping[tuple[str, str], tuple[str, ...]] = MappingProxyType({}),
) -> FindingView:
    window = exposure(finding, page.read_at if page else None)
    policies = around.registry.policies if around.registry else ()
    policy = next((each for each in policies if each.name == finding.policy), None)
    return FindingView(
        finding=finding,
        least=window.least,
        most=window.most,
        began=window.began(),
        ended=window.ended(),
        page=page,
        policy=policy,
        term=next((each for each in policy.terms if each.name == finding.term), None) if policy else None,
        content_owner=around.owner_of(finding, page) if around.owner_of else None,
        silence=hides(silences, finding, now),
        also_at=also.get((page.source, page.text), ()) if page else (),
    )


def _urgency(view: FindingView) -> tuple[bool, bool, int, datetime, str]:
    finding = view.finding
    severity = _SEVERITIES.index(finding.statement.severity)
    return not finding.state.stands, not finding.state.live, -severity, finding.first_diverged, finding.id


def _named(policy: str | None, term: str | None) -> tuple[str | None, str | None]:
    """Policy and short name of a term that may be given as 'policy/term'. Raises InputError where they disagree."""
    if term is None or "/" not in term:
        return policy, term
    of, _, name = term.partition("/")
    if policy not in (None, of):
        raise InputError(f"'{term}' is no term of the policy '{policy}'")
    return of, name


def _silence_view(silence: Silence, findings: Iterable[Finding], now: datetime) -> SilenceView:
    covered = [finding for finding in findings if covers(silence, finding)]
    holds = silence.made_at <= now < silence.until
    return SilenceView(silence, holds, len(covered), sum(finding.state.stands for finding in covered))


def _silence_id(author: str, reason: str, now: datetime, *covered: str | None) -> str:
    parts = (author, reason, now.isoformat(), *(each or "" for each in covered))
    return f"S-{hashlib.sha256(chr(0).join(parts).encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def _near(name: str, ids: Iterable[str]) -> str:
    near = difflib.get_close_matches(name.strip(), sorted(ids), _NEAREST)
    return f" (did you mean {' or '.join(near)}?)" if near else ""
