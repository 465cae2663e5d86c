"""The report for people: what diverges first, article by article, and nothing unknown shown as agreement."""

from __future__ import annotations

from drift.engine.kinds import alike, as_written, show
from drift.model import CheckReport, Examined, Grounds, Outcome, Registry, Verdict, wording
from drift.model.escaping import inert
from drift.model.links import to_claim
from drift.reports import Display
from drift.reports.json_report import summary
from drift.reports.sheet import Sheet

_ORDER = (Outcome.DIVERGES, Outcome.UNCLEAR)
_UNREAD_SHOWN = 5  # of an article
_POLICIES_SHOWN = 20  # whose terms found nowhere are listed by name
_FILES_SHOWN = 20  # of those left out


def render(report: CheckReport, look: Display) -> str:
    sheet = Sheet(look)
    for examined in report.examined:
        article(sheet, examined, report.registry)
    _questions(sheet, report)
    _left_out(sheet, report)
    _nowhere(sheet, report)
    _notes(sheet, report)
    last_line(sheet, report)
    return sheet.done()


def article(sheet: Sheet, examined: Examined, registry: Registry) -> None:
    """An article with something to tell. One that only agrees is counted in the last line; questions stand apart."""
    told = [verdict for verdict in examined.verdicts if verdict.outcome in _ORDER]
    if not told and examined.blind is None and not examined.unread:
        return
    title = f"  {examined.title}" if examined.title else ""
    sheet.line((examined.page.address, "bold"), (title, "dim"))
    sheet.blind(examined)
    for verdict in sorted(told, key=lambda verdict: _ORDER.index(verdict.outcome)):
        if verdict.outcome is Outcome.DIVERGES:
            _divergence(sheet, examined, verdict, registry)
        else:
            _open(sheet, examined, verdict)
    for one in examined.unread[:_UNREAD_SHOWN]:
        line = f" on line {one.line}" if one.line is not None else ""
        sheet.line(
            ("UNREAD", "bold yellow"), (f"  {inert(one.text)}{line}, near the words of {one.near}", ""), indent=2
        )
    if len(examined.unread) > _UNREAD_SHOWN:
        rest = wording.counted(len(examined.unread) - _UNREAD_SHOWN, "more number")
        sheet.line((f"and {rest} not read: --format json lists them all", "dim"), indent=2)
    sheet.gap()


def _divergence(sheet: Sheet, examined: Examined, verdict: Verdict, registry: Registry) -> None:
    claim, term = verdict.match.claim, verdict.match.term
    policy = next((policy for policy in registry.policies if term and policy.name == term.policy), None)
    severity = f"  {policy.severity_in(claim.passage).value} severity" if policy else ""
    sheet.line(("DIVERGES", "bold red"), (f"  {term.full_name if term else ''}", "bold"), (severity, "dim"), indent=2)
    sheet.field("reads", sheet.quote(claim))
    if term and verdict.expected:
        published = wording.limit(claim.bound, as_written(claim.value, claim.value_text))
        expected = wording.limit(term.bound, alike(verdict.expected, claim.value, claim.value_text))
        sheet.field("should be", f"{expected}, not {published}", style="bold green")
        sheet.field("policy", f"{policy.title}: {term.says}" if policy else term.says)
    if verdict.diagnosis:
        sheet.field("diagnosis", f"{verdict.diagnosis.value}. {wording.diagnosis(verdict.diagnosis)}")
    if verdict.harm:
        sheet.field("harm", f"{verdict.harm.value}. {wording.harm(verdict.harm)}")
    _place(sheet, examined, verdict)
    sheet.field("because", f"{verdict.because} (confidence {verdict.confidence:.2f})")
    sheet.field("grounds", f"{verdict.grounds.value}: {wording.grounds(verdict.grounds)}" if verdict.grounds else "")
    _annotator(sheet, verdict)
    if policy:
        sheet.field("owner", wording.owner(policy.owner))
        sheet.field("source", policy.source or "", whole=True)
    if term:
        sheet.field("guidance", term.guidance or "")


def _questions(sheet: Sheet, report: CheckReport) -> None:
    """What may be wrong, and only its words say so, the most probable first."""
    found = [
        (one, verdict) for one in report.examined for verdict in one.verdicts if verdict.outcome is Outcome.SUSPECT
    ]
    if not found:
        return
    may = wording.counted(len(found), "sentence")
    sheet.line((f"Questions: {may} may contradict the policies, and only the words say so", "bold"))
    for examined, verdict in sorted(found, key=lambda one: -one[1].confidence):
        title = f"  {examined.title}" if examined.title else ""
        sheet.line((examined.page.address, "bold"), (title, "dim"))
        _open(sheet, examined, verdict)
    sheet.gap()


def _open(sheet: Sheet, examined: Examined, verdict: Verdict) -> None:
    """What only a person can tell, with the one thing that settles it."""
    claim, term = verdict.match.claim, verdict.match.term
    name = term.full_name if term else "no term chosen"
    sheet.line((verdict.outcome.value.upper(), "bold yellow"), (f"  {name}", "bold"), indent=2)
    sheet.field("reads", sheet.quote(claim))
    if term and verdict.expected:
        sheet.field("policy", f"{wording.limit(term.bound, show(verdict.expected))}: {term.says}")
    _place(sheet, examined, verdict)
    sure = f" (probability {verdict.confidence:.2f})" if verdict.outcome is Outcome.SUSPECT else ""
    sheet.field("because", f"{verdict.because}{sure}")
    _annotator(sheet, verdict)
    sheet.field("settled by", verdict.settle or "")


def _annotator(sheet: Sheet, verdict: Verdict) -> None:
    """What an annotator says of a sentence, in its own words too; and who may say better."""
    match = verdict.match
    if match.affirmed or match.denied:
        settled = f" ({wording.SETTLED})" if verdict.grounds is Grounds.ANNOTATED else ""
        sheet.field("annotator", f"{wording.annotation(match.annotation)}{settled}")


def _place(sheet: Sheet, examined: Examined, verdict: Verdict) -> None:
    claim = verdict.match.claim
    line, link = claim.passage.line_at(claim.start), to_claim(examined.page, claim)
    sheet.context(claim)
    if line is not None:
        sheet.field("place", f"{examined.page.address}:{line}", whole=True)
    if link is not None:
        sheet.field("link", link, whole=True)


def _left_out(sheet: Sheet, report: CheckReport) -> None:
    """The files that may hold an article and were not read."""
    if not report.left_out:
        return
    many = wording.counted(len(report.left_out), "file")
    sheet.line((f"Left out: {many}, of which nothing is known", "bold magenta"))
    for one in report.left_out[:_FILES_SHOWN]:
        sheet.line((f"{one.page.address}  ", ""), (one.why, "dim"), indent=2)
    if len(report.left_out) > _FILES_SHOWN:
        rest = wording.counted(len(report.left_out) - _FILES_SHOWN, "more file")
        sheet.line((f"and {rest}: --format json lists them all", "dim"), indent=2)
    sheet.gap()


def _nowhere(sheet: Sheet, report: CheckReport) -> None:
    """The terms that no statement is about, policy by policy."""
    missing = [term for term in report.registry.terms if not report.stated.get(term.full_name, 0)]
    if not missing:
        return
    of = f"{len(missing)} of {wording.counted(len(report.registry.terms), 'term')}"
    sheet.line((f"Found nowhere in these articles: {of}", "bold"))
    told = [policy for policy in report.registry.policies if any(term.policy == policy.name for term in missing)]
    for policy in told[:_POLICIES_SHOWN]:
        names = [term.name for term in missing if term.policy == policy.name]
        every = f"every term ({len(names)}): " if len(names) == len(policy.terms) > 1 else ""
        sheet.line((f"{policy.name}  ", ""), (every + ", ".join(names), "dim"), indent=2)
    if len(told) > _POLICIES_SHOWN:
        rest = wording.counted(len(told) - _POLICIES_SHOWN, "more policy", "more policies")
        sheet.line((f"and terms of {rest}: --format json lists them all", "dim"), indent=2)
    sheet.gap()


def _notes(sheet: Sheet, report: CheckReport) -> None:
    if report.notes:
        sheet.line(("Notes", "bold"))
        for note in report.notes:
            sheet.line((note, ""), indent=2)
        sheet.gap()


def last_line(sheet: Sheet, report: CheckReport) -> None:
    counts = summary(report)
    silent = sum(examined.blind is None and not examined.verdicts for examined in report.examined)
    excepted = sum(v.exception is not None for examined in report.examined for v in examined.verdicts)
    agree = _verb(counts["agrees"], "agree") + (f" ({excepted} by exception)" if excepted else "")
    read = wording.counted(len(report.examined), "article")
    sheet.line(
        (_verb(counts["diverges"], "diverge"), "bold red" if counts["diverges"] else ""),
        (f", {counts['suspect']} suspect" if counts["suspect"] else "", "bold yellow"),
        (f", {agree}, {counts['unclear']} unclear in {read}", ""),
        (f", {counts['blind']} blind" if counts["blind"] else "", "bold magenta"),
        (f", {counts['left_out']} left out" if counts["left_out"] else "", "bold magenta"),
        (f", {silent} without a statement of any term" if silent else "", ""),
        (f"; {_held(report)}", "dim"),
    )


def _verb(number: int, verb: str) -> str:
    return f"{number} {verb}s" if number == 1 else f"{number} {verb}"


def _held(report: CheckReport) -> str:
    terms = wording.counted(len(report.registry.terms), "term")
    policies = wording.counted(len(report.registry.policies), "policy", "policies")
    return f"held against {terms} of {policies} as of {report.as_of.isoformat()}"
