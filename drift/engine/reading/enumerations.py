"""Lists in all but markup: paragraphs '(a) ...', '2.1 ...', 'Step 1: ...' after one that introduces them."""

from __future__ import annotations

import re
from typing import NamedTuple

from drift.engine.reading.leads import LONGEST_JOINED, joined, last_sentence

_STYLES = {
    "bullet": r"[•·▪◦–-]\s",
    "roman": r"\(?[ivx]{1,5}[.)]+\s+\S",
    "letter": r"\(?[a-z][.)]+\s+\S",
    "capital": r"\(?[A-Z][.)]+\s+\S",
    "clause": r"\(?\d{1,2}(?:\.\d{1,2}){1,3}[.)]*\s+\S",
    "number": r"\(?\d{1,2}[.)]+\s+\S",
    "named": r"[^\W\d_]{3,12} \d{1,2}(?:[:.]|\s[–—-])\s+\S",  # 'Step 1: Print the label'
}
_ENUMERATOR = re.compile("|".join(f"(?P<{name}>{form})" for name, form in _STYLES.items()))
_INTRODUCING = re.compile(r"(?::|\s[–—-])$")


def style_of(text: str) -> str | None:
    """How a paragraph is numbered that begins as an item of a list does; None if it does not."""
    found = _ENUMERATOR.match(text)
    return found.lastgroup if found else None


class _Lead(NamedTuple):
    text: str  # those of its last sentence and of the leads before it that are kept, as one
    item: int
    style: str | None  # in which this paragraph is numbered itself


class Enumerations:
    """Follows the paragraphs of a text and knows which of them introduces the numbered one at hand."""

    def __init__(self) -> None:
        self._leads: list[_Lead] = []  # outermost first

    def end(self) -> None:
        """Something else than a paragraph comes: what was introduced is over."""
        self._leads.clear()

    def introduces(self, text: str, item: int) -> bool:
        """Whether a numbered paragraph that may be a heading is an item: it is introduced, and tells a number."""
        number = _ENUMERATOR.match(text)
        if number is None or not self._leads or self._leads[0].item != item:
            return False
        return any(map(str.isdigit, text[number.end() :]))

    def lead_in(self, text: str, item: int, outer: str | None) -> str | None:
        """What introduces the next paragraph, after `outer`, or None. `item` is the list item it stands in."""
        style = style_of(text)
        left = bool(self._leads) and self._leads[0].item != item
        if style is None or (left and not (style == "clause" and item == 0)):  # '2.1' goes on with item '2.' of a list
            self._leads.clear()
        while self._leads and self._leads[-1].style == style:
            self._leads.pop()
        above = self._leads[-1].text if self._leads else None
        if _INTRODUCING.search(text[-2:]):
            self._leads.append(_Lead(joined(above, last_sentence(text)), item, style))
        return f"{outer} {above}"[-LONGEST_JOINED:] if outer and above else above
