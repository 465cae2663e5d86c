"""The walk itself and what stands inline: nodes in document order, without recursion, each once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from drift.engine.reading.grids import gathered
from drift.engine.reading.hiding import hidden, unseen
from drift.engine.reading.inline import TextRun, superscript
from drift.engine.reading.outline import Outline
from drift.engine.reading.text import BREAK, fold
from drift.engine.reading.tree import Element
from drift.model import Zone

Leave = Callable[[], None]


class Flow:
    """Walks an element, collects the text that flows, and writes it as paragraphs where blocks begin and end.

    What blocks mean is for a subclass to say, in `_element`.
    """

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self._run = TextRun()
        self._stack: list[tuple[Iterator[object], Leave | None]] = []
        self._alts: list[str] = []

    def over(self, root: Element) -> None:
        """Write all passages of `root`. Raises ReadingError (TOO_LARGE)."""
        self._stack.append((iter(gathered(root.contents)), None))
        pieces = self._run.pieces
        while self._stack:
            children, leave = self._stack[-1]
            for child in children:
                if child.__class__ is Element:
                    if self._element(child):
                        pieces = self._run.pieces
                        break
                    pieces = self._run.pieces
                else:
                    pieces.append(child)  # type: ignore[arg-type]  # a string
            else:
                self._stack.pop()
                if leave is not None:
                    leave()
                    pieces = self._run.pieces
        self._flush()

    def _element(self, element: Element) -> bool:
        """Meet an element; gives whether it was opened, so that its contents come next."""
        return self._link(element)

    def _open(self, element: Element, leave: Leave | None = None) -> bool:
        self._stack.append((iter(gathered(element.contents)), leave))
        return True

    def _bold(self, element: Element) -> bool:
        if unseen(element):
            return False
        run = self._run
        run.bold()
        return self._open(element, run.regular)

    def _link(self, element: Element) -> bool:
        return not unseen(element) and self._open(element)

    def _line_break(self, _: Element) -> bool:
        if self._run.broken():  # a second break is an empty line: what follows is another paragraph
            self._flush()
        else:
            self._run.pieces.append(BREAK)
        return False

    def _superscript(self, element: Element) -> bool:
        self._run.pieces.append(superscript(element, self._run.before()))
        return False

    def _image(self, element: Element) -> bool:
        alt = fold(str(element.attrs.get("alt", "")))
        if " " in alt and not hidden(element):
            self._alts.append(alt)
        return False

    def _drop(self, _: Element) -> bool:
        return False

    def _flush(self) -> None:
        """Write what was collected as a paragraph, and the images that stood in it."""
        if self._run.pieces:
            for text, lines, bold in self._run.take():
                self.outline.paragraph(text, lines, bold)
        if self._alts:
            for alt in self._alts:
                self.outline.aside(alt, Zone.ALT)
            self._alts.clear()
