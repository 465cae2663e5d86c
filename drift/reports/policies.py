"""What the policies say on a day: all terms as a table, or one term whole, with its timeline."""

from __future__ import annotations

from datetime import date

from drift.engine.kinds import show
from drift.model import Period, Policy, Registry, Term, wording
from drift.reports import Display
from drift.reports.sheet import Sheet


def render(registry: Registry, as_of: date, look: Display) -> str:
    """Every policy with its terms and the values in force."""
    sheet = Sheet(look)
    rows = {
        term.full_name: (term.name, value_on(term, as_of), _scope(term), _change(term, as_of))
        for term in registry.terms
    }
    widths = [max((len(row[column]) for row in rows.values()), default=0) for column in range(3)]
    for policy in registry.policies:
        owner = wording.owner(policy.owner)
        sheet.line((policy.name, "bold"), (f"  {policy.title}", ""), (f"  {policy.severity.value}, {owner}", "dim"))
        for term in policy.terms:
            name, value, scope, change = rows[term.full_name]
            padded = (
                (f"{name:<{widths[0]}}  ", ""),
                (f"{value:<{widths[1]}}  ", "bold"),
                (f"{scope:<{widths[2]}}  ", ""),
            )
            sheet.line(*padded, (change, "dim"), indent=2)
        sheet.gap()
    terms = wording.counted(len(registry.terms), "term")
    policies = wording.counted(len(registry.policies), "policy", "policies")
    sheet.line((f"{terms} of {policies} as of {as_of.isoformat()}", "bold"))
    return sheet.done()


def render_term(policy: Policy, term: Term, as_of: date, look: Display) -> str:
    """One term with everything its owner said of it."""
    sheet = Sheet(look)
    sheet.line(
        (term.full_name, "bold"), (f"  {value_on(term, as_of)}", "bold green"), (f"  as of {as_of.isoformat()}", "dim")
    )
    sheet.field("says", term.says, indent=2)
    sheet.field("scope", _scope(term), indent=2)
    if len(term.timeline) > 1:
        for number, period in enumerate(term.timeline):
            now = "  <- in force" if period is term.on(as_of) else ""
            words = f"{wording.limit(term.bound, show(period.value))}  {_span(period)}{now}"
            sheet.field("" if number else "timeline", words, indent=2)
    for label, texts in (
        ("accepts", tuple(show(value) for value in term.also)),
        ("topics", term.topics),
        ("must name", term.must),
        ("not about", term.not_topics),
        ("stands at", term.published_at),
    ):
        sheet.field(label, ", ".join(texts), indent=2)
    if term.customer_prefers:
        sheet.field("harm", f"customers prefer {term.customer_prefers}: a page that says so is generous", indent=2)
    sheet.field("guidance", term.guidance or "", indent=2)
    for exception in policy.exceptions:
        if exception.term == term.name:
            words = f"{show(exception.value)} on {exception.article} until {exception.until}: {exception.reason}"
            sheet.field("except", f"{words} ({exception.by})", indent=2)
    sheet.field("policy", f"{policy.title}, {policy.severity.value} severity", indent=2)
    sheet.field("owner", wording.owner(policy.owner), indent=2)
    sheet.field("source", policy.source or "", indent=2, whole=True)
    sheet.field("place", str(term.place or ""), indent=2, whole=True)
    return sheet.done()


def value_on(term: Term, day: date) -> str:
    """The value in force with its bound: 'at least 60 days'; 'no value' before the first and after the last."""
    period = term.on(day)
    return wording.limit(term.bound, show(period.value)) if period else "no value"


def _scope(term: Term) -> str:
    return ", ".join(f"{dimension}: {value}" for dimension, value in term.scope)


def _change(term: Term, day: date) -> str:
    """The next change of value, or else the last one."""
    coming = [period for period in term.timeline if period.start and period.start > day]
    if coming:
        return f"{wording.limit(term.bound, show(coming[0].value))} from {coming[0].start}"
    past = [period for period in term.timeline if period.end and period.end < day]
    return f"was {wording.limit(term.bound, show(past[-1].value))} until {past[-1].end}" if past else ""


def _span(period: Period) -> str:
    start = f"from {period.start}" if period.start else ""
    end = f"until {period.end}" if period.end else ""
    return " ".join(part for part in (start, end) if part)
