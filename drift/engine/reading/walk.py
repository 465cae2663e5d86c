"""The walk over a page's tree: what each block element means for the passages in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from drift.engine.reading import components, tables
from drift.engine.reading import vocabulary as v
from drift.engine.reading.chrome import elements, is_chrome, link_block, skip_link
from drift.engine.reading.disclosure import MOST_INSIDE, concealed, disclosed, question_like
from drift.engine.reading.flow import Flow, Leave
from drift.engine.reading.grids import by_roles
from drift.engine.reading.hiding import struck
from drift.engine.reading.inline import OPENS, block_text, note_link, one_line, says_a_number
from drift.engine.reading.leads import BOLD_LEVEL
from drift.engine.reading.outline import BlockScope, Outline
from drift.engine.reading.preformatted import is_code, paragraphs, raw_text
from drift.engine.reading.text import BREAK, Lines, fold, fold_lines
from drift.engine.reading.tree import Element
from drift.model import Zone

# The longest real headings have 200 characters; a heading element around more than this wraps an article.
LONGEST_HEADING = 300
# A button beside a longer text, or a sentence, acts on it ('Copy'); one before a longer block opens a menu.
LONGEST_LABELLED, LONGEST_PANEL = 60, 2_000


class _Label(NamedTuple):
    """The text of a button, and how many passages there were when it was met."""

    text: str
    lines: Lines
    at: int


class Walker(Flow):
    """Walks an element and writes its passages into an outline. One element each."""

    def __init__(self, outline: Outline, page: Element, *, keep_chrome: bool = False) -> None:
        super().__init__(outline)
        self._page = page
        self._keep_chrome = keep_chrome
        self._opens_after = -1  # how many passages there were when the last one that opens something was written
        self._opened_by: str | None = None  # and what it calls what it opens, where nothing else says so
        self._label: _Label | None = None  # a button that may be the label of a value right behind it
        self._titles: dict[str, str] = {}  # id of a panel -> text of the button or tab that opens it

    # --- one element: each method says whether it opened something to walk next -----------------------------

    def _element(self, element: Element) -> bool:
        name = element.name
        attrs = element.attrs
        if attrs:
            if anchor := attrs.get("id") or (attrs.get("name") if name == "a" else None):
                self.outline.anchor = str(anchor)
            role = attrs.get("role")
            if role == "tab":
                return self._tab(element)
            if role == "button" and not OPENS.isdisjoint(attrs):
                return self._button(element)
            if struck(element):
                return False
        special = _SPECIAL.get(name)
        if special is not None:
            return special(self, element)
        if name.startswith(components.PREFIX):
            return self._component(element)
        if name in v.BLOCKS or (name not in v.KNOWN and not self._within_sentence(element)):
            return self._block(element)
        return self._link(element)

    def _open_scope(self, element: Element, scope: BlockScope, after: Leave | None = None) -> bool:
        """Walk `element` in a scope of its own; headings inside it end with it."""
        state = self.outline.enter(scope)

        def leave() -> None:
            self._flush()
            self.outline.leave(state)
            if after is not None:
                after()

        return self._open(element, leave)

    def _block(self, element: Element) -> bool:
        if self._is_chrome(element):
            return False
        self._flush()
        attrs = element.attrs
        title = self._opened_by if self._opened() and element.chars <= LONGEST_PANEL and not element.mains else None
        if not attrs and element.name != "dialog" and title is None:
            return self._open(element, self._flush)
        if (table := by_roles(element)) is not None:
            return self._table(table)
        if question_like(element):
            self.outline.heading(BOLD_LEVEL, *one_line(element))
            self._opener()
            return False
        scope = disclosed(element, self.outline, self._titles, opened=self._opened(), title=title)
        if scope is not None:
            return self._open_scope(element, scope)
        return self._open(element, self._flush)

    def _component(self, element: Element) -> bool:
        """A component of Markdown, which says what it shows in its attributes: in its sentence, or under its title."""
        shown = [str(element.attrs[key]) for key in v.SHOWN if key in element.attrs]
        if self._within_sentence(element):
            self._run.pieces += [f" {text} " for text in shown]
            return self._link(element)
        self._flush()
        scope = disclosed(element, self.outline, self._titles, opened=self._opened()) or self.outline.scope
        with self.outline.inside(scope):
            for text in shown:
                self.outline.paragraph(*fold_lines(text))
        return self._open_scope(element, scope)

    def _heading(self, element: Element) -> bool:
        if element.chars > LONGEST_HEADING:
            return self._block(element)
        self._flush()
        text, lines = one_line(element)
        opens_panel = False
        for inner in islice(elements(element), MOST_INSIDE):
            opens_panel = opens_panel or "aria-controls" in inner.attrs
            self._note_title(inner, text)
            if anchor := inner.attrs.get("id"):
                self.outline.anchor = str(anchor)
        scope = self.outline.scope
        self.outline.scope = concealed(element, scope)
        if text:
            self.outline.heading(v.HEADINGS[element.name], text, lines, leads=not opens_panel)
        self.outline.scope = scope
        if opens_panel or text.endswith("?"):
            self._opener()
        return False

    def _list(self, element: Element) -> bool:
        if self._is_chrome(element):
            return False
        self._flush()
        scope = concealed(element, self.outline.list_scope(), opened=self._opened())
        return self._open_scope(element, scope, self.outline.end_list)

    def _item(self, element: Element) -> bool:
        if self._is_chrome(element):
            return False
        self._flush()
        return self._open_scope(element, concealed(element, self.outline.item_scope()))

    def _definitions(self, element: Element) -> bool:
        if self._is_chrome(element):
            return False
        self._flush()
        scope = concealed(element, self.outline.list_scope(), opened=self._opened())
        return self._open_scope(element, scope._replace(definition=False), self.outline.end_list)

    def _term(self, element: Element) -> bool:
        self._flush()
        text, lines = one_line(element)
        for inner in islice(elements(element), MOST_INSIDE):
            self._note_title(inner, text)
        question = text.endswith("?")
        scope = self.outline.scope
        self.outline.scope = scope._replace(defines=text or None, question=text if question else scope.question)
        self.outline.write(text, Zone.QUESTION if question else Zone.HEADING, lines)
        return False

    def _definition(self, element: Element) -> bool:
        self._flush()
        scope = self.outline.scope._replace(definition=True)
        return self._open_scope(element, concealed(element, scope, opened=True))

    def _details(self, element: Element) -> bool:
        self._flush()
        summary = next((c for c in element.contents if isinstance(c, Element) and c.name == "summary"), None)
        text, lines = one_line(summary) if summary is not None else ("", ())
        self.outline.write(text, Zone.QUESTION if text.endswith("?") else Zone.HEADING, lines)
        scope = self.outline.scope
        scope = scope._replace(question=text or scope.question, visible=scope.visible and "open" in element.attrs)
        return self._open_scope(element, concealed(element, scope))

    def _table(self, element: Element) -> bool:
        if self._is_chrome(element):
            return False
        self._flush()
        if not tables.is_data(element):
            return self._open(element, self._flush)
        with self._concealed(element):
            tables.write(element, self.outline)
        return False

    def _preformatted(self, element: Element) -> bool:
        """Code, or text that keeps its line breaks: paragraphs apart, lines together where they are only wrapped."""
        if self._is_chrome(element):
            return False
        self._flush()
        raw = raw_text(element)
        with self._concealed(element):
            if element.name == "pre" and is_code(element, raw):
                text, lines = fold_lines(raw.replace("\n", BREAK))
                self.outline.write(text, Zone.CODE, lines)
            else:
                for paragraph in paragraphs(raw):
                    self.outline.paragraph(*fold_lines(paragraph))
        return False

    def _caption(self, element: Element) -> bool:
        self._flush()
        text, lines = block_text(element)
        with self._concealed(element):
            self.outline.write(text, Zone.CAPTION, lines)
        return False

    def _button(self, element: Element) -> bool:
        """A button that opens a panel heads it; one in a sentence, or with a number, is text; one right before a short
        value is its label; others are chrome."""
        if OPENS.isdisjoint(element.attrs) and not question_like(element):
            if self._in_sentence():
                return self._link(element)
            if says_a_number(element):
                return self._block(element)
            text, lines = one_line(element)
            labels = any(map(str.isalpha, text)) and self._buttons[text] == 1  # 'Buy' stands at each thing
            self._label = _Label(text, lines, len(self.outline.passages)) if labels else None
            return False
        self._flush()
        text, lines = one_line(element)
        self._note_title(element, text)
        self.outline.write(text, Zone.QUESTION if text.endswith("?") else Zone.HEADING, lines)
        self._opener(text or None)
        return False

    @cached_property
    def _buttons(self) -> Counter[str]:
        """How many buttons of the page say the same."""
        return Counter(one_line(inner)[0] for inner in elements(self._page) if inner.name == "button")

    def _flush(self) -> None:
        """Write what was collected; with the button right before it as its label, where it is a short value."""
        label = self._label
        if label is None or not self._in_sentence():
            return super()._flush()
        self._label = None
        text = fold("".join(map(str, self._run.pieces)))
        value = 0 < len(text) <= LONGEST_LABELLED and text[-1] not in ".!?" and any(map(str.isdigit, text))
        if not value or label.at != len(self.outline.passages):
            return super()._flush()
        self.outline.write(label.text, Zone.HEADING, label.lines)
        with self.outline.inside(self.outline.scope._replace(question=label.text)):
            super()._flush()
        return None

    def _tab(self, element: Element) -> bool:
        text = one_line(element)[0]
        self._note_title(element, text)
        for inner in islice(elements(element), MOST_INSIDE):
            self._note_title(inner, text)
        return False

    def _anchor(self, element: Element) -> bool:
        in_body = len(self._stack) <= 2  # html and body
        first = in_body and not self.outline.has_content and not self._run.before().strip()
        if self._in_sentence() and note_link(element):
            return False
        return not skip_link(element, first=first) and self._link(element)

    # --- what opens and what is hidden -------------------------------------------------------------------------

    def _opener(self, title: str | None = None) -> None:
        """What was just written opens what follows it, and is its title where one is given."""
        self._opens_after, self._opened_by = len(self.outline.passages), title

    def _opened(self) -> bool:
        """Whether what was just written opens the element that begins here."""
        return self._opens_after == len(self.outline.passages)

    @contextmanager
    def _concealed(self, element: Element) -> Iterator[None]:
        """What is written inside is as hidden as the element."""
        scope = self.outline.scope
        self.outline.scope = concealed(element, scope, opened=self._opened())
        yield
        self.outline.scope = scope

    # --- inside ---------------------------------------------------------------------------------------------

    def _within_sentence(self, element: Element) -> bool:
        """Whether a component stands in running text: what it holds belongs to the sentence."""
        return not {"title", "label"} & set(element.attrs) and self._in_sentence()

    def _in_sentence(self) -> bool:
        """Whether text of the block that is open was met."""
        return not all(map(str.isspace, self._run.pieces))

    def _is_chrome(self, element: Element) -> bool:
        return not self._keep_chrome and (is_chrome(element, self._page) or link_block(element))

    def _note_title(self, element: Element, text: str) -> None:
        """Remember what a button or tab calls the panel it opens."""
        attrs = element.attrs
        for key in ("aria-controls", "id"):
            if attrs and text and (name := attrs.get(key)):
                self._titles[str(name)] = text
        href = attrs.get("href")
        if isinstance(href, str) and href.startswith("#") and len(href) > 1 and "role" in attrs:
            self._titles[href[1:]] = text


_SPECIAL: dict[str, Callable[[Walker, Element], bool]] = {
    **dict.fromkeys(v.HEADINGS, Walker._heading),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), Walker._list),
    **dict.fromkeys(v.BOLD, Walker._bold),
    **dict.fromkeys(("hr", "input", "summary", "title", "meta", "link", "base", "option", *v.STRUCK), Walker._drop),
    "li": Walker._item,
    "dl": Walker._definitions,
    "dt": Walker._term,
    "dd": Walker._definition,
    "details": Walker._details,
    "table": Walker._table,
    "pre": Walker._preformatted,
    "textarea": Walker._preformatted,
    "figcaption": Walker._caption,
    "button": Walker._button,
    "a": Walker._anchor,
    "br": Walker._line_break,
    "sup": Walker._superscript,
    "img": Walker._image,
}
