"""Writes passages, each with the context in force where it stands.

A walk over any source tells the outline what it meets (a heading, a paragraph, the start of a list); the outline
keeps the heading path, the lead-in of lists and the question being answered, and hands out the passages at the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import NamedTuple

from drift.engine.reading import leads as forms
from drift.engine.reading.enumerations import Enumerations
from drift.engine.reading.leads import as_heading
from drift.engine.reading.text import Lines
from drift.model import Passage, Zone
from drift.model.errors import BlindReason, ReadingError

# Legal documents of 120 kB hold about 600 blocks; a page with more than this many is no article.
MOST_PASSAGES = 100_000


class BlockScope(NamedTuple):
    """What holds for every block inside an element, until the element ends."""

    lead_in: str | None = None
    question: str | None = None
    caption: str | None = None
    defines: str | None = None
    visible: bool = True
    hidden: bool = False
    item: int = 0  # number of the list item, 0 outside lists
    listed: int = 0  # block number of the outermost list, 0 outside lists
    definition: bool = False


@dataclass(slots=True)
class _Heading:
    level: int
    text: str
    item: int = 0
    soft: bool = False  # a bold run-in: ends with the next paragraph beside it


class Outline:
    """The passages written so far and the context of the next one."""

    def __init__(self, title: str | None = None) -> None:
        self.title = title
        self.scope = BlockScope()
        self.has_content = False  # whether anything but titles from the head and alternative texts was written
        self.anchor: str | None = None
        self.passages: list[Passage] = []
        self._headings: list[_Heading] = []
        self._context: tuple[tuple[str, ...], str | None] | None = None
        self._before: tuple[str, int] | None = None  # the block just written, and the item it stands in
        self._titled = False  # whether the title was met as a heading
        self._enumerations = Enumerations()
        self._blocks = 0
        self._items = 0
        self._levels: dict[int, int] = {}  # level of h2 to h6 -> how many
        self._first: tuple[int, int] | None = None  # the first of them: index of its passage, level

    @contextmanager
    def inside(self, scope: BlockScope) -> Iterator[None]:
        """Everything written inside has `scope`; for readers that walk recursively or line by line."""
        state = self.enter(scope)
        yield
        self.leave(state)

    def enter(self, scope: BlockScope) -> tuple[BlockScope, list[_Heading]]:
        """Begin a scope; headings inside it end with it. Gives what `leave` takes."""
        state = (self.scope, list(self._headings))
        self.scope = scope
        return state

    def leave(self, state: tuple[BlockScope, list[_Heading]]) -> None:
        self.scope, self._headings = state
        self._context = None

    def list_scope(self) -> BlockScope:
        """The scope of the items of a list that begins here."""
        scope = self.scope
        lead_in = scope.lead_in if scope.item else None
        if self._before is not None:
            text, item = self._before
            lead_in = forms.joined(lead_in, text) if item else forms.introduction(text)
        return scope._replace(lead_in=lead_in, listed=scope.listed or self.next_block())

    def item_scope(self) -> BlockScope:
        self._items += 1
        self._before = None
        return self.scope._replace(item=self._items)

    def end_list(self) -> None:
        self._before = None

    def table_lead_in(self) -> str | None:
        """The sentence before a table that begins here."""
        if self._before is None:
            return None
        return forms.last_sentence(self._before[0])

    def next_block(self) -> int:
        self._blocks += 1
        return self._blocks

    def heading(self, level: int, text: str, lines: Lines = (), *, leads: bool = True) -> None:
        """A heading of level 1 to 6, or below for what only looks like one. One that opens a panel leads only that."""
        if level == 1 and not self._titled:
            if self.title is None:
                self.title = text
                self.write(text, Zone.TITLE, lines)
            self._titled = self.title.casefold() == text.casefold()
            if self._titled:
                self.has_content = True
                return
        if level <= 6:
            self._levels[level] = self._levels.get(level, 0) + 1
            self._first = self._first or (len(self.passages), level)
        self._pop(level)
        self._enumerations.end()
        question = text.endswith("?")
        self.write(text, Zone.QUESTION if question else Zone.HEADING, lines)
        if leads:
            self._push(_Heading(level, as_heading(text), self.scope.item))

    def paragraph(self, text: str, lines: Lines = (), bold: str = "") -> None:
        """A paragraph or a block of a list item. `bold` is the bold text it begins with, the whole text included."""
        self._pop_soft()
        level = forms.heading_level(text, bold, listed=self.scope.item > 0)
        if level is not None and (bold or not self._enumerations.introduces(text, self.scope.item)):
            self.heading(level, text, lines)
            self._before = (text, self.scope.item)
            return
        run_in = forms.run_in(text, bold)
        if run_in is not None:
            self._pop(run_in.level)
            self._push(_Heading(run_in.level, run_in.text, self.scope.item, run_in.soft))
        elif (clause := forms.clause_level(text)) is not None:
            self._pop(clause)
        lead_in = self._enumerations.lead_in(text, self.scope.item, self.scope.lead_in)
        self.write(text, self._zone(), lines, lead_in=lead_in)
        self._before = (text, self.scope.item) if not self.scope.hidden else None

    def write(
        self,
        text: str,
        zone: Zone,
        lines: Lines = (),
        *,
        block: int | None = None,
        row: tuple[str, ...] = (),
        column: tuple[str, ...] = (),
        caption: str | None = None,
        lead_in: str | None = None,
        table_row: int | None = None,
        hidden: bool = False,
        names_row: bool = False,
    ) -> None:
        """Write one passage as it is; `hidden`: nobody sees it. Empty text writes nothing.

        Raises ReadingError (TOO_LARGE).
        """
        if not text:
            return
        if len(self.passages) >= MOST_PASSAGES:
            raise ReadingError(BlindReason.TOO_LARGE, f"more than {MOST_PASSAGES:,} blocks of text")
        scope = self.scope
        headings, question = self._path()
        self._before = None
        self.has_content = self.has_content or zone is not Zone.ALT
        self.passages.append(
            Passage(
                text,
                zone,
                headings,
                lead_in or scope.lead_in,
                scope.question or question,
                row,
                column,
                caption or scope.caption,
                scope.defines,
                scope.visible and not hidden,
                self.anchor,
                block or scope.listed or self.next_block(),
                table_row,
                lines,
                scope.hidden or hidden,
                names_row,
            )
        )

    def aside(self, text: str, zone: Zone) -> None:
        """Write a passage that does not come between a paragraph and the list it introduces."""
        before = self._before
        self.write(text, zone)
        self._before = before

    def entitle(self, title: str | None, lines: Lines = ()) -> None:
        """Give the article its title where no heading did; it is its first passage."""
        if self.title is None and title:
            self.title = title
            self.passages.insert(0, Passage(title, Zone.TITLE, lines=lines))

    def finish(self) -> tuple[Passage, ...]:
        """All passages. An article without a title takes a first heading that stands above all others as its title."""
        if self.title is None and self._first is not None:
            at, level = self._first
            if level == min(self._levels) and self._levels[level] == 1:
                self._lift(at)
        return tuple(self.passages)

    def _lift(self, at: int) -> None:
        """Make the heading at `at` the title: it leaves the heading paths it led."""
        self.title = self.passages[at].text
        led = as_heading(self.title)
        self.passages[at] = replace(self.passages[at], zone=Zone.TITLE)
        for index in range(at + 1, len(self.passages)):
            passage = self.passages[index]
            if passage.headings[:1] == (led,):
                self.passages[index] = replace(passage, headings=passage.headings[1:])

    def _zone(self) -> Zone:
        scope = self.scope
        if scope.definition:
            return Zone.DEFINITION
        if scope.item:
            return Zone.ITEM
        return Zone.ANSWER if scope.question or self._path()[1] else Zone.PARAGRAPH

    def _path(self) -> tuple[tuple[str, ...], str | None]:
        if self._context is None:
            texts = tuple(heading.text for heading in self._headings)
            question = next((text for text in reversed(texts) if text.endswith("?")), None)
            self._context = texts, question
        return self._context

    def _push(self, heading: _Heading) -> None:
        self._headings.append(heading)
        self._context = None

    def _pop(self, level: int) -> None:
        while self._headings and self._headings[-1].level >= level:
            self._headings.pop()
        self._context = None

    def _pop_soft(self) -> None:
        if self._headings and self._headings[-1].soft and self._headings[-1].item == self.scope.item:
            self._headings.pop()
            self._context = None
