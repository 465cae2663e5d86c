"""Markdown as authors keep it, made plain: what a site generator would replace or hide is taken out.

Every change keeps the line breaks, so that lines of the result are lines of the source.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from drift.engine.reading.components import with_exported
from drift.engine.reading.objects import as_tables
from drift.engine.reading.text import Lines, fold_lines, line_mark

_LONGEST_TAG = 2_000  # a longer stretch between the braces of a template tag is no tag
_FRONT = re.compile(r"\A\s*?(---|\+\+\+)[ \t]*\n")
_KEY = re.compile(r"""["']?(?P<key>[A-Za-z][\w-]*)["']?\s*[:=]\s*(?P<value>.*)""")

_BLOCK = re.compile(r"(?:[>|][+-]?)?")

_ATTRIBUTE_LIST = re.compile(r"\{::?[^{}\n]{0,300}\}|^\[(?:TOC|_TOC_)\][ \t]*$", re.MULTILINE)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,60}\]:?")
_WIKI_LINK = re.compile(r"(!?)\[\[([^\[\]|\n]{1,200})(?:\|([^\[\]\n]{1,200}))?\]\]")
_CALLOUT = re.compile(r"^([ \t]*(?:>[ \t]?)+)\[![\w-]{1,30}\][+-]?[ \t]*([^\n]*)$", re.MULTILINE)
_FENCED_NOTE = re.compile(r"^([ \t]*):::+[ \t]*[\w-]*(?:\{[^{}\n]*\})?[ \t]*\[?([^\]\n]*)\]?[ \t]*$", re.MULTILINE)
_ADMONITION = re.compile(
    r'^([ \t]*)(?:(?:!!!|\?\?\?\+?)[ \t]+[\w -]{1,40}(?:"([^"\n]*)")?|===!?\+?[ \t]+"([^"\n]*)")[ \t]*$', re.MULTILINE
)
_MODULE = re.compile(
    r"^(?:import[ \t][^\n]{0,300}?[ \t]from[ \t]+['\"][^\n]*|import[ \t]+['\"][^\n]*['\"];?"
    r"|export[ \t]+(?:default|const|let|function)\b[^\n]*)$",
    re.MULTILINE,
)
_HIGHLIGHT = re.compile(r"==(?=\S)([^=\n]{1,500}?)(?<=\S)==")
_BLOCK_NAME = re.compile(r"[ \t]\^[A-Za-z][\w-]{0,60}[ \t]*$", re.MULTILINE)  # an anchor that notes put behind a block
_TASK = re.compile(r"^([ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+)\[[ xX]\][ \t]", re.MULTILINE)


@dataclass(slots=True)
class FrontMatter:
    """The fields at the head of a Markdown file, with marks for the lines they stand on. Names are lower case."""

    fields: dict[str, str] = field(default_factory=dict)

    def get(self, *names: str) -> tuple[str | None, Lines]:
        """The first of these fields that is given, and its line."""
        for name in names:
            if name in self.fields:
                return fold_lines(self.fields[name])
        return None, ()


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """The front matter of a Markdown text (YAML or TOML, flat fields only), and the text with blank lines for it."""
    front = FrontMatter()
    match = _FRONT.match(text)
    if match is None:
        return front, text
    fence = match[1]
    end = text.find(f"\n{fence}", match.end() - 1)
    if end < 0:
        return front, text
    close = text.find("\n", end + 1)
    close = len(text) if close < 0 else close
    if text[end + 1 : close].strip() != fence:
        return front, text
    first = text.count("\n", 0, match.end()) + 1
    lines = text[match.end() : end].split("\n")
    if not any(_KEY.match(line) for line in lines):
        return front, text
    _read_fields(front, lines, first)
    return front, "\n" * text.count("\n", 0, close) + text[close:]


def _read_fields(front: FrontMatter, lines: list[str], first: int) -> None:
    for index, line in enumerate(lines):
        match = _KEY.match(line)
        if match is None:
            continue
        value = match["value"].strip()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        value = _block_of(lines, index + 1, first) if _BLOCK.fullmatch(value) else line_mark(first + index) + value
        if value:
            front.fields.setdefault(match["key"].lower(), value)


def _block_of(lines: list[str], start: int, first: int) -> str:
    """The indented lines of a block value; a list of values has no text."""
    inner: list[str] = []
    for index in range(start, len(lines)):
        line = lines[index]
        if line.strip() and not line.startswith((" ", "\t")):
            break
        if line.lstrip().startswith("- "):
            return ""
        if line.strip():
            inner.append(line_mark(first + index) + line.strip())
    return "\n".join(inner)


def plain_markdown(text: str) -> str:
    """Markdown without template tags, comments, attribute lists and the marks of notes; line breaks are kept."""
    text = cut(text, "<!--", "-->", len(text), lambda _: "")
    if "{" in text:
        text = as_tables(cut(text, "{/*", "*/}", len(text), lambda _: ""))
        text = _without_comments(text)
        text = cut(text, "{%", "%}", _LONGEST_TAG, _unless_paragraphs)
        text = cut(text, "{{", "}}", _LONGEST_TAG, _unless_paragraphs)
    text = cut(text, "%%", "%%", _LONGEST_TAG, lambda _: "")  # a comment of note-taking programs
    text = _ATTRIBUTE_LIST.sub("", text)
    if "==" in text:
        text = _HIGHLIGHT.sub(r"\1", text)
    if "^" in text:
        text = _BLOCK_NAME.sub("", text)
    if "[" in text:
        text = _FOOTNOTE.sub("", text)
        text = _WIKI_LINK.sub(lambda link: "" if link[1] else (link[3] or link[2]), text)
        text = _CALLOUT.sub(lambda note: note[1] + (f"**{note[2].strip()}**\\" if note[2].strip() else ""), text)
        text = _TASK.sub(r"\1", text)
    if ":::" in text:
        text = _FENCED_NOTE.sub(r"\1\2", text)
    text = _ADMONITION.sub(lambda note: note[1] + (note[2] or note[3] or ""), text)
    return _MODULE.sub("", with_exported(text) if "export" in text else text)


def without_template_tags(text: str) -> str:
    """HTML as a template keeps it, without the tags that only steer: those that hold no digit, no markup and no prose.

    A tag with one may hold what customers read ('{% for band, price in [("1 to 160", "2 pence")] %}') and stays; on a
    page as it is served, so may any braces.
    """
    if _TAG.search(text) is None:
        return text
    for opening, closing in (("{#", "#}"), ("{%", "%}"), ("{{", "}}")):
        if opening in text and closing in text:
            text = cut(text, opening, closing, _LONGEST_TAG, _unless_steering)
    return text


_TAG = re.compile(r"\{[#%{]")  # a page full of braces is searched once, five times as fast as for each mark apart


def _unless_steering(tag: str) -> str:
    if tag.startswith("{#"):
        return tag if _MARKUP.search(tag) else ""
    return tag if any(map(str.isdecimal, tag)) or _MARKUP.search(tag) or _prose(tag) else ""


_MARKUP = re.compile(r"</?[a-zA-Z]")
# Words side by side, which expressions hold only as names and operators between filters, calls and comparisons.
_PROSE = re.compile(r"(?:[^\W\d_]{1,30}[ \n]{1,9}){4}[^\W\d_]")
_PARAGRAPH = re.compile(r"\n[ \t]*\n")


def _prose(tag: str) -> bool:
    return tag.startswith("{{") and _PROSE.search(tag) is not None


def _unless_paragraphs(tag: str) -> str:
    """No tag of a template reaches over the end of a paragraph: braces so far apart stand in what authors wrote."""
    return tag if _PARAGRAPH.search(tag) else ""


def cut(text: str, opening: str, closing: str, longest: int, replace: Callable[[str], str]) -> str:
    """`text` with every stretch from `opening` to `closing` replaced, its line breaks kept.

    What is never closed, or only after `longest` characters, stays. Takes time in proportion to the text.
    """
    parts: list[str] = []
    at = 0
    start = text.find(opening)
    while start >= 0:
        end = text.find(closing, start + len(opening))
        if end < 0:
            break
        if end - start > longest:
            following = start + len(opening)
        else:
            following = end + len(closing)
            parts += (text[at:start], replace(text[start:following]), "\n" * text.count("\n", start, following))
            at = following
        start = text.find(opening, following)
    parts.append(text[at:])
    return "".join(parts)


_COMMENT_TAG = re.compile(r"\{%-?\s{0,9}(end)?comment\s{0,9}-?%\}")


def _without_comments(text: str) -> str:
    """Without what stands between the tags of a template comment."""
    parts: list[str] = []
    at = 0
    opened: int | None = None
    for tag in _COMMENT_TAG.finditer(text):
        if tag[1] is None:
            opened = tag.start() if opened is None else opened
        elif opened is not None:
            parts += (text[at:opened], "\n" * text.count("\n", opened, tag.end()))
            at, opened = tag.end(), None
    parts.append(text[at:])
    return "".join(parts)
