"""The versions of a page: when it read so, what happened to findings then, and what changed in its text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from drift.model.finding import Note, NoteKind
from drift.model.views import PageHistory, VersionView
from drift.model.wording import blind, counted
from drift.reports import Display, diff
from drift.reports.finding import told
from drift.reports.findings import STYLES
from drift.reports.findings_json import dumped
from drift.reports.json_report import instant
from drift.reports.moments import minute, said
from drift.reports.sheet import Sheet

FORMAT = "drift-history/1"
_NOTES = {
    NoteKind.REWORDED: "reworded, with the same value",
    NoteKind.READER: "this version of drift reads it otherwise",
    NoteKind.UNSTEADY: "two readings right after one another differ",
    NoteKind.MOVED: "the article is known by another of its addresses now",
}


def render(history: PageHistory, look: Display, *, full: bool = False) -> str:
    """Version by version, the oldest first; with `full`, what did not change as well."""
    sheet = Sheet(look)
    sheet.line((history.state.page.public, "bold"), (f"  from {history.state.source}", "dim"))
    if unread := _unread(history):
        sheet.line((unread, "bold magenta"), hanging=0)
    sheet.gap()
    before = history.earlier
    newest = history.versions[-1] if history.versions else None
    for view in history.versions:
        _heading(sheet, view, newest=view is newest)
        _happened(sheet, view, history)
        _text(sheet, before, view, full=full)
        sheet.gap()
        before = view
    sheet.line((counted(len(history.versions), "version"), "bold"), (_counted(history), ""))
    return sheet.done()


def render_json(history: PageHistory) -> str:
    """`drift-history/1`: fields may be added, none is renamed or removed."""
    state = history.state
    return dumped(
        {
            "format": FORMAT,
            "article": state.page.public,
            "source": state.source,
            "blind": state.blind.value if state.blind else None,
            "blind_since": instant(state.blind_since) if state.blind_since else None,
            "gone_since": instant(state.gone_since) if state.gone_since else None,
            "versions": list(_documents(history)),
        }
    )


def _documents(history: PageHistory) -> Iterator[dict[str, Any]]:
    before = history.earlier
    for view in history.versions:
        yield {
            "first_seen": instant(view.version.first_seen),
            "last_seen": instant(view.version.last_seen),
            "text": view.version.text,
            "size": view.version.size,
            "media": view.version.media,
            "unread": view.unread or None,
            "changes": _changes(before, view),
            "findings": [
                {
                    "id": made.finding,
                    "term": history.terms.get(made.finding),
                    "at": instant(made.at),
                    "before": made.before.value if made.before else None,
                    "after": made.after.value,
                    "published": made.published,
                    "expected": made.expected,
                    "cause": made.cause.value if made.cause else None,
                    "note": made.note,
                }
                for made in view.transitions
            ],
            "notes": [
                {"kind": note.kind.value, "at": instant(note.at), "before": note.before, "after": note.after}
                for note in view.notes
            ],
        }
        before = view


def _changes(before: VersionView | None, view: VersionView) -> list[list[dict[str, str]]] | None:
    """The lines that changed, each as parts; None if there is nothing to compare."""
    if before is None or before.unread or view.unread:
        return None
    return [
        [{"mark": part.mark.name.lower(), "text": part.text} for part in line]
        for line in diff.lines(before.lines, view.lines)
        if diff.changed(line)
    ]


def _unread(history: PageHistory) -> str:
    state = history.state
    if state.gone_since is not None:
        return f"There is no such page any more since {said(state.gone_since)}."
    if state.blind is None:
        return ""
    since = f" since {said(state.blind_since)}" if state.blind_since else ""
    return f"The page cannot be read{since} ({state.blind.value}: {blind(state.blind)}): nothing newer is known."


def _heading(sheet: Sheet, view: VersionView, *, newest: bool) -> None:
    version = view.version
    until = "last read so on" if newest else "until"
    sheet.line(
        (f"from {minute(version.first_seen)}", "bold"),
        (f"  {until} {minute(version.last_seen)} UTC", ""),
        (f"  {version.text[:8]}", "dim"),
    )


def _happened(sheet: Sheet, view: VersionView, history: PageHistory) -> None:
    for made in view.transitions:
        happened, more = told(made)
        name = f"{made.finding} {history.terms.get(made.finding, '')} "
        sheet.line((name, ""), (happened, STYLES[made.after]), (more, ""), indent=2)
    for note in view.notes:
        _note(sheet, note)


def _note(sheet: Sheet, note: Note) -> None:
    term = f"{note.policy}/{note.term} " if note.term else ""
    sheet.line((f"{term}{_NOTES[note.kind]}", "cyan"), indent=2)


def _text(sheet: Sheet, before: VersionView | None, view: VersionView, *, full: bool) -> None:
    if view.unread:
        sheet.line((f"its text cannot be told: {view.unread}", "bold magenta"), indent=2)
        return
    if before is None or before.unread:
        which = "the first text" if before is None else "a text"
        sheet.line((f"{which}, of {counted(len(view.lines), 'line')}", "dim"), indent=2)
        for line in view.lines if full else ():
            sheet.passage((diff.DiffPart(diff.Mark.KEPT, line),), shortened=False)
        return
    changes = 0
    for each in diff.lines(before.lines, view.lines):
        changes += diff.changed(each)
        if full or diff.changed(each):
            sheet.passage(each, shortened=not full)
    if not changes:
        sheet.line(("the same words: only how they are marked up or arranged changed", "dim"), indent=2)


def _counted(history: PageHistory) -> str:
    made = sum(len(view.transitions) for view in history.versions)
    return f", {counted(made, 'change')} of findings" if made else ""
