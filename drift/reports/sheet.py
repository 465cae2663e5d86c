"""A sheet of lines and labelled fields, wrapped and coloured where the place it is shown can do so.

Everything put on it is text: brackets are no markup, and what a terminal would obey is spelled out.
"""

from __future__ import annotations

from io import StringIO

from rich.console import Console
from rich.text import Text

from drift.model import Claim, Examined, wording
from drift.model.escaping import inert
from drift.reports import Display
from drift.reports.diff import Line, Mark

_LABEL = 11  # cells of the column of labels
_AROUND = 280  # characters of a sentence shown on either side of its value, and of a change
_CHANGES = {Mark.REMOVED: ("[-", "-]", "red strike"), Mark.ADDED: ("{+", "+}", "green")}


class Sheet:
    """Lines written one after another; `done()` gives them as text."""

    def __init__(self, look: Display) -> None:
        self._file = StringIO()
        self._width = look.width
        self._colour = look.colour
        self._console = Console(
            file=self._file,
            force_terminal=look.colour,
            color_system="standard" if look.colour else None,
            no_color=not look.colour,
            width=look.width or 80,
            markup=False,
            highlight=False,
            emoji=False,
            legacy_windows=False,
        )

    def line(self, *parts: tuple[str, str], indent: int = 0, hanging: int = 2) -> None:
        """A line of (text, style) parts; style '' is plain. Broken, it goes on `hanging` cells further in."""
        text = Text()
        for words, style in parts:
            text.append(inert(words), style)
        self._put(text, " " * indent, " " * (indent + hanging))

    def cells(self, *parts: tuple[str, str]) -> None:
        """A line that is never broken: a row of a table, already as wide as there is room."""
        self._put(Text.assemble(*((inert(words), style) for words, style in parts)), "", "", whole=True)

    def field(self, label: str, value: str | Text, *, indent: int = 4, style: str = "", whole: bool = False) -> None:
        """A label and its value, nothing where the value is empty. `whole` is never broken (a link)."""
        text = value if isinstance(value, Text) else Text(inert(value), style)
        if text:
            margin = " " * (indent + _LABEL)
            self._put(text, f"{' ' * indent}{label:<{_LABEL}}", margin, whole=whole)

    def gap(self) -> None:
        self._file.write("\n")

    def quote(self, claim: Claim) -> Text:
        """The sentence of a claim as `marked` has it."""
        start, end = claim.sentence
        text = claim.passage.text
        return self.marked(text[start : claim.start], claim.value_text, text[claim.end : end])

    def marked(self, before: str, value: str, after: str) -> Text:
        """A sentence with its value marked: by style in colour, by ** without; shortened far from the value."""
        if len(before) > _AROUND:
            before = "…" + before[-_AROUND:]
        if len(after) > _AROUND:
            after = after[:_AROUND] + "…"
        mark = "" if self._colour else "**"
        return Text.assemble(
            "“", inert(before), mark, (inert(clipped(value)), "bold underline"), mark, inert(after), "”"
        )

    def difference(self, line: Line, *, shortened: bool = True) -> Text:
        """A line with what went and what came marked: by style in colour, as [-went-] and {+came+} without."""
        text = Text()
        for number, part in enumerate(line):
            words = inert(part.text)
            if part.mark is Mark.KEPT:
                text.append(_shortened(words, number == 0, number == len(line) - 1) if shortened else words)
            else:
                begin, end, style = _CHANGES[part.mark]
                words = clipped(words) if shortened else words
                text.append(words if self._colour else f"{begin}{words}{end}", style)
        return text

    def context(self, claim: Claim, *, indent: int = 4) -> None:
        """What a reader sees around a claim, as far as there is any."""
        passage = claim.passage
        self.field("under", " > ".join(passage.headings), indent=indent)
        self.field("question", passage.question or "", indent=indent)
        self.field("defines", passage.defines or "", indent=indent)
        self.field("lead-in", passage.lead_in or "", indent=indent)
        self.field("caption", passage.caption or "", indent=indent)
        self.field("row", " | ".join(passage.row), indent=indent)
        self.field("column", " | ".join(passage.column), indent=indent)
        self.field("stands", wording.seen(passage.zone, visible=passage.visible, hidden=passage.hidden), indent=indent)

    def blind(self, examined: Examined, *, indent: int = 2) -> None:
        """A page that could not be read, and that nothing follows from it."""
        if examined.blind is not None:
            reason = f"  {examined.blind.value}: {wording.blind(examined.blind)}"
            detail = f" ({examined.detail})" if examined.detail else ""
            rest = f"{reason}{detail}. Nothing is known of what it says."
            self.line(("BLIND", "bold magenta"), (rest, ""), indent=indent)

    def passage(self, line: Line, *, shortened: bool = True) -> None:
        """A line of a page's text under what became of it: '-' went, '+' came, '~' was edited, ' ' stayed."""
        sign = line[0].mark.value if len(line) == 1 else "~"
        if len(line) == 1:
            words = clipped(line[0].text) if shortened else line[0].text
            text = Text(inert(words), _CHANGES[line[0].mark][2] if line[0].mark in _CHANGES else "")
        else:
            text = self.difference(line, shortened=shortened)
        self._put(text, f"  {sign} ", "    ")

    def done(self) -> str:
        return "\n".join(line.rstrip() for line in self._file.getvalue().split("\n"))

    def _put(self, text: Text, first: str, rest: str, *, whole: bool = False) -> None:
        if self._width is None or whole:
            lines = [text]
        else:
            lines = list(text.wrap(self._console, max(20, self._width - len(rest))))
        for number, line in enumerate(lines):
            self._console.print(Text(rest if number else first) + line, soft_wrap=True)


def clipped(text: str) -> str:
    """The beginning and the end of a text that is longer than what a person reads on a screen."""
    return text if len(text) <= 2 * _AROUND else f"{text[:_AROUND]} … {text[-_AROUND:]}"


def _shortened(words: str, first: bool, last: bool) -> str:
    """What stayed between changes: its beginning after one and its end before the next."""
    head = "" if first else words[:_AROUND]
    tail = "" if last else words[-_AROUND:]
    return words if len(words) <= len(head) + len(tail) else f"{head}…{tail}"
