"""Templates filled in. All text put into one is escaped, and is one inert line: markup is in templates alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from drift.engine.kinds import show
from drift.model import Outcome, Period, Severity, Term, foreign, statement_wording, wording
from drift.model.alert import Delivery, DeliveryState
from drift.model.desk import FindingPage, FindingQuery, PageQuery
from drift.model.escaping import inert
from drift.model.finding import State
from drift.model.statement import Statement
from drift.reports import diff, finding
from drift.reports.moments import ago, day, length, minute
from drift.reports.policies import value_on
from drift.reports.sheet import clipped


def page(template: str, *, status: int = 200, notice: str = "", section: str = "", **given: Any) -> Response:
    """A template as an answer. `section` is the part of the desk it belongs to, `notice` stands on top of it."""
    text = _TEMPLATES.get_template(template).render(notice=notice, section=section, **given)
    return HTMLResponse(text, status)


def _shown(value: Any) -> Any:
    """What is put into a template: text as one inert line. What a macro made is markup already."""
    if isinstance(value, Markup) or not isinstance(value, str) or value.isprintable():
        return value  # nothing that is printable is spelled otherwise by `inert`
    return inert(value)


def web(address: str | None) -> str:
    """An address that a link may lead to: of http or https; '' for any other."""
    return address if address and foreign.on_the_web(address) else ""


def part(text: str) -> str:
    """A name as one part of a path."""
    return quote(text, safe="", errors="replace")


def to_term(policy: str, term: str) -> str:
    """The address of a term's page."""
    return f"/policies/{part(policy)}/{part(term)}"


def to_list(path: str, query: FindingQuery | PageQuery, **changed: Any) -> str:
    """The address of a list as it is asked for, some of that changed; what is as it is anyway is left out."""
    usual = asdict(type(query)())
    asked = {**asdict(query), "page": 1, **changed}
    told = {name: str(value) for name, value in asked.items() if value != usual[name]}
    return f"{path}?{urlencode(told, errors='replace')}" if told else path


def difference(before: Statement, now: Statement) -> diff.Line:
    """What changed from one sentence to another, word by word."""
    return diff.words(before.quote, now.quote)


def cut(statement: Statement) -> tuple[str, str, str]:
    """A sentence before its value, its value, and after it; what is very long is cut short far from the value."""
    start, end = statement.value_start, statement.value_start + len(statement.value_text)
    quoted = statement.quote
    before, after = quoted[:start], quoted[end:]
    return _last(before), quoted[start:end], _first(after)


_ROOM = 400  # characters on either side of a value


def _last(text: str) -> str:
    return text if len(text) <= _ROOM else f"…{text[-_ROOM:]}"


def _first(text: str) -> str:
    return text if len(text) <= _ROOM else f"{text[:_ROOM]}…"


def story(it: FindingPage) -> Iterator[tuple[datetime, str, str]]:
    """What happened to a finding, in order: when, what in a word or two, and more about it."""
    view = it.view
    told: list[tuple[datetime, str, str]] = []
    known = view.finding
    first = view.history[0].at if view.history else known.opened
    if known.last_agreed is not None and known.last_agreed < first:
        read = statement_wording.published(known.before) if known.before else ""
        told.append((known.last_agreed, "last agreed", read))
    if known.first_diverged < first:
        told.append((known.first_diverged, "first seen wrong", ""))
    for made in view.history:
        happened, more = finding.told(made, view)
        told.append((made.at, happened, more.removeprefix(": ")))
    told += [(at, what, more) for delivery in it.deliveries for at, what, more in _sent(delivery)]
    yield from sorted(told, key=lambda each: each[0])


def _sent(delivery: Delivery) -> Iterator[tuple[datetime, str, str]]:
    reason = delivery.event.told.reason.value
    if delivery.state is DeliveryState.SENT and delivery.sent_at is not None:
        yield delivery.sent_at, "alert sent", f"{reason}, by {delivery.notifier}"
    elif delivery.state is DeliveryState.DEAD:
        yield delivery.event.told.at, "alert not delivered", f"{reason}, by {delivery.notifier}: {delivery.failure}"


def span(period: Period) -> str:
    """The days of a period: 'from 1 January 2026', 'until ...', 'always'."""
    ends = [f"{word} {end}" for word, end in (("from", period.start), ("until", period.end)) if end is not None]
    return " ".join(ends) or "always"


def worth(term: Term, period: Period) -> str:
    """The value of a period with its bound: 'at least 60 days'."""
    return wording.limit(term.bound, show(period.value))


def bars(counts: dict[Severity, int]) -> list[tuple[str, float, float]]:
    """A bar of 100 units cut by counts: a name, where it begins, how long it is."""
    total, at = sum(counts.values()), 0.0
    found = []
    for severity, count in counts.items():
        wide = 100 * count / total if total else 0.0
        if count:
            found.append((severity.value, round(at, 2), round(wide, 2)))
        at += wide
    return found


_OUTCOMES = {
    Outcome.AGREES: ("agrees", "right"),
    Outcome.DIVERGES: ("diverges", "wrong"),
    Outcome.SUSPECT: ("suspected", "ask"),
    Outcome.UNCLEAR: ("unclear", "quiet"),
}


def outcome(value: Outcome) -> tuple[str, str]:
    """An outcome in a word, and the tone it is shown in."""
    return _OUTCOMES[value]


def tone(state: State) -> str:
    """The tone a state is shown in."""
    if state.stands:
        return "wrong"
    return {State.SUSPECTED: "ask", State.RESOLVED: "right"}.get(state, "quiet")


def _day_of(value: date | datetime) -> str:
    return day(value) if isinstance(value, datetime) else value.isoformat()


_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    finalize=_shown,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
_TEMPLATES.filters.update(web=web, part=part, minute=minute, day=_day_of, lasting=length, clipped=clipped)
_TEMPLATES.globals.update(
    ago=ago, bars=bars, cut=cut, difference=difference, finding=finding, outcome=outcome, span=span, story=story,
    to_list=to_list, to_term=to_term, tone=tone, value_on=value_on,
    statement_wording=statement_wording, wording=wording, worth=worth, Severity=Severity, State=State,
)  # fmt: skip
