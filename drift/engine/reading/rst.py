"""reStructuredText, rendered to HTML that remembers its source lines, then read as Markdown is.

Every directive that is not known is a block with its text in it: what a site generator would make of it is not known,
and leaving it out would be silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from drift.engine.reading import rst_tables
from drift.engine.reading.rst_inline import escaped, html
from drift.engine.reading.rst_tables import GRID_RULE, SIMPLE_RULE, Line
from drift.engine.reading.text import line_mark

DEEPEST = 30  # levels of indented blocks: real documents have up to 6
_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1+[ \t]*")
_LEAST_ADORNMENT = 3
_BULLET = re.compile(r"[-*+•‣⁃](?:[ \t]+|$)")
_NUMBER = re.compile(
    r"(?:\(?(?:\d{1,4}|#|[A-Za-z]|[ivxlcdm]{1,7}|[IVXLCDM]{1,7})\)|(?:\d{1,4}|#|[A-Za-z]|[ivxlcdm]{1,7})\.)[ \t]+(?=\S)"
)
_EXPLICIT = re.compile(r"\.\.(?:[ \t]+|$)")
_DIRECTIVE = re.compile(
    r"(?:\|(?P<substitution>[^|]+)\|[ \t]+)?(?P<name>[A-Za-z][\w:.+-]*)::(?:[ \t]+(?P<argument>.*)|$)"
)
_TARGET = re.compile(r"_(?P<name>`[^`]+`|[^:`]+):(?:[ \t]+.*)?$")
_NOTE = re.compile(r"\[(?:\d+|\#[\w-]*|\*|[A-Za-z][\w.-]*)\][ \t]*(?P<text>.*)")
_FIELD = re.compile(r":(?P<name>[^:\s](?:[^:\n]*[^:\s])?):(?:[ \t]+(?P<text>.*)|$)")
_KNOWN_CODE = """
    code code-block sourcecode highlight literalinclude math parsed-literal doctest testcode testoutput prompt
"""
_KNOWN_UNREAD = "toctree index meta contents include raw role default-role sectnum rst-class class image"
_FOR_GENERATORS = frozenset(("orphan", "tocdepth", "nocomments", "nosearch", "no-search"))
_CODE, _UNREAD = frozenset(_KNOWN_CODE.split()), frozenset(_KNOWN_UNREAD.split())


def render(text: str) -> str:
    """The HTML of a text, well formed, with a line mark before every line of text."""
    lines = [(number, line.expandtabs(8).rstrip()) for number, line in enumerate(text.split("\n"), start=1)]
    return _Renderer(lines).document()


class _Renderer:
    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        self._styles: list[tuple[str, bool]] = []  # of headings, in the order in which they were met
        self._substitutions = dict(_substitutions(lines))

    def document(self) -> str:
        return self._blocks(self._lines, 0)

    def _blocks(self, lines: list[Line], depth: int) -> str:
        parts: list[str] = []
        at = 0
        while at < len(lines):
            if not lines[at][1]:
                at += 1
                continue
            at, part = self._block(lines, at, depth)
            parts.append(part)
        return "".join(parts)

    def _block(self, lines: list[Line], at: int, depth: int) -> tuple[int, str]:
        """The block that begins at a line that is not blank: where the next begins, and its HTML."""
        text = lines[at][1]
        if depth >= DEEPEST:
            return len(lines), self._paragraph([(number, line.strip()) for number, line in lines[at:] if line])
        if text[0] == " ":
            end = _indented_end(lines, at)
            return end, f"<blockquote>{self._blocks(_dedented(lines[at:end]), depth + 1)}</blockquote>"
        if (heading := self._heading(lines, at)) is not None:
            return heading
        if GRID_RULE.fullmatch(text):
            end = _while(lines, at, lambda line: line[:1] in ("+", "|"))
            return end, rst_tables.grid(lines[at:end], lambda cell: self._blocks(cell, depth + 1))
        if SIMPLE_RULE.fullmatch(text):
            end = _simple_end(lines, at)
            return end, rst_tables.simple(lines[at:end], lambda cell: self._blocks(cell, depth + 1))
        if _EXPLICIT.match(text):
            return self._explicit(lines, at, depth)
        for mark, name in ((_BULLET, "ul"), (_NUMBER, "ol")):
            if mark.match(text):
                return self._list(lines, at, depth, mark, name)
        if _FIELD.match(text):
            return self._fields(lines, at, depth)
        if text.startswith("| "):
            end = _while(lines, at, lambda line: line.startswith(("|", " ")) and line != "")
            return end, f"<p>{'<br>'.join(self._inline([(n, line.lstrip('| '))]) for n, line in lines[at:end])}</p>"
        if text.startswith(("__ ", ">>>")):
            end = _while(lines, at, bool)
            return end, _code(lines[at:end]) if text.startswith(">>>") else ""
        return self._text(lines, at, depth)

    def _heading(self, lines: list[Line], at: int) -> tuple[int, str] | None:
        over = _ADORNMENT.fullmatch(lines[at][1]) is not None and not _is_table(lines[at][1])
        title = lines[at + over] if at + over < len(lines) else (0, "")
        under = lines[at + over + 1][1] if at + over + 1 < len(lines) else ""
        if over and not title[1]:
            return (at + 1, "<hr>") if len(lines[at][1]) > _LEAST_ADORNMENT else None
        if not title[1].strip() or not _ADORNMENT.fullmatch(under) or (title[1][0] == " " and not over):
            return None
        if len(under) < min(len(title[1].strip()), _LEAST_ADORNMENT) or (over and under[0] != lines[at][1][0]):
            return None
        style = under[0], over
        if style not in self._styles:
            self._styles.append(style)
        level = min(6, self._styles.index(style) + 1)
        return at + over + 2, f"<h{level}>{self._inline([(title[0], title[1].strip())])}</h{level}>"

    def _explicit(self, lines: list[Line], at: int, depth: int) -> tuple[int, str]:
        number, text = lines[at]
        rest = _EXPLICIT.sub("", text, count=1)
        end = _indented_end(lines, at + 1)
        inner = _dedented(lines[at + 1 : end])
        if (target := _TARGET.match(rest)) is not None:
            return end, f'<a id="{escaped(target["name"].strip("`"))}"></a>'
        if (note := _NOTE.match(rest)) is not None:
            return end, self._blocks([(number, note["text"]), *inner], depth + 1)
        directive = _DIRECTIVE.match(rest)
        if directive is None or directive["substitution"]:
            return end, ""
        return end, self._directive(directive["name"], (number, directive["argument"] or ""), inner, depth)

    def _directive(self, name: str, argument: Line, inner: list[Line], depth: int) -> str:
        options, content = _options(inner)
        if name in _CODE:
            return _code([argument, *content] if name == "math" else content)
        if name in _UNREAD:
            _, alt = options.get("alt", (0, ""))
            return f'<img alt="{escaped(alt)}">' if alt else ""
        if name == "list-table":
            return self._list_table(argument, options, content, depth)
        if name == "csv-table":
            return self._csv_table(argument, options, content, depth)
        said = [argument] if argument[1] and name != "figure" else []
        title = f"<p><strong>{self._inline(said)}</strong></p>" if said and content and name != "table" else ""
        if said and not title:
            title = f"<p>{self._inline(said)}</p>"
        return f"<div>{title}{self._blocks(content, depth + 1)}</div>"

    def _list_table(self, caption: Line, options: dict[str, Line], content: list[Line], depth: int) -> str:
        rows = [_items(row) for row in _items(content)]
        heads = _heads(options)
        before = f"<p>{self._inline([caption])}</p>" if caption[1] else ""
        return before + rst_tables.listed(rows, heads, lambda cell: self._blocks(cell, depth + 1))

    def _csv_table(self, caption: Line, options: dict[str, Line], content: list[Line], depth: int) -> str:
        rows = [
            [[(number, cell.strip().strip('"'))] for cell in _CELL.findall(text)] for number, text in content if text
        ]
        heads = _heads(options)
        if "header" in options:
            number, header = options["header"]
            rows.insert(0, [[(number, cell.strip().strip('"'))] for cell in _CELL.findall(header)])
            heads = 1
        before = f"<p>{self._inline([caption])}</p>" if caption[1] else ""
        return before + rst_tables.listed(rows, heads, lambda cell: self._blocks(cell, depth + 1))

    def _list(self, lines: list[Line], at: int, depth: int, mark: re.Pattern[str], name: str) -> tuple[int, str]:
        parts = []
        while at < len(lines) and (found := mark.match(lines[at][1])):
            end = _indented_end(lines, at + 1)
            number, text = lines[at]
            item = [(number, text[found.end() :]), *_dedented(lines[at + 1 : end])]
            parts.append(f"<li>{self._blocks(item, depth + 1)}</li>")
            at = _next(lines, end)
        return at, f"<{name}>{''.join(parts)}</{name}>"

    def _fields(self, lines: list[Line], at: int, depth: int) -> tuple[int, str]:
        parts = []
        while at < len(lines) and (found := _FIELD.match(lines[at][1])):
            end = _indented_end(lines, at + 1)
            number = lines[at][0]
            if found["name"] in _FOR_GENERATORS:
                at = _next(lines, end)
                continue
            value = [(number, found["text"] or ""), *_dedented(lines[at + 1 : end])]
            parts.append(f"<dt>{self._inline([(number, found['name'])])}</dt><dd>{self._blocks(value, depth + 1)}</dd>")
            at = _next(lines, end)
        return at, f"<dl>{''.join(parts)}</dl>" if parts else ""

    def _text(self, lines: list[Line], at: int, depth: int) -> tuple[int, str]:
        """A paragraph, a definition, or a paragraph before a literal block."""
        end = _while(lines, at, lambda line: line != "" and line[0] != " ")
        if end == at + 1 and end < len(lines) and lines[end][1][:1] == " ":
            body = _indented_end(lines, end)
            term = self._inline([lines[at]])
            inner = self._blocks(_dedented(lines[end:body]), depth + 1)
            return body, f"<dl><dt>{term}</dt><dd>{inner}</dd></dl>"
        block = lines[at:end]
        number, last = block[-1]
        if not last.endswith("::"):
            return end, self._paragraph(block)
        block[-1] = number, last[:-2].rstrip() if last[:-2].endswith(" ") or last == "::" else last[:-1]
        literal = _next(lines, end)
        stop = _indented_end(lines, literal) if literal < len(lines) else literal
        return max(end, stop), self._paragraph(block) + _code(_dedented(lines[literal:stop]))

    def _paragraph(self, lines: list[Line]) -> str:
        return f"<p>{self._inline(lines)}</p>" if any(text for _, text in lines) else ""

    def _inline(self, lines: list[Line]) -> str:
        """Lines of running text. Marks go in before the markup is read: it may reach over the end of a line."""
        return html("\n".join(line_mark(number) + text for number, text in lines), self._substitutions)


_CELL = re.compile(r'"(?:[^"]|"")*"|[^,"]+')


def _substitutions(lines: list[Line]) -> Iterator[tuple[str, str]]:
    for _, text in lines:
        if text.startswith(".. |") and (found := _DIRECTIVE.match(text[3:])) and found["name"] == "replace":
            yield found["substitution"], found["argument"] or ""


def _options(inner: list[Line]) -> tuple[dict[str, Line], list[Line]]:
    """The options at the head of a directive's block, and the content after them."""
    options: dict[str, Line] = {}
    at = 0
    while at < len(inner) and (found := _FIELD.match(inner[at][1])):
        options[found["name"]] = inner[at][0], found["text"] or ""
        at += 1
    return options, inner[at:]


def _heads(options: dict[str, Line]) -> int:
    """How many rows of a table are headers."""
    _, told = options.get("header-rows", (0, ""))
    return int(told) if told.isdecimal() and len(told) < 4 else 0


def _items(lines: list[Line]) -> list[list[Line]]:
    """The items of a bullet list, each without its bullet."""
    items: list[list[Line]] = []
    at = _next(lines, 0)
    while at < len(lines) and (found := _BULLET.match(lines[at][1])):
        end = _indented_end(lines, at + 1)
        number, text = lines[at]
        rest = lines[at + 1 : end]
        items.append([(number, text[found.end() :]), *((n, line[found.end() :]) for n, line in rest)])
        at = _next(lines, end)
    return items


def _is_table(text: str) -> bool:
    return GRID_RULE.fullmatch(text) is not None or SIMPLE_RULE.fullmatch(text) is not None


def _while(lines: list[Line], at: int, holds: Callable[[str], object]) -> int:
    while at < len(lines) and holds(lines[at][1]):
        at += 1
    return at


def _next(lines: list[Line], at: int) -> int:
    """The next line that is not blank."""
    return _while(lines, at, lambda line: not line)


def _indented_end(lines: list[Line], at: int) -> int:
    """Where the indented or blank lines from `at` on end, blank ones at their end left out."""
    end = last = at
    while end < len(lines) and (not lines[end][1] or lines[end][1][0] == " "):
        end += 1
        if lines[end - 1][1]:
            last = end
    return last


def _simple_end(lines: list[Line], at: int) -> int:
    """Where a simple table ends: behind a rule that is followed by a blank line, or by nothing."""
    for end in range(at + 1, len(lines)):
        if SIMPLE_RULE.fullmatch(lines[end][1]) and (end + 1 == len(lines) or not lines[end + 1][1]):
            return end + 1
    return len(lines)


def _dedented(lines: list[Line]) -> list[Line]:
    margin = min((len(text) - len(text.lstrip()) for _, text in lines if text), default=0)
    return [(number, text[margin:]) for number, text in lines]


def _code(lines: list[Line]) -> str:
    text = "\n".join(line_mark(number) + escaped(line) for number, line in lines if line)
    return f'<pre class="code">{text}</pre>' if text else ""
