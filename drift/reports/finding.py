"""One finding on one screen: what a customer reads, what is right, since when, and who mends it."""

from __future__ import annotations

from datetime import timedelta

from drift.model import Diagnosis, statement_wording, wording
from drift.model.finding import Seen, State, Transition
from drift.model.statement import Cause
from drift.model.values import Bound
from drift.model.views import FindingView
from drift.reports import Display, diff
from drift.reports.findings import STYLES
from drift.reports.moments import length, minute, said, until
from drift.reports.sheet import Sheet, clipped

_RIGHT = {  # what the expected value is called, where nobody holds the page to it
    State.SUSPECTED: "rule says",
    State.DISMISSED: "rule says",
    State.WITHDRAWN: "rule said",
}
_ALSO_SHOWN = 5  # other addresses of an article


def render(view: FindingView, look: Display) -> str:
    sheet = Sheet(look)
    finding, statement = view.finding, view.finding.statement
    severity = f"  {statement.severity.value} severity"
    state = finding.state.value.upper()
    style = STYLES[finding.state]
    sheet.line((finding.id, "bold"), (f"  {state}", style), (f"  {finding.full_name}", "bold"), (severity, "dim"))
    sheet.line((finding.article, ""))
    for address in view.also_at[:_ALSO_SHOWN]:
        sheet.line(("also at ", "dim"), (address, ""))
    if len(view.also_at) > _ALSO_SHOWN:
        sheet.line((f"and at {len(view.also_at) - _ALSO_SHOWN} more addresses: --format json lists them", "dim"))
    sheet.gap()
    sheet.line((moment_of(view), "bold" if finding.state.stands else ""), hanging=0)
    if told := only_annotated(view):
        sheet.line((told, "bold cyan"), hanging=0)
    if unread := unread_since(view):
        sheet.line((unread, "bold magenta"), hanging=0)
    sheet.gap()
    _sentence(sheet, view)
    _exposed(sheet, view)
    _people(sheet, view)
    _history(sheet, view)
    return sheet.done()


def moment_of(view: FindingView) -> str:
    """What a customer goes through, in plain words."""
    finding, statement = view.finding, view.finding.statement
    told, right = clipped(statement_wording.told(statement)) + statement_wording.place(statement), expected_of(view)
    if finding.state is State.SUSPECTED:
        asks = f"Whether it is about that rule is a question: {wording.ASKED}."
        return f"This page reads {told}, and the policy says {right}. {asks}"
    if finding.state is State.DISMISSED:
        return f"This page reads {told}. {_dismissal(view, right)}"
    if finding.state.stands:
        harm = f" {wording.harm(statement.harm)}" if statement.harm else ""
        again = " It had been mended before." if finding.state is State.REGRESSED else ""
        turned = statement.diagnosis is Diagnosis.BOUND and statement.bound is Bound.EXACTLY  # else it is told already
        way = f" {diagnosis_of(view)}" if turned else ""
        reads = (
            f"This page holds {told} {wording.HIDDEN}"
            if statement.hidden
            else f"A customer who reads this page is told {told}"
        )
        return f"{reads}. The policy says {right}.{way}{harm}{again}"
    if finding.state.closed and not finding.held:
        return f"This page read {told}, and the policy says {right}. It was a question, and is none any more."
    past = f"Customers who read this page were told {told}. The policy says {right}."
    if finding.state is State.RESOLVED and finding.resolved is not None:
        return f"{past} The page is right again since {said(finding.resolved)}."
    if finding.state is State.WITHDRAWN:
        return (
            f"A customer who reads this page may still be told {told}. The rule that said {right} is no longer in the "
            "registry: nothing holds the page to it, and nobody mended it."
        )
    since = f" since {said(finding.gone)}" if finding.gone is not None else ""
    return f"{past} It no longer says so{since}."


def _dismissal(view: FindingView, right: str) -> str:
    """Who said that it is another rule, or none."""
    last = next((made for made in reversed(view.history) if made.after is State.DISMISSED), None)
    if last is not None and last.note == wording.DOUBTED:
        asked = "people are asked only by `drift review --all`"
        return f"An annotator says that this is not the rule that says {right}, and no person confirmed it: {asked}."
    return f"A review says that this is not the rule that says {right}: it is not asked again."


def expected_of(view: FindingView) -> str:
    return statement_wording.right(view.finding.statement, view.term.bound if view.term else None) or "otherwise"


def diagnosis_of(view: FindingView) -> str:
    return statement_wording.turned(view.finding.statement, view.term.bound if view.term else None)


def only_annotated(view: FindingView) -> str:
    """That only an annotator knows which rule the sentence is about, where that is so."""
    finding, statement = view.finding, view.finding.statement
    if not statement.annotated:
        return ""
    words = wording.unconfirmed(statement.annotated)
    settled = f": {wording.SETTLED}" if finding.state.live else ""
    return f"{words[0].upper()}{words[1:]}{settled}."


def unread_since(view: FindingView) -> str:
    """That nothing newer is known, where the page cannot be read."""
    page = view.page
    if page is None or page.blind is None or page.gone_since is not None:
        return ""
    since = f" since {said(page.blind_since)}" if page.blind_since else ""
    return f"The page cannot be read{since} ({page.blind.value}: {wording.blind(page.blind)}): nothing newer is known."


def _sentence(sheet: Sheet, view: FindingView) -> None:
    finding, statement = view.finding, view.finding.statement
    start, end = statement.value_start, statement.value_start + len(statement.value_text)
    quote = statement.quote
    closed = finding.state.closed
    marked = sheet.marked(quote[:start], quote[start:end], quote[end:])
    sheet.field("it read" if closed else "reads", marked, indent=2)
    sheet.field("under", clipped(" > ".join(statement.heading)), indent=2)
    for label, words in (
        ("question", statement.question or ""),
        ("defines", statement.defines or ""),
        ("caption", statement.caption or ""),
        ("row", " | ".join(statement.row)),
        ("column", " | ".join(statement.column)),
    ):
        sheet.field(label, clipped(words), indent=2)
    label = _RIGHT.get(finding.state, "should be")
    sheet.field(label, expected_of(view), indent=2, style="bold green")
    if finding.before is not None:
        seen = f", last read so on {said(finding.last_agreed)}" if finding.last_agreed else ""
        sheet.field("before", f"{statement_wording.published(finding.before)}{seen}", indent=2)
        same = finding.before.quote == quote
        told = "nothing on the page: it is held against another value now" if same else ""
        sheet.field("changed", told or sheet.difference(diff.words(finding.before.quote, quote)), indent=2)
    elif finding.last_agreed is None:
        sheet.field("before", "we never saw it right", indent=2, style="dim")
    if view.policy and view.term:
        sheet.field("policy", f"{view.policy.title}: {view.term.says}", indent=2)
    if statement.diagnosis and finding.state is not State.DISMISSED:
        sheet.field("diagnosis", f"{statement.diagnosis.value}. {diagnosis_of(view)}", indent=2)
    sure = f"(confidence {statement.confidence:.2f})"
    sheet.field("because", f"{clipped(statement.because)} {sure}".lstrip(), indent=2)
    sheet.field("annotator", statement_wording.annotated(statement), indent=2)


def _exposed(sheet: Sheet, view: FindingView) -> None:
    finding = view.finding
    if finding.state is State.DISMISSED:
        return  # nothing wrong was live
    least, most = view.least, view.most
    known = f"at least {length(least)}" if least >= timedelta(seconds=1) else "seen at one reading"
    bounds = f"{known}, at most {length(most)}" if most is not None else known
    sheet.field("live for", bounds, indent=2, style="bold")
    sheet.field("began", view.began, indent=2)
    sheet.field("ended", view.ended if finding.state in (State.RESOLVED, State.GONE) else "", indent=2)
    sheet.field("now", view.ended if finding.state.live else "", indent=2)
    times = wording.counted(finding.regressions, "time")
    sheet.field("came back", f"{times} after it was closed" if finding.regressions else "", indent=2)
    sheet.field("cause", cause_of(view), indent=2)


def cause_of(view: FindingView) -> str:
    finding = view.finding
    if finding.last_agreed is None and finding.last_without is None:
        return "not known: it was wrong when we first read it"
    return statement_wording.cause(finding.cause)


def _people(sheet: Sheet, view: FindingView) -> None:
    finding = view.finding
    place = f"{finding.article}:{finding.statement.line}" if finding.statement.line is not None else ""
    sheet.field("place", place, indent=2, whole=True)
    sheet.field("link", finding.statement.link or "", indent=2, whole=True)
    if view.policy:
        sheet.field("owner", wording.owner(view.policy.owner), indent=2)
        sheet.field("source", view.policy.source or "", indent=2, whole=True)
    if view.content_owner:
        sheet.field("article by", wording.owner(view.content_owner), indent=2)
    if view.term and finding.state is not State.DISMISSED:
        sheet.field("guidance", view.term.guidance or "", indent=2)
    if finding.acknowledged_by and finding.acknowledged_at and finding.state is State.ACKNOWLEDGED:
        sheet.field("taken by", f"{finding.acknowledged_by}, {said(finding.acknowledged_at)}", indent=2)
    if silence := view.silence:
        why = f"{silence.id} by {silence.author} until {until(silence.until)}: {silence.reason}"
        sheet.field("silenced", clipped(why), indent=2)


def _history(sheet: Sheet, view: FindingView) -> None:
    if view.history:
        sheet.gap()
        sheet.line(("History", "bold"))
    for made in view.history:
        style = STYLES[made.after] if made.before is not made.after else ""
        happened, more = told(made, view)
        sheet.line((minute(made.at), "dim"), (f"  {happened}", style), (more, ""), indent=2)


def told(made: Transition, view: FindingView | None = None) -> tuple[str, str]:
    """A transition as its state and what is to be said of it: ('opened', ': 30 days, should be 60 days').

    Values are spelled as the page of the finding, if it is given, spells them.
    """
    if made.before is None:
        happened = "opened" if made.after.stands else made.after.value
    elif made.seen is Seen.UNRULED and made.before is made.after:
        happened = "kept"
    elif made.before is made.after:
        happened = "another wrong value" if made.after.stands else "another value"
    else:
        happened = made.after.value
    value, right = _values(made, view)
    if value and right and made.after.stands:
        value += f", should be {right}"
    by = f"by {made.by}" if made.by else ""
    mended = made.cause is Cause.PAGE and made.after.closed  # by whoever keeps the page: as it should be
    first = made.before is None and not made.text_before  # nobody saw a change
    cause = statement_wording.cause(made.cause) if made.cause and not mended and not first else ""
    parts = [part for part in (by or value, cause, made.note) if part]
    return happened, f": {clipped('; '.join(parts))}" if parts else ""


def _values(made: Transition, view: FindingView | None) -> tuple[str, str]:
    """What was published and what was right at a transition, as people are told it; '' where that is not known."""
    if view is not None and made.after.stands:
        said = view.finding.statement
        if said.diagnosis is Diagnosis.BOUND and (made.published, made.expected) == (said.published, said.expected):
            return statement_wording.told(said), expected_of(view)
    known = (view.finding.statement, view.finding.before) if view is not None else ()
    published, expected = made.published or "", made.expected or ""
    return statement_wording.as_told(published, *known), statement_wording.as_told(expected, *known)
