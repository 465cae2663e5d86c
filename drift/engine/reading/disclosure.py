"""What opens on a click: accordions, tabs, questions with an answer, and components that carry their title."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice

from drift.engine.reading import vocabulary as v
from drift.engine.reading.chrome import elements
from drift.engine.reading.hiding import openable, unseen
from drift.engine.reading.inline import one_line
from drift.engine.reading.outline import BlockScope, Outline
from drift.engine.reading.text import fold_lines
from drift.engine.reading.tree import Element
from drift.model import Zone

# How far to look inside an element for what names it: the deepest accordion heading seen stands under 8 elements.
MOST_INSIDE = 20
_LONGEST_TITLE = 200
_DIALOGS = ("dialog", "alertdialog")

_TITLE_CLASS = re.compile(
    r"question|(?:accordion|collapse|collapsible|toggle|expander)[\w-]*(?:title|head|header|heading|button|trigger|label)"
    r"|(?:panel|card|tab)-(?:title|heading)",
    re.IGNORECASE,
)


def question_like(element: Element) -> bool:
    """Whether a block without a heading of its own is named as the title of what follows it."""
    classes = element.attrs.get("class")
    if not isinstance(classes, str) or not 0 < element.chars <= _LONGEST_TITLE or not _TITLE_CLASS.search(classes):
        return False
    return not any(
        inner.name in v.HEADINGS or inner.name in ("p", "ul", "ol", "table", "button")
        for inner in islice(elements(element), MOST_INSIDE)
    )


def concealed(element: Element, scope: BlockScope, *, opened: bool = False) -> BlockScope:
    """`scope` inside an element: hidden where nobody sees it, not visible at first where a reader opens it.

    `opened` says that something right before the element opens it.
    """
    attrs = element.attrs
    if scope.hidden or not (attrs or element.name == "dialog"):
        return scope
    if element.name == "dialog" and "open" not in attrs:
        return scope._replace(visible=False, hidden=True)
    if unseen(element):
        return scope._replace(visible=False, hidden=not (opened or openable(element)))
    if attrs.get("aria-hidden") == "true":
        return scope._replace(visible=False, hidden=attrs.get("role") in _DIALOGS)
    return scope


def disclosed(
    element: Element, outline: Outline, titles: Mapping[str, str], *, opened: bool, title: str | None = None
) -> BlockScope | None:
    """The scope inside a panel, an answer or a titled component, or None for a plain block.

    `titles` maps ids of panels to the text of what opens them; `opened` says that something right before the element
    opens it, and `title` what that calls it where no id does. Writes the title of a component that carries it.
    """
    attrs = element.attrs
    title = titles.get(str(attrs.get("id"))) or titles.get(str(attrs.get("aria-labelledby"))) or title
    scope = concealed(element, outline.scope, opened=opened or title is not None)
    if title is not None:
        return _titled(scope, title, tab=attrs.get("role") == "tabpanel")
    if element.name not in v.KNOWN and (named := str(attrs.get("title") or attrs.get("label") or "")):
        title, lines = fold_lines(named)
        outline.write(title, Zone.QUESTION if title.endswith("?") else Zone.HEADING, lines)
        return _titled(scope, title, tab="label" in attrs)
    if str(attrs.get("itemtype", "")).endswith("/Question"):
        for inner in islice(elements(element), MOST_INSIDE):
            if inner.attrs.get("itemprop") == "name":
                return scope._replace(question=one_line(inner)[0] or scope.question)
    return scope if scope is not outline.scope else None


def _titled(scope: BlockScope, title: str, *, tab: bool) -> BlockScope:
    if tab:
        return scope._replace(caption=title)
    return scope._replace(question=title)
