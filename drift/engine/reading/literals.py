"""The lists and objects that MDX gives its components, read as data: `[{name: "Basic", price: "$9"}]`.

Only what is written there is read. What a program would have to work out (names, calls, templates with `${}`) is left
out, for nobody knows what it shows.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from drift.engine.reading.text import scrub

DEEPEST = 12  # lists and objects within one another; what authors write has up to 4
LONGEST = 100_000  # characters of one list; a table as long would be data, and no text


class TextLiteral(NamedTuple):
    """A text or a number, and where it stands."""

    words: str
    start: int


Literal = TextLiteral | list["Literal"] | dict[str, "Literal"]

_SPACE = re.compile(r"(?:\s|//[^\n]*)*")
_STRING = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`")
_NUMBER = re.compile(r"-?\d[\d_]*(?:\.\d+)?(?![\w.])")
_KEY = re.compile(r"([A-Za-z_$][\w$]*)\s*:|\"([^\"\n]*)\"\s*:|'([^'\n]*)'\s*:")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_SAID = {"n": " ", "t": " ", "r": " ", "\n": " "}
# An escaped quote opens no string: else each of a thousand would be looked for to the end of what none of them closes.
_STOP = re.compile(r"\\.|[\[\](){},\"'`]")
_TAG = re.compile(r"<(/?)(?:[A-Za-z][^<>]*)?>")
_PAIRS = {"[": "]", "{": "}", "(": ")"}


class NotReadError(ValueError):
    """What stands here is no list or object; `at` is where that showed."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


def read(text: str, at: int) -> tuple[Literal | None, int]:
    """The list or object that begins at `at`, and where it ends. Raises NotReadError."""
    return _Reader(text, at + LONGEST).value(at, 0)


def end_of(text: str, at: int) -> int:
    """Behind the brace that closes the expression of an attribute, which begins at `at`. Raises NotReadError."""
    _, end = _Reader(text, at + LONGEST).worked_out(at)
    if not text.startswith("}", end):
        raise NotReadError(end)
    return end + 1


class _Reader:
    def __init__(self, text: str, limit: int) -> None:
        self._text, self._limit = text, limit

    def value(self, at: int, depth: int) -> tuple[Literal | None, int]:
        """The value at a place, None if it is one to be worked out, and where it ends."""
        if depth > DEEPEST:
            raise NotReadError(at)
        if self._text.startswith("[", at):
            return self._list(at + 1, depth)
        if self._text.startswith("{", at):
            return self._object(at + 1, depth)
        for pattern in (_STRING, _NUMBER):
            if found := pattern.match(self._text, at, self._limit):
                end = self._space(found.end())
                if self._text[end : end + 1] in (",", "]", "}"):
                    words = next((group for group in found.groups() if group is not None), found[0])
                    return (None if "${" in words and found[0][0] == "`" else TextLiteral(_unescaped(words), at)), end
        return self._markup(at) if self._text.startswith("<", at) else self.worked_out(at)

    def _markup(self, at: int) -> tuple[TextLiteral | None, int]:
        """The text of an element: `<>Within <b>14 days</b></>`."""
        open_ = 0
        for tag in _TAG.finditer(self._text, at, self._limit):
            if not tag[0].endswith("/>") or tag[0] == "</>":
                open_ += -1 if tag[1] else 1
            if open_ <= 0:
                words = _TAG.sub("", self._text[at : tag.end()])
                return (None if "{" in words else TextLiteral(words, at)), self._space(tag.end())
        raise NotReadError(min(len(self._text), self._limit))

    def _list(self, at: int, depth: int) -> tuple[Literal, int]:
        items: list[Literal] = []
        at = self._space(at)
        while not self._text.startswith("]", at):
            item, at = self.value(at, depth + 1)
            if item is not None:
                items.append(item)
            at = self._next(at, "]")
        return items, at + 1

    def _object(self, at: int, depth: int) -> tuple[Literal, int]:
        fields: dict[str, Literal] = {}
        at = self._space(at)
        while not self._text.startswith("}", at):
            key = _KEY.match(self._text, at)
            value, at = self.value(self._space(key.end()), depth + 1) if key else self.worked_out(at)
            if key and value is not None:
                fields.setdefault(next(filter(None, key.groups()), ""), value)
            at = self._next(at, "}")
        return fields, at + 1

    def _next(self, at: int, closing: str) -> int:
        """Behind the comma after an item, or at what closes."""
        at = self._space(at)
        if self._text.startswith(",", at):
            return self._space(at + 1)
        if self._text.startswith(closing, at):
            return at
        raise NotReadError(at)

    def worked_out(self, at: int) -> tuple[None, int]:
        """Over an expression, up to the comma or bracket that ends it."""
        start, open_ = at, list[str]()
        while found := _STOP.search(self._text, at, self._limit):
            at, mark = found.start(), found[0]
            if not open_ and mark in ",]})":
                if at == start and mark != ")":
                    raise NotReadError(at)  # a comma too many
                return None, at
            if mark in _PAIRS:
                open_.append(_PAIRS[mark])
            elif mark in ")]}":
                if mark != open_.pop():
                    raise NotReadError(at)
            elif mark in "\"'`" and (string := _STRING.match(self._text, at, self._limit)):
                at = string.end()
                continue
            at += len(mark)
        raise NotReadError(min(len(self._text), self._limit))

    def _space(self, at: int) -> int:
        """Over white space and comments. Raises NotReadError for a comment that never ends."""
        while found := _SPACE.match(self._text, at, self._limit):
            at = found.end()
            if not self._text.startswith("/*", at):
                break
            end = self._text.find("*/", at + 2, self._limit)
            if end < 0:
                raise NotReadError(min(len(self._text), self._limit))
            at = end + 2
        return at


def _unescaped(words: str) -> str:
    """What a text says. Two escapes may be one character; half of one is none, and neither is a mark of the reader."""
    if "\\" not in words:
        return words
    said = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)) if escape[1] else _SAID.get(escape[2], escape[2]), words)
    return scrub(said.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))
