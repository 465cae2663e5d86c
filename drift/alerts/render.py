"""What happened in plain words, once for all who send it: the customer's moment first, and never softened.

Values come in as they are spelled. What a page wrote stays as it wrote it, but for white space and the end of a very
long title: a title is no evidence, and a quote is never touched.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from drift.findings import Exposure
from drift.model import Diagnosis, PolicyException, Term, statement_wording, wording
from drift.model.finding import Finding, Silence, State, Transition
from drift.model.statement import Cause, Statement

TROUBLES = {  # by the names of events in the log
    "source-late": "The articles of {source} are not checked: they were not read in time.",
    "source-unusable": "The articles of {source} are not checked: the source cannot be read as it is set up.",
    "source-crashed": "The articles of {source} are not checked: reading them failed by a fault of drift itself.",
    "policies-unsound": "The policies do not lint: articles are held against the policies that were read before.",
    "policies-shrunk": "Many rules left the registry at once: findings about them are kept for a day, then withdrawn.",
    "store-failed": "What is read of the articles cannot be kept: the store fails.",
    "alerts-failed": "Alerts may not be sent: what is due cannot be worked out or sent.",
}
_ANSWER = timedelta(seconds=25)  # that an answer takes: a sentence, its rule, yes or no; chosen by hand
_MOMENT = timedelta(minutes=1)
_UNITS = ((timedelta(days=1), "day"), (timedelta(hours=1), "hour"), (timedelta(minutes=1), "minute"))


def moment(title: str, statement: Statement, term: Term | None) -> str:
    """'A customer who reads "Unlock your phone" is told 30 days. The policy is 60 days.'"""
    where = statement_wording.place(statement)
    told = f"A customer who reads {titled(title)} is told {statement_wording.told(statement)}{where}."
    if statement.hidden:  # no customer is told what only the page's code and search engines hold
        told = f"{titled(title)} holds {statement_wording.told(statement)}{where} {wording.HIDDEN}."
    bound = term.bound if term is not None and statement.diagnosis is Diagnosis.BOUND else None
    right = statement_wording.right(statement, bound)
    return f"{told} The policy is {right}." if right else told


def mended(title: str, finding: Finding, transition: Transition) -> str:
    """The customer's moment once the page is right, or says nothing of it."""
    where = statement_wording.place(finding.statement)
    if transition.published is not None and transition.after is State.RESOLVED:
        now = statement_wording.as_told(transition.published, finding.before, finding.statement)
        return f"A customer who reads {titled(title)} is told {now}{where}, as the policy says."
    return f"A customer who reads {titled(title)} is no longer told {statement_wording.told(finding.statement)}{where}."


def refuted(title: str, finding: Finding) -> str:
    """The customer's moment once a person said that an annotator was wrong: there never was one."""
    said = f"{statement_wording.told(finding.statement)}{statement_wording.place(finding.statement)}"
    return f"Nothing is wrong with {said} at {titled(title)}: it is not about {finding.full_name}."


def why_refuted() -> str:
    return "A review says that the sentence states another rule, or none. Only an annotator had said otherwise."


def unruled(title: str, finding: Finding) -> str:
    """The customer's moment where the rule is gone: nobody mended the page, and nothing says what is right."""
    told = f"{statement_wording.told(finding.statement)}{statement_wording.place(finding.statement)}"
    return f"Nothing says any more whether {told} is right, which a customer may still be told at {titled(title)}."


def withdrawn(finding: Finding) -> str:
    """Why a finding was closed that no page closed."""
    return (
        f"The rule {finding.full_name} is no longer in the registry: the finding is closed, and nobody mended the page."
    )


def ruled_again(finding: Finding) -> str:
    return f"The rule {finding.full_name} is in the registry again, and the page still contradicts it."


def opened(cause: Cause, *, agreed: bool) -> str:
    if cause is Cause.POLICY:
        return "The policy changed, and the page has not."
    return "The page changed: it was right before." if agreed else "The page has said so since we first read it there."


def changed(cause: Cause | None) -> str:
    if cause is Cause.POLICY:
        return "The policy changed, and the page, which was wrong before, is still wrong."
    return "The page was wrong before and was changed: it is wrong in another way now."


def came_back(times: int) -> str:
    """Never 'new': somebody mended it once, and it did not hold."""
    return f"The page is wrong again: {_back(times)}."


def resolved(transition: Transition, exposure: Exposure) -> str:
    return f"{_closed(transition)} {_lasted(exposure)}"


def escalated(finding: Finding, now: datetime) -> str:
    """For how long it has been wrong, who said that they were on it, and how many times it came back."""
    parts = [f"It has been wrong for {span(now - finding.first_diverged)}"]
    if finding.acknowledged_at is not None:
        ago = span(now - finding.acknowledged_at)
        parts.append(f"{finding.acknowledged_by or 'somebody'} acknowledged it {ago} ago, and the page has not changed")
    else:
        parts.append("nobody has acknowledged it")
    if finding.regressions:
        parts.append(_back(finding.regressions))
    return f"{'; '.join(parts)}."


def silence_over(silence: Silence) -> str:
    return f"The silence of {silence.author} ({silence.reason}) ended on {day(silence.until)}. The page is still wrong."


def exception_over(exception: PolicyException) -> str:
    return (
        f"The exception of {exception.by} ({exception.reason}) ended on {day(exception.until)}: the page is wrong now."
    )


def diagnosed(statement: Statement, term: Term | None, until: date | None) -> str:
    """The diagnosis in words, with the day on which a stale value ended; `term` is named where it is known."""
    if statement.diagnosis is None:
        return ""
    if statement.diagnosis is Diagnosis.STALE and until is not None and term is not None:
        return f"This was the value until {day(until)}."
    return statement_wording.turned(statement, term.bound if term is not None else None)


def unconfirmed(statement: Statement, *, over: bool) -> str:
    """'Annotated by MODEL, not confirmed by a person: one answer settles it: drift review'; '' of what is surer.

    What is `over` needs no answer any more.
    """
    if not statement.annotated:
        return ""
    words = wording.unconfirmed(statement.annotated)
    known = wording.agreed(statement.annotated_agreed)
    told = f"{words[0].upper()}{words[1:]}" + ("" if over else f": {wording.SETTLED}")
    return f"{told}. {known[0].upper()}{known[1:]}." if known else told


def unread(title: str) -> str:
    return f"Nobody knows what a customer reads at {titled(title)}: we cannot read it, so nothing in it is checked."


def unread_since(moment: datetime, failures: int, why: str) -> str:
    return f"Not read since {instant(moment)}, {wording.counted(failures, 'time')} in a row: {why}."


def source_unread(name: str) -> str:
    return f"The articles of {name} are not checked: the source cannot be read."


def source_unread_since(moment: datetime, why: str) -> str:
    return f"Not read since {instant(moment)}: {why}."


def source_replaced(name: str) -> str:
    return f"The articles of {name} are not checked: another text stands at many of their addresses."


def source_replaced_since(moment: datetime, replaced: int, pages: int) -> str:
    told = f"{replaced:,} of {wording.counted(pages, 'page')}"
    return f"Since {instant(moment)}, at {told}: an outage, a login, or a new site. What was found stays as it was."


def source_unanswered(name: str) -> str:
    return f"Many articles of {name} are not checked: their server answers with errors, or not at all."


def source_unanswered_since(moment: datetime, unanswered: int, pages: int) -> str:
    told = f"{unanswered:,} of {wording.counted(pages, 'page')}"
    return f"Since {instant(moment)}, at {told}: it is down, or too busy. What was found stays as it was."


def review(title: str, by: date) -> str:
    return f"The policy {titled(title)} was to be reviewed by {day(by)}. Articles are held against what it said before."


def reviewed_last(last: date) -> str:
    return f"It was last reviewed on {day(last)}."


def questions(count: int) -> str:
    """'7 sentences may contradict your policies: 3 minutes: `drift review`'"""
    minutes = wording.counted(max(1, round(count * _ANSWER / timedelta(minutes=1))), "minute")
    return f"{wording.counted(count, 'sentence')} may contradict your policies: {minutes}: `drift review`"


def why_asked() -> str:
    return "Only their words say which rule they state, and not surely enough: nobody was alerted of them."


def notifier_fails(name: str) -> str:
    return f"Alerts do not arrive by {name}."


def notifier_why(why: str, dead: int) -> str:
    if dead:
        alerts = wording.counted(dead, "alert")
        return f"{alerts} given up, the last for this: {why}. 'drift alerts retry' sends again what was given up."
    return f"{why}. They are tried again for a day, and then given up."


def trouble(code: str, source: str) -> str:
    """What is wrong with drift itself; an unknown code is told as it is."""
    return TROUBLES.get(code, code).format(source=source)


def titled(title: str) -> str:
    """A title in quotation marks, on one line."""
    return wording.quoted(title)


def span(length: timedelta) -> str:
    """'3 hours': whole units, the largest that fits."""
    for unit, name in _UNITS:
        if length >= unit:
            return wording.counted(length // unit, name)
    return "less than a minute"


def day(when: date) -> str:
    """'31 March 2026'; of a time, its day in UTC."""
    there = when.astimezone(UTC) if isinstance(when, datetime) else when
    return f"{there.day} {there:%B %Y}"


def instant(moment: datetime) -> str:
    return f"{day(moment)} {moment.astimezone(UTC):%H:%M} UTC"


def _back(times: int) -> str:
    return "it came back once" if times == 1 else f"it came back {times} times"


def _closed(transition: Transition) -> str:
    if transition.cause is Cause.READER:
        return "The page did not change: we read it otherwise now."
    if transition.cause is Cause.POLICY:
        return "The policy changed, and the page is right by it."
    note = transition.note
    return f"{note[0].upper()}{note[1:]}." if note else "The page is right again."


def _lasted(exposure: Exposure) -> str:
    """How long it was wrong, as far as is known: seen wrong once, it was so for a moment at least."""
    least = span(exposure.least) if exposure.least >= _MOMENT else ""
    most = span(exposure.most) if exposure.most is not None else ""
    if least == most:
        return f"It was wrong for {least}." if least else "Nobody knows for how long it was wrong."
    if least and most:
        return f"It was wrong for at least {least} and at most {most}."
    return f"It was wrong for at least {least}." if least else f"It was wrong for at most {most}."
