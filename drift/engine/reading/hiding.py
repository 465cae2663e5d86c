"""What a page holds and does not show: until something is opened, to the eye, at all; and what it shows struck out.

Only what the markup itself says is known: attributes, inline styles, and the classes that frameworks share. What a
style sheet of the page's own hides is taken for shown.
"""

from __future__ import annotations

import re
from functools import lru_cache

from drift.engine.reading import vocabulary as v
from drift.engine.reading.tree import Element

_NOT_DISPLAYED = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_OFF_SCREEN = re.compile(
    r"(?:left|right|top|text-indent|margin-left)\s*:\s*-\d{3,}|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?"
    r"|clip-path\s*:\s*inset\(\s*(?:50|100)%|font-size\s*:\s*0(?:\.0*)?(?:px|em|rem|%)?\s*(?:;|!|$)",
    re.IGNORECASE,
)
_UNSEEN_CLASS = re.compile(
    r"(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-reader(?:-text)?|a11y-hidden|off-?screen)(?:$|\s)|(?:^|\s)(?:d-none|hidden)(?:$|\s)",
    re.IGNORECASE,
)
_SEEN_AFTER_ALL = re.compile(
    r"(?:^|\s)(?:d-)?(?:sm|md|lg|xl|xxl|print)(?:-(?!none)|:(?!hidden))|focusable|not-sr-only", re.IGNORECASE
)
_LINE_THROUGH = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_STRUCK_CLASS = re.compile(
    r"(?:^|\s)(?:text-|text-decoration-|is-|u-)?(?:line-?through|strike-?(?:through|out)|struck(?:-?(?:through|out))?|crossed-?out)"
    r"(?:$|\s)",
    re.IGNORECASE,
)
_STRUCK_INLINE_CLASS = re.compile(
    r"(?:^|\s)(?:text-)?(?:strike|(?:old|was|former|previous)[_-]?price|price[_-]{1,2}(?:old|was|former|previous))(?:$|\s)",
    re.IGNORECASE,
)
_PANEL_CLASS = re.compile(
    r"accordion|collaps|toggle|expand|disclos|faq|answer|panel|(?:^|[\s_-])tabs?(?:$|[\s_-])|tab-?(?:pane|content)|drawer",
    re.IGNORECASE,
)
_PANEL_ROLES = frozenset(("tabpanel", "region"))


def hidden(element: Element) -> bool:
    """Whether the page hides an element at first, or for good."""
    attrs = element.attrs
    if not attrs:
        return False
    if "hidden" in attrs:
        return True
    style = attrs.get("style")
    return isinstance(style, str) and _NOT_DISPLAYED.search(style) is not None


def unseen(element: Element) -> bool:
    """Whether nobody sees an element: it is hidden, stands beside the screen, or is there for screen readers only."""
    attrs = element.attrs
    if not attrs:
        return False
    if hidden(element):
        return True
    style, classes = attrs.get("style"), attrs.get("class")
    if isinstance(style, str) and _OFF_SCREEN.search(style):
        return True
    return isinstance(classes, str) and _unseen_class(classes)


def openable(element: Element) -> bool:
    """Whether a hidden element says that it is a panel, which a reader opens: an answer, a tab, a drawer."""
    attrs = element.attrs
    if attrs.get("role") in _PANEL_ROLES or "aria-labelledby" in attrs:
        return True
    return any(_PANEL_CLASS.search(str(attrs.get(key, ""))) for key in ("class", "id"))


def struck(element: Element) -> bool:
    """Whether an element is shown struck out: what it says held once."""
    if element.name in v.STRUCK:
        return True
    attrs = element.attrs
    if not attrs:
        return False
    style, classes = attrs.get("style"), attrs.get("class")
    if isinstance(style, str) and _LINE_THROUGH.search(style):
        return True
    return isinstance(classes, str) and _struck_class(classes, inline=element.name not in v.BLOCKS)


@lru_cache(maxsize=4096)  # pages say the same classes again and again
def _unseen_class(classes: str) -> bool:
    return _UNSEEN_CLASS.search(classes) is not None and _SEEN_AFTER_ALL.search(classes) is None


@lru_cache(maxsize=4096)
def _struck_class(classes: str, *, inline: bool) -> bool:
    if _STRUCK_CLASS.search(classes):
        return True
    return inline and _STRUCK_INLINE_CLASS.search(classes) is not None
