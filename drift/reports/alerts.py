"""Alerts told in the terminal: what is on its way, what became of it, and who hears what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from drift.model import wording
from drift.model.alert import Delivery, DeliveryState, Fact
from drift.model.route import Hearing, Route, Routing, When
from drift.reports import Display
from drift.reports.sheet import Sheet

_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_STYLES = {DeliveryState.WAITING: "yellow", DeliveryState.SENT: "green", DeliveryState.DEAD: "bold red"}


def render_list(deliveries: Sequence[Delivery], look: Display) -> str:
    """One line a delivery, the newest first as they are given, and how many there are of each state."""
    sheet = Sheet(look)
    ids = max((len(str(each.id)) for each in deliveries), default=1)
    for each in deliveries:
        told = each.event.told
        about = told.finding or each.event.subject
        sheet.line(
            (f"{each.id:>{ids}}  ", "bold"),
            (f"{_instant(told.at)}  ", "dim"),
            (f"{each.state.value:<8}", _STYLES[each.state]),
            (f"{told.reason.value:<10}", ""),
            (f"{about}  {each.event.route} > {each.notifier}", ""),
            (f"  {each.failure}" if each.failure else "", "dim"),
        )
    counts = {state: sum(each.state is state for each in deliveries) for state in DeliveryState}
    said = ", ".join(f"{count} {state.value}" for state, count in counts.items() if count)
    sheet.line((said or "Nothing was said yet.", "bold"))
    return sheet.done()


def render_one(delivery: Delivery, look: Display) -> str:
    """One delivery whole: what is said, to whom, and how far it is."""
    sheet = Sheet(look)
    told = delivery.event.told
    sheet.line((told.moment, "bold"))
    _facts(sheet, told)
    sheet.gap()
    sheet.field("reason", told.reason.value, indent=2)
    sheet.field("route", delivery.event.route, indent=2)
    sheet.field("notifier", delivery.notifier, indent=2)
    sheet.field("state", delivery.state.value, indent=2)
    sheet.field("attempts", str(delivery.attempts), indent=2)
    sheet.field("failed", delivery.failure, indent=2)
    if delivery.state is DeliveryState.WAITING and delivery.held:
        sheet.field("waits", "for the end of the first run on its source", indent=2)
    for label, moment in (("first try", delivery.first_attempt), ("next try", delivery.next_attempt)):
        sheet.field(label, f"{_instant(moment)} UTC" if moment is not None else "", indent=2)
    sheet.field("sent", f"{_instant(delivery.sent_at)} UTC" if delivery.sent_at is not None else "", indent=2)
    sheet.field("message", delivery.message or "", indent=2, whole=True)
    sheet.field("event", delivery.event.key, indent=2, whole=True)
    return sheet.done()


def render_routes(routing: Routing, look: Display) -> str:
    """Who hears what, in the order in which the routes are asked."""
    sheet = Sheet(look)
    for route in routing.routes:
        sheet.line((route.name, "bold"), (f"  > {', '.join(route.to)}", ""))
        sheet.field("takes", _takes(route, routing), indent=2)
        sheet.field("group", route.group, indent=2)
        sheet.field("quiet", _quiet(route), indent=2)
        sheet.field("digest", _digest(route), indent=2)
    for severity, steps in routing.escalation:
        for step in steps:
            sheet.line((f"{severity.value}, unacknowledged for {_span(step.after)}: {step.route}", "dim"))
    if not routing.routes:
        sheet.line(("Nobody is told: there is no route.", ""))
    return sheet.done()


def render_hearing(hearing: Hearing, look: Display) -> str:
    """Who would hear of a finding, and why: every route that was asked, up to the one that takes it."""
    sheet = Sheet(look)
    finding = hearing.finding
    sheet.line((finding.id, "bold"), (f"  {finding.full_name}, {finding.state.value}, on {finding.article}", ""))
    for tried in hearing.tried:
        sheet.line((tried.route, "bold" if tried.takes else ""), (f"  {tried.words}", ""), indent=2)
    if hearing.silence is not None:
        silence = hearing.silence
        words = f"until {_instant(silence.until)} UTC: silenced by {silence.author} ({silence.reason})"
        sheet.line((f"Nobody hears it {words}.", "bold yellow"))
    elif hearing.route:
        sheet.line((f"{hearing.route} hears it, by {', '.join(hearing.notifiers)}.", "bold green"))
    else:
        sheet.line(("Nobody hears it: no route takes it, and there is no default.", "bold red"))
    for step in hearing.steps:
        sheet.line((f"If nobody acknowledges it within {_span(step.after)}, {step.route} hears it.", "dim"))
    return sheet.done()


def _facts(sheet: Sheet, told: Fact) -> None:
    for asked in told.asked:
        sheet.field(
            asked.finding, f"“{asked.quote}” The policy is {asked.expected} ({asked.policy}/{asked.term}).", indent=2
        )
        sheet.field("", f"{asked.annotated} says that it states this rule." if asked.annotated else "", indent=2)
    for label, value in (
        ("grounds", told.unconfirmed),
        ("now", told.news),
        ("says", f"“{told.quote}”" if told.quote else ""),
        ("before", f"“{told.before}”" if told.before else ""),
        ("diagnosis", told.diagnosed),
        ("harm", told.harms),
        ("wrong", told.since),
        ("rule", told.says or ""),
        ("guidance", told.guidance or ""),
        ("owner", wording.owner(told.owner) if told.owner is not None else ""),
    ):
        sheet.field(label, value, indent=2)
    for label, link in (("page", told.page_link), ("policy", told.policy_link), ("edit", told.edit_link)):
        sheet.field(label, link or "", indent=2, whole=True)


def _takes(route: Route, routing: Routing) -> str:
    parts = [_when(route.when)] if route.when is not None else []
    if routing.default == route.name:
        parts.append("what no other route takes")
    if routing.operator == route.name:
        parts.append("what is wrong with drift itself")
    if routing.questions == route.name:
        parts.append("what is asked once a week")
    if any(step.route == route.name for _, steps in routing.escalation for step in steps):
        parts.append("what nobody acknowledges in time")
    return "; ".join(parts)


def _when(when: When) -> str:
    asked = (
        ("policy", when.policy),
        ("policy owner", when.policy_owner),
        ("article owner", when.article_owner),
        ("severity", tuple(each.value for each in when.severity)),
        ("source", when.source),
        ("reason", tuple(each.value for each in when.reason)),
    )
    return ", ".join(f"{name} {' or '.join(values)}" for name, values in asked if values) or "everything"


def _quiet(route: Route) -> str:
    quiet = route.quiet
    if quiet is None:
        return ""
    but = f", but for what is {' or '.join(quiet.except_)}" if quiet.except_ else ""
    return f"{_days(quiet.days)}from {quiet.start:%H:%M} until {quiet.end:%H:%M} ({quiet.time_zone}){but}"


def _digest(route: Route) -> str:
    digest = route.digest
    return f"{_days(digest.days)}at {digest.at:%H:%M} ({digest.time_zone})" if digest is not None else ""


def _days(days: tuple[int, ...]) -> str:
    return "" if len(days) == len(_WEEK) else f"{', '.join(_WEEK[day] for day in days)} "


def _span(length: timedelta) -> str:
    hours = length / timedelta(hours=1)
    if hours >= 48 and hours % 24 == 0:
        return wording.counted(int(hours // 24), "day")
    if hours >= 1 and hours == int(hours):
        return wording.counted(int(hours), "hour")
    return wording.counted(int(length / timedelta(minutes=1)), "minute")


def _instant(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M}"
