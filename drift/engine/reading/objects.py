"""Lists of objects in MDX, made tables: each object is a row, and what its keys are called heads the columns.

`<Plans items={[{name: "Basic", price: "$9"}]} />` and `export const plans = [...]` show cards, tables or questions, in
which each value belongs to the object it stands in. The lines of the source are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from drift.engine.reading import literals
from drift.engine.reading.literals import Literal, NotReadError, TextLiteral

_BEGINS = re.compile(
    r"^(?P<export>export[ \t]+(?:const|let|var)[ \t]+[A-Za-z_]\w*[ \t]*(?::[^=\n]{1,80})?=\s*)(?=[\[{])"
    r"|^(?P<tag>[ \t]*<(?P<name>[A-Z][\w.]*))(?=\s)"
    r"|^[ ]{0,3}(?P<fence>```+|~~~+)[^\n]*(?:\n.*?(?:^[ ]{0,3}(?P=fence)|\Z)|\Z)",
    re.MULTILINE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"\s*([A-Za-z_][\w:.-]*)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|\{))?")
_ENDS_TAG = re.compile("[<>]")
_END = re.compile(r"\s*(/?)>")
_ADDRESS = re.compile(r"(?:(?:https?|mailto|tel):|\.{0,2}/|#)\S*", re.IGNORECASE)
# What a program is told, and nobody is shown.
_UNSEEN = frozenset(("id", "key", "slug", "href", "url", "link", "to", "src", "icon", "image", "img", "anchor", "ref"))
_UNSEEN |= {"classname", "class", "style", "target"}
# Cells of a table for each text in it, beyond `_SMALL`: objects that have no names in common are no table, and a
# thousand of them would be a million cells.
_EMPTY, _SMALL = 10, 200
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[_-]+")


def as_tables(text: str) -> str:
    """Markdown in which lists of objects are tables. What cannot be read as such stays as it is."""
    if "{" not in text or not ("export" in text or "={" in text or "= {" in text):
        return text
    parts: list[str] = []
    at = search = 0
    while begins := _BEGINS.search(text, search):
        search = begins.end()
        if begins["fence"]:
            continue
        try:
            table, end = _exported(text, begins.end()) if begins["export"] else _component(text, begins)
        except NotReadError as unread:
            search = max(search, unread.at)
            continue
        if table:
            parts += (text[at : begins.start()], table)
            at = search = end
    parts.append(text[at:])
    return "".join(parts)


def _exported(text: str, at: int) -> tuple[str, int]:
    value, end = literals.read(text, at)
    rest = text.find("\n", end)
    rest = len(text) if rest < 0 else rest
    if text[end:rest].strip(" \t;"):
        raise NotReadError(end)  # 'as const' and the like: code, and only its first line is known
    page = _Page(text, at)
    page.table(value, end)
    page.down_to(end)
    return page.html, rest


def _component(text: str, begins: re.Match[str]) -> tuple[str, int]:
    """A component with its lists behind it; '' where it is given none."""
    at, lists = begins.end(), []
    kept: list[tuple[int, str]] = []
    while (ended := _END.match(text, at)) is None:
        found = _ATTRIBUTE.match(text, at)
        if found is None:
            raise NotReadError(at)
        at = found.end()
        if found[2] == "{":
            inside = _over_space(text, at)
            if text[inside : inside + 1] in ("[", "{") and found[1] not in ("style", "className"):
                value, at = literals.read(text, inside)
                lists.append(value)
                at = _over_space(text, at)
                if not text.startswith("}", at):
                    raise NotReadError(at)
                at += 1
                continue
            at = literals.end_of(text, at)
        written = text[found.start(1) : at]
        if not _ENDS_TAG.search(written):
            kept.append((-1 if lists else found.start(1), " ".join(written.split())))
    if not lists:
        return "", ended.end()
    page = _Page(text, begins.start())
    page.write(f"<div></div><{begins['name']}")  # a tag that HTML knows begins a block, whatever follows on its line
    for start, written in kept:
        page.down_to(start, filler="_")
        page.write(f" {written}")
    page.write(">")
    for value in lists:
        page.table(value, ended.end())
    page.down_to(ended.end())
    page.write(f"</{begins['name']}>" if ended[1] else "")
    return page.html, ended.end()


def _over_space(text: str, at: int) -> int:
    while text[at : at + 1].isspace():
        at += 1
    return at


class _Page:
    """HTML that is written down the lines of a source text."""

    def __init__(self, text: str, at: int) -> None:
        self._text, self._at = text, at
        self._parts: list[str] = []

    @property
    def html(self) -> str:
        return "".join(self._parts)

    def write(self, html: str) -> None:
        self._parts.append(html)

    def down_to(self, at: int, filler: str = "<wbr>") -> None:
        """On to the line of a place, with no line left empty: that would end the block of HTML."""
        if at > self._at:
            self._parts.append(f"\n{filler}" * self._text.count("\n", self._at, at))
            self._at = at

    def table(self, value: Literal | None, end: int) -> None:
        """A list of objects or of lists, an object of objects, or one object as a table with a row for each.

        Raises NotReadError at `end` where it would be nearly empty.
        """
        rows = [dict(_cells(one)) for one in _objects(value)]
        columns = list(dict.fromkeys(name for row in rows for name in row))
        if not columns:
            return
        if len(rows) * len(columns) > _EMPTY * sum(map(len, rows)) + _SMALL:
            raise NotReadError(end)
        self.down_to(min((text.start for text in rows[0].get(columns[0], [])), default=-1))
        self.write("<table>")
        if not columns[0].isdecimal():
            self.write("<tr>" + "".join(f"<th>{_escaped(name)}</th>" for name in columns) + "</tr>")
        for row in rows:
            self.write("<tr>")
            for name in columns:
                self.write("<td>")
                for number, text in enumerate(row.get(name, [])):
                    self.write("<br>" if number else "")
                    self.down_to(text.start)
                    self.write(_escaped(text.words))
                self.write("</td>")
            self.write("</tr>")
        self.write("</table>")


def _objects(value: Literal | None) -> list[Mapping[str, Literal]]:
    if isinstance(value, list):
        return [one if isinstance(one, dict) else _listed(one) for one in value]
    if not isinstance(value, dict):
        return []
    inner = {name: one for name, one in value.items() if isinstance(one, dict)}
    if inner and len(inner) == len(value):
        return [{"name": TextLiteral(_words(name), -1), **one} for name, one in inner.items()]
    shown = {name: one for name, one in value.items() if name.lower() not in _UNSEEN}
    first = next(iter(shown.values()), None)
    if (
        len(shown) > 1 and isinstance(first, TextLiteral) and any(map(str.isdigit, first.words))
    ):  # no name: keys name values
        return [_listed([TextLiteral(_words(name), -1), one]) for name, one in shown.items()]
    return [value]


def _listed(one: Literal) -> dict[str, Literal]:
    """A row without names for its columns: of a list of lists, or of texts."""
    return {str(at): cell for at, cell in enumerate(one if isinstance(one, list) else [one])}


def _cells(one: Mapping[str, Literal], before: str = "") -> Iterator[tuple[str, list[TextLiteral]]]:
    """The columns of an object with their texts; an object within it has columns named by both."""
    for key, value in one.items():
        if key.lower() in _UNSEEN:
            continue
        name = f"{before} {_words(key)}".strip()
        if isinstance(value, dict):
            yield from _cells(value, name)
            continue
        texts = [text for text in (value if isinstance(value, list) else [value]) if isinstance(text, TextLiteral)]
        if texts and not all(_ADDRESS.fullmatch(text.words) for text in texts):
            yield name, texts


def _words(key: str) -> str:
    """'monthlyPrice' as people say it."""
    return _CAMEL.sub(" ", key).lower()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
