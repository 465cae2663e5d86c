"""What the demo tells: one overwritten article in full, then everything else in a line or two each."""

from __future__ import annotations

from collections.abc import Iterable

from drift.engine.kinds import show
from drift.model import CheckReport, Diagnosis, Examined, Outcome, Verdict, Zone, wording
from drift.reports import Display
from drift.reports.sheet import Sheet
from drift.reports.text import article, last_line

_RIGHT = 5  # right articles shown by name

_NEXT = (
    ("drift init", "write your first policy file"),
    ("drift policies lint", "is it right?"),
    ("drift check https://help.example.com/returns", "hold one of your pages to it"),
    ("drift review https://help.example.com/returns", "answer what it asks, once"),
    ("drift explain https://help.example.com/returns", "why does it say so, or say nothing?"),
)


def render(report: CheckReport, origin: str, look: Display) -> str:
    """The story of a run. `origin` ends the address of the article that was overwritten."""
    sheet = Sheet(look)
    first = [examined for examined in report.examined if examined.page.address.endswith(origin)]
    rest = [examined for examined in report.examined if examined not in first]
    _origin(sheet, report, first)
    _right(sheet, rest)
    _divergences(sheet, rest)
    _asked(sheet, rest)
    _unclear(sheet, rest)
    _blind(sheet, rest)
    last_line(sheet, report)
    sheet.gap()
    sheet.line(("What next", "bold"))
    for command, meaning in _NEXT:
        sheet.line((f"{command:<50}", "cyan"), (meaning, ""), indent=2)
    return sheet.done()


def _origin(sheet: Sheet, report: CheckReport, first: Iterable[Examined]) -> None:
    sheet.line(("The article that was overwritten", "bold"))
    sheet.line(
        (
            "Somebody edited the support article on unlocking phones. The policy had not changed. Customers called, "
            "entitled to what they had read, and for weeks nobody knew where they had read it. It stands here:",
            "",
        )
    )
    sheet.gap()
    for examined in first:
        article(sheet, examined, report.registry)


def _divergences(sheet: Sheet, rest: Iterable[Examined]) -> None:
    found = list(_of(rest, Outcome.DIVERGES))
    if not found:
        return
    sheet.line((f"{wording.counted(len(found), 'more statement')} wrong, each in its own way", "bold"))
    for examined, verdict in found:
        claim, term = verdict.match.claim, verdict.match.term
        cell = " (one cell of a table)" if claim.passage.zone is Zone.CELL else ""
        sheet.line(
            (verdict.diagnosis.value if verdict.diagnosis else "", "bold red"),
            (f"  {examined.page.address}{cell}", ""),
            indent=2,
        )
        sheet.field("reads", sheet.quote(claim))
        where = (*claim.passage.row, *claim.passage.column)
        sheet.field("in", " | ".join(where))
        if term and verdict.expected:
            sheet.field("should be", wording.limit(term.bound, show(verdict.expected)), style="bold green")
        if (
            verdict.diagnosis and verdict.diagnosis is not Diagnosis.WRONG
        ):  # whose words say only that it is none of these
            sheet.field("because", wording.diagnosis(verdict.diagnosis))
    sheet.gap()


def _asked(sheet: Sheet, rest: Iterable[Examined]) -> None:
    """What may be wrong and of which only the words say so, the most probable first."""
    found = sorted(_of(rest, Outcome.SUSPECT), key=lambda one: -one[1].confidence)
    if found:
        are = "question" if len(found) == 1 else "questions"
        sheet.line((f"{len(found)} {are} for whoever keeps the policies: nobody is alarmed before they say", "bold"))
        for examined, verdict in found:
            term = verdict.match.term
            sheet.line(("SUSPECT", "bold yellow"), (f"  {examined.page.address}", ""), indent=2)
            sheet.field("reads", sheet.quote(verdict.match.claim))
            if term and verdict.expected:
                rule = wording.limit(term.bound, show(verdict.expected))
                sheet.field("asks", f"Is it this rule? {term.says} ({rule})")
        sheet.gap()


def _unclear(sheet: Sheet, rest: Iterable[Examined]) -> None:
    found = list(_of(rest, Outcome.UNCLEAR))
    if found:
        sheet.line((f"{wording.counted(len(found), 'statement')} left open for a person to decide", "bold"))
        for examined, verdict in found:
            sheet.line(("unclear", "bold yellow"), (f"  {examined.page.address}", ""), indent=2)
            sheet.field("reads", sheet.quote(verdict.match.claim))
            sheet.field("settled by", verdict.settle or verdict.because)
        sheet.gap()


def _blind(sheet: Sheet, rest: Iterable[Examined]) -> None:
    blind = [examined for examined in rest if examined.blind is not None]
    if blind:
        sheet.line(("Could not be read, and never counted as right", "bold"))
        for examined in blind:
            sheet.line((examined.page.address, ""), indent=2)
            sheet.blind(examined, indent=4)
        sheet.gap()


def _right(sheet: Sheet, rest: Iterable[Examined]) -> None:
    right = [
        examined
        for examined in rest
        if examined.verdicts and all(verdict.outcome is Outcome.AGREES for verdict in examined.verdicts)
    ]
    if right:
        sheet.line((f"{wording.counted(len(right), 'article')} right in all they state", "bold"))
        for examined in right[:_RIGHT]:
            statements = wording.counted(len(examined.verdicts), "statement")
            sheet.line((examined.page.address, ""), (f"  {statements}", "dim"), indent=2)
        if len(right) > _RIGHT:
            sheet.line((f"and {len(right) - _RIGHT} more", "dim"), indent=2)
        sheet.gap()


def _of(rest: Iterable[Examined], outcome: Outcome) -> Iterable[tuple[Examined, Verdict]]:
    return ((examined, verdict) for examined in rest for verdict in examined.verdicts if verdict.outcome is outcome)
