"""Markdown: rendered to HTML that remembers its source lines, then read as HTML is.

One reader for both keeps raw HTML inside Markdown (tables, `<details>`, components) in its place among the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from markdown_it import MarkdownIt, rules_inline
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from drift.engine.reading import components
from drift.engine.reading import vocabulary as v
from drift.engine.reading.text import fold, last_line, line_mark
from drift.model.errors import BlindReason, ReadingError

# Deeper nesting of lists and quotes would need more of Python's stack than there is: such a text is read as plain.
DEEPEST = 60
# The parser's time for brackets grows with their square (80 ms for 2,000 unmatched ones). Real paragraphs have up to
# 60 kB, 300 links and 3 unmatched brackets; what has more is read without its inline markup.
LONGEST_INLINE = 500_000
MOST_BRACKETS = 2_000
MOST_UNMATCHED = 50
# Every block, cell, line and mark of emphasis may become nodes of a tree. They are weighed before the parser sees any:
# 39,000 items or 24,000 rows, just below the limit, are read in 8 s of CPU and 100 MB (docs/decisions/0022).
MOST_NODES = 200_000
_OF_A_BLOCK, _OF_A_CELL = 4, 2
_MARKS = "[<*_`~&\\\n"
_BLOCK = re.compile(r"^[ \t>]*(?:[-+*#]|\d{1,9}[.)])|\n[ \t]*(?=\n)", re.MULTILINE)

_NEARBY = 20  # inline tokens looked back at
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9.-]*)([^<>]*)>")
_SWALLOWING = v.JUNK | {"title", "xmp", "plaintext", "head"}
_HEADING_ID = re.compile(r"[ \t]*\{#([\w.:-]{1,200})[^{}\n]*\}[ \t]*$")
_NOT_IN_SLUG = re.compile(r"[^\w\- ]")

InlineRule = Callable[[StateInline, bool], bool]


class Rendered(NamedTuple):
    """The HTML of a Markdown text; well formed where the text holds no HTML of its own."""

    html: str
    well_formed: bool


def render(text: str) -> Rendered | None:
    """The HTML of a Markdown text with a line mark wherever text begins or a source line ends.

    None if it is nested too deep to be told from hostile input. Raises ReadingError (TOO_LARGE).
    """
    nodes = sum(map(text.count, _MARKS)) + _OF_A_CELL * text.count("|")
    nodes += _OF_A_BLOCK * sum(1 for _ in _BLOCK.finditer(text))
    if nodes > MOST_NODES:
        detail = f"blocks, cells and marks of Markdown that weigh {nodes:,}; at most {MOST_NODES:,} are read"
        raise ReadingError(BlindReason.TOO_LARGE, detail)
    parser = _parser()
    tokens = parser.parse(text)
    if any(token.level >= DEEPEST - 1 for token in tokens):
        return None
    _name_headings(tokens)
    html = str(parser.renderer.render(tokens, parser.options, {}))
    if any(map(_is_html, tokens)):
        return Rendered(_without_swallowing(html), well_formed=False)
    return Rendered(html, well_formed=True)


def _is_html(token: Token) -> bool:
    return token.type in ("html_block", "html_inline") or any(map(_is_html, token.children or ()))


@cache
def _parser() -> MarkdownIt:
    """CommonMark with GitHub's tables and strikethrough.

    Text indented by four spaces is text, not code: in exported and legal documents it is the continuation of a list.
    """
    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable(["table", "strikethrough"]).disable("code")
    parser.core.ruler.at("inline", _inline_with_lines)
    rules: dict[str, InlineRule] = {
        "newline": rules_inline.newline,
        "escape": rules_inline.escape,
        "backticks": rules_inline.backtick,
        "link": rules_inline.link,
        "image": rules_inline.image,
        "html_inline": rules_inline.html_inline,
    }
    for name, rule in rules.items():
        parser.inline.ruler.at(name, _marking(rule, always=name == "html_inline"))
    parser.add_render_rule("html_block", _render_html_block)
    parser.add_render_rule("html_inline", _render_html_inline)
    parser.add_render_rule("fence", _render_fence)
    return parser


def _inline_with_lines(state: StateCore) -> None:
    """Parse the inline content of every block, telling the rules on which source line it begins."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        first = token.map[0] + 1 if token.map else 1
        children = [Token("text", "", 0, content=line_mark(first))]
        if _hostile(token.content):
            lines = token.content.split("\n")
            text = "\n".join(line_mark(first + number) + line for number, line in enumerate(lines))
            children.append(Token("text", "", 0, content=text))
        else:
            state.md.inline.parse(token.content, state.md, {**state.env, "first_line": first}, children)
        token.children = children


def _hostile(content: str) -> bool:
    opened = content.count("[")
    unmatched = opened - content.count("]")
    return len(content) > LONGEST_INLINE or opened > MOST_BRACKETS or unmatched > MOST_UNMATCHED


def _marking(rule: InlineRule, *, always: bool) -> InlineRule:
    """An inline rule that leaves a line mark behind whatever it consumed with a line break in it.

    Behind a raw tag always: it may begin a block of its own.
    """

    def marked(state: StateInline, silent: bool) -> bool:
        start = state.pos
        if not rule(state, silent):
            return False
        if not silent and (always or "\n" in state.src[start : state.pos]):
            state.pending += line_mark(_line(state))
        return True

    return marked


def _line(state: StateInline) -> int:
    """The source line at the parser's position, counted on from where it was counted last."""
    first = int(state.env["first_line"])
    source, position, line = state.env.get("counted", (None, 0, first))
    if source is not state.src or position > state.pos:
        position, line = 0, first
    line += state.src.count("\n", position, state.pos)
    state.env["counted"] = (state.src, state.pos, line)
    return int(line)


def _name_headings(tokens: list[Token]) -> None:
    """Give headings the ids that sites make of them: the one written, or the words joined by hyphens."""
    seen: dict[str, int] = {}
    for opening, inline in pairwise(tokens):
        if opening.type != "heading_open" or not inline.children:
            continue
        last = inline.children[-1]
        written = _HEADING_ID.search(last.content) if last.type == "text" else None
        if written:
            last.content = last.content[: written.start()]
            slug = written[1]
        else:
            text = fold("".join(child.content for child in inline.children if child.type in ("text", "code_inline")))
            slug = _NOT_IN_SLUG.sub("", text.lower()).strip().replace(" ", "-")
        count = seen.get(slug, 0)
        seen[slug] = count + 1
        opening.attrSet("id", f"{slug}-{count}" if count else slug)


def _render_html_block(_: object, tokens: list[Token], index: int, *__: object) -> str:
    token = tokens[index]
    return _mark_lines(token.content, token.map[0] + 1 if token.map else 1)


def _mark_lines(html: str, line: int) -> str:
    """Raw HTML with a line mark before every stretch of text and after every line break between its tags."""
    parts: list[str] = []
    at = 0
    for tag in _TAG.finditer(html):
        line = _mark_text(parts, html[at : tag.start()], line)
        parts.append(components.in_block(tag.group(), line))
        line += tag.group().count("\n")
        at = tag.end()
    _mark_text(parts, html[at:], line)
    return "".join(parts)


def _mark_text(parts: list[str], text: str, line: int) -> int:
    for number, piece in enumerate(text.replace("<!--", "&lt;!--").split("\n")):
        if number:
            parts.append("\n")
        parts.append(line_mark(line + number) + piece if piece.strip() else piece)
    return line + text.count("\n")


def _render_html_inline(_: object, tokens: list[Token], index: int, *__: object) -> str:
    """An inline tag; a component's or a placeholder's tag goes, and what it says stays in the sentence."""
    content = tokens[index].content
    tag = _TAG.match(content)
    if tag is None:
        return "" if content.startswith("<") else content
    return content if tag[2].lower() in v.KNOWN else components.in_sentence(content, _line_before(tokens, index))


def _line_before(tokens: list[Token], index: int) -> int:
    """The source line of an inline token, by the last mark before it."""
    marked = (token.content for token in reversed(tokens[max(0, index - _NEARBY) : index]))
    return next((line for content in marked if (line := last_line(content)) is not None), 1)


def _render_fence(_: object, tokens: list[Token], index: int, *__: object) -> str:
    token = tokens[index]
    first = token.map[0] + 2 if token.map else 1
    lines = token.content.rstrip("\n").split("\n")
    marked = (line_mark(first + number) + _escaped(line) for number, line in enumerate(lines))
    return '<pre class="code">' + "\n".join(marked) + "</pre>\n"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _without_swallowing(html: str) -> str:
    """Without the tags of unread elements that are opened but not closed: they would swallow the rest of the text."""
    balance: dict[str, int] = {}
    for tag in _TAG.finditer(html):
        name = tag[2].lower()
        if name in _SWALLOWING and not tag[3].endswith("/"):
            balance[name] = balance.get(name, 0) + (-1 if tag[1] else 1)
    unbalanced = {name for name, count in balance.items() if count}
    if not unbalanced:
        return html
    return _TAG.sub(lambda tag: "" if tag[2].lower() in unbalanced else tag.group(), html)
