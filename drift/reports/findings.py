"""The list of findings for people, and the silences over them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from drift.model import Diagnosis, statement_wording, wording
from drift.model.finding import Finding, Silence, State
from drift.model.statement import Statement
from drift.model.values import Bound
from drift.model.views import FindingView, SilenceView
from drift.reports import Display
from drift.reports.moments import day, said, until
from drift.reports.sheet import Sheet, clipped
from drift.reports.table import Cell, Column, table

STYLES = {
    State.SUSPECTED: "cyan",
    State.OPEN: "bold red",
    State.REGRESSED: "bold red",
    State.ACKNOWLEDGED: "yellow",
    State.RESOLVED: "green",
    State.GONE: "dim",
    State.WITHDRAWN: "dim",
    State.DISMISSED: "dim",
}
_COLUMNS = (
    Column("id"),
    Column("state"),
    Column("term", shrinks="right"),
    Column("page -> policy", shrinks="right"),
    Column("since", below=True),
    Column("article", shrinks="left", below=True),
)


def render(views: Sequence[FindingView], look: Display) -> str:
    """A row a finding; since when, and on which article, stands under it where the terminal is too narrow.

    Questions have their own part: they are not said to be wrong.
    """
    sheet = Sheet(look)
    asked = [view for view in views if view.finding.state is State.SUSPECTED]
    held = [view for view in views if view.finding.state is not State.SUSPECTED]
    listed = Counter(key for view in views for key in _alike(view.finding))
    if held:
        table(sheet, _COLUMNS, [_row(view, listed) for view in held], look.width)
        sheet.gap()
    if asked:
        questions = wording.counted(len(asked), "question")
        sheet.line((questions, "bold"), (f": {wording.ASKED}", ""), hanging=0)
        table(sheet, _COLUMNS, [_row(view, listed) for view in asked], look.width)
        sheet.gap()
    sheet.line(*_count(views))
    return sheet.done()


def _row(view: FindingView, listed: Mapping[tuple[str, ...], int]) -> tuple[Cell, ...]:
    finding = view.finding
    several = any(listed[key] > 1 for key in _alike(finding))
    state, silenced = finding.state, _silenced(view)
    marks = (" *" if silenced else "") + (" ~" if finding.statement.annotated else "")
    return (
        Cell(finding.id, "bold"),
        Cell(f"{state.value}{marks}", "dim" if silenced else STYLES[state]),
        Cell(finding.full_name),
        Cell(_values(view)),
        Cell(day(finding.first_diverged)),
        Cell(finding.article + (_cell(finding.statement) if several else "")),
    )


def _alike(finding: Finding) -> tuple[tuple[str, ...], ...]:
    """What findings that are told apart by their cells have in common: the term, or the row of a table."""
    row = finding.statement.row
    return ((finding.article, finding.full_name), *(((finding.article, "row", *row),) if row else ()))


def _cell(statement: Statement) -> str:
    """Which cell of a table it is: ' (Late fee | Pro)'."""
    where = " | ".join((*statement.row, *statement.column))
    return f" ({where})" if where else ""


def _values(view: FindingView) -> str:
    """'£12 -> £10'; with the bounds where those are what differs: the values may be spelled the same."""
    statement = view.finding.statement
    turned = statement.diagnosis is Diagnosis.BOUND
    if turned and view.term and statement.bound is not Bound.EXACTLY:
        return f"{statement_wording.told(statement)} -> {statement_wording.right(statement, view.term.bound)}"
    published, expected = statement_wording.published(statement), statement_wording.expected(statement)
    return f"{published} -> {expected or '?'}{' (bound)' if turned else ''}"


def _count(views: Sequence[FindingView]) -> list[tuple[str, str]]:
    states = [view.finding.state for view in views]
    counts = ", ".join(f"{states.count(state)} {state.value}" for state in State if state in states)
    silenced = sum(map(_silenced, views))
    annotated = sum(view.finding.statement.annotated != "" for view in views)
    return [
        (wording.counted(len(views), "finding"), "bold"),
        (f": {counts}" if counts else "", ""),
        (f"; {silenced} silenced (*)" if silenced else "", ""),
        (f"; {annotated} annotated, not confirmed by a person (~)" if annotated else "", ""),
    ]


def _silenced(view: FindingView) -> bool:
    """Whether somebody would be alerted if it were not for a silence: nobody is of a finding that is closed."""
    return view.silence is not None and view.finding.state.stands


def render_silences(views: Sequence[SilenceView], look: Display) -> str:
    """What is silenced, why and until when; a silence that hides nothing is said to."""
    sheet = Sheet(look)
    for view in views:
        _silence(sheet, view)
        sheet.gap()
    held = sum(view.holds for view in views)
    ended = len(views) - held
    sheet.line((wording.counted(held, "silence"), "bold"), (f" in force, {ended} ended" if ended else " in force", ""))
    return sheet.done()


def render_silence(view: SilenceView, look: Display) -> str:
    """One silence, as it was just made or ended."""
    sheet = Sheet(look)
    _silence(sheet, view)
    return sheet.done()


def _silence(sheet: Sheet, view: SilenceView) -> None:
    made = view.silence
    sheet.line((made.id, "bold"), (f"  {meant(made)}", ""))
    sheet.field("reason", clipped(made.reason), indent=2)
    sheet.field("by", f"{made.author}, {said(made.made_at)}", indent=2)
    sheet.field("until", until(made.until) + ("" if view.holds else " (ended)"), indent=2)
    style = "" if view.standing or not view.holds else "yellow"
    sheet.field("hides", hides(view), indent=2, style=style)


def meant(silence: Silence) -> str:
    """What a silence covers, in words."""
    term = "/".join(part for part in (silence.policy, silence.term) if part)
    if silence.term:
        named = f"the term {term}"
    elif silence.policy:
        named = f"the policy {term}"
    elif silence.finding:
        named = f"the finding {silence.finding}"
    else:
        named = ""
    under = f"articles under {silence.article}" if silence.article else ""
    return " on ".join(part for part in (named, under) if part)


def hides(view: SilenceView) -> str:
    """What a silence does, in words."""
    kept = f"kept {wording.counted(view.silence.hidden, 'alert')} back" if view.silence.hidden else "kept no alert back"
    if not view.holds:
        return f"nothing any more; {kept}"
    if not view.covers:
        return f"nothing: it covers no finding; {kept}"
    if not view.standing:
        closed = wording.counted(view.covers, "finding")
        return f"nothing now: the {closed} it covers {'is' if view.covers == 1 else 'are'} closed; {kept}"
    return f"{wording.counted(view.standing, 'standing finding')}; {kept}"
