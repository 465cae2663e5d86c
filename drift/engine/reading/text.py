"""Text as a reader sees it: white space folded, hard breaks kept, marks taken out.

Readers collect raw pieces and fold them once. Two kinds of mark may stand between the pieces: `BREAK`, a hard line
break, and a line mark made by `line_mark`, which says on which source line the text after it stands. Both are
Unicode noncharacters, which no text may hold in interchange; `scrub` takes them out of what comes from outside.
"""

from __future__ import annotations

import re

Lines = tuple[tuple[int, int], ...]

BREAK = "\ufdd2"
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_REFERENCES = re.compile("&#(?:[xX]0*[fF][dD]{2}[0-2]|0*6497[678]);?")  # to marks
_LINE_MARK = re.compile(f" ?{_OPEN}(\\d{{1,9}}){_CLOSE} ?")
_BROKEN = re.compile(f" ?(?:{BREAK} ?)+")
# A line break inside a value, which a narrow column is broken by: '30' / 'days', '$' / '99', '99' / '%'. A line that
# begins with a label and its own value ('pears 7', 'prepaid: 30') goes on with nothing, nor does 'or'.
_INSIDE_VALUE = re.compile(
    r"(?<=[0-9½]) ?\n(?=(?:[^\W\d_A-Z][^\W\d_]{2,}|[A-Z]{2,3})(?![^\W\d_]|\s?[\d:=]))"
    r"|(?<=[$€£¥]) ?\n(?=\d)|(?<=\d)\n(?=[%€£](?!\d))"
)
# soft hyphens, zero-width spaces and joiners, direction marks, word joiners, byte order marks
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


def scrub(text: str) -> str:
    """`text` without the characters the reader keeps for its own marks, and without NUL."""
    for mark in ("\0", _OPEN, _CLOSE, BREAK):  # looking for each is ten times as fast as a set of characters
        if mark in text:
            text = text.replace(mark, "")
    return _REFERENCES.sub("", text) if "&#" in text else text


def line_mark(line: int) -> str:
    """A mark saying that the text after it stands on a 1-based source line."""
    return f"{_OPEN}{line}{_CLOSE}"


def last_line(raw: str) -> int | None:
    """The source line that the last mark in a text gives, None if it holds none."""
    start = raw.rfind(_OPEN)
    return int(raw[start + 1 : raw.index(_CLOSE, start)]) if start >= 0 else None


def fold(raw: str) -> str:
    """`raw` as one block of visible text, marks taken out."""
    return fold_lines(raw)[0]


def fold_lines(raw: str) -> tuple[str, Lines]:
    """`raw` as one block of visible text, and where its source lines begin in it (empty where it holds no marks)."""
    if raw.isascii():
        return " ".join(raw.split()), ()
    text = " ".join(_UNSEEN.sub("", raw).split())
    broken = BREAK in text
    if broken:
        text = _BROKEN.sub("\n", text)
    text, lines = (text.strip(), ()) if _OPEN not in text else _take_marks(text.strip())
    return (_INSIDE_VALUE.sub(_one_space, text) if broken else text), lines


def _one_space(found: re.Match[str]) -> str:
    return " " * len(found.group())  # as long as what it replaces, so that lines stay where they are


def _take_marks(text: str) -> tuple[str, Lines]:
    """Split `text` at its line marks, so that each mark becomes an offset."""
    parts: list[str] = []
    lines: list[tuple[int, int]] = []
    length = at = 0
    for mark in _LINE_MARK.finditer(text):
        length += _add(parts, text[at : mark.start()])
        if parts and " " in (mark.group()[0], mark.group()[-1]):
            length += _add(parts, " ")
        if lines and lines[-1][0] == length:
            lines.pop()
        lines.append((length, int(mark.group(1))))
        at = mark.end()
    _add(parts, text[at:])
    return _trim("".join(parts), lines)


def _add(parts: list[str], piece: str) -> int:
    """Append a piece so that white space stays one space or one line break; gives by how much the text grew."""
    if parts and parts[-1] == " " and piece.startswith("\n"):
        parts[-1] = piece
        return len(piece) - 1
    if parts and parts[-1][-1] in " \n":
        piece = piece.lstrip()
    if piece:
        parts.append(piece)
    return len(piece)


def _trim(text: str, lines: list[tuple[int, int]]) -> tuple[str, Lines]:
    """Strip `text`, moving the offsets with it."""
    lead = len(text) - len(text.lstrip())
    text = text.strip()
    moved: list[tuple[int, int]] = []
    for offset, line in lines:
        offset = max(0, offset - lead)
        if moved and moved[-1][0] == offset:
            moved.pop()
        if offset < len(text):
            moved.append((offset, line))
    return text, tuple(moved)
