"""The text of a YAML file: from bytes, and back to people where something is wrong in it."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import yaml

from drift.model.errors import InputError, Place, Problem

UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_COMMENT = re.compile(r"\s#")
_IN_QUOTES = """quotes around text that begins with '#': slack: "#unlock-team\""""
_BREAKS = re.compile("\r\n?")
_NO_BREAKS = re.compile("[\x85\u2028\u2029]")

_UNFIT = "this line does not fit the lines above it"
_UNFIT_ITEM = "this line does not fit the list above it"

# what libyaml or PyYAML's own parser says, with what it was doing where that tells; what helps; what is expected;
# whether the place to look at is where the construct began
_PLAINER: tuple[tuple[str, str, str | None, bool], ...] = (
    ("mapping values are not allowed", "a second ': ' on this line", "quotes around text that holds ': '", False),
    ("could not find expected ':'", "a line that is neither 'key: value' nor part of a list", None, False),
    ("block mapping: expected <block end>", _UNFIT, "the column of its neighbours", False),
    ("block collection: expected <block end>", _UNFIT_ITEM, "'- ' in the column of the list", False),
    ("expected key", _UNFIT, "the column of its neighbours", False),
    ("expected '-' indicator", _UNFIT_ITEM, "'- ' in the column of the list", False),
    ("expected ',' or '}'", "the '{' here is not closed", "',' or '}'", True),
    ("expected ',' or ']'", "the '[' here is not closed", "',' or ']'", True),
    ("found unexpected end of stream", "the quote here is not closed", "a closing quote", True),
    ("found unexpected document indicator", "the quote here is not closed", "a closing quote", True),
    ("a tab character where an indentation", "a tab in the indentation", "spaces", False),
    ("cannot start any token", "text cannot start with this character", "quotes around the text", False),
    ("expected alphabetic or numeric character", "'*' and '&' have a meaning in YAML", "quotes around the text", False),
    ("invalid Unicode character escape", "an escape here names no character", None, True),
    ("unknown escape character", "a backslash in this text escapes nothing", "'\\\\' for a backslash", True),
    ("node content", "a value is missing before this", "a value", False),
    ("<document start>", "text after the end of what the file holds", "nothing more", False),
    ("comment or line break", "'|' and '>' have a meaning in YAML", "quotes around the text", False),
    ("chomping or indentation", "'|' and '>' have a meaning in YAML", "quotes around the text", False),
    ("expected '>'", "tags ('!') are not read", "quotes around the text", False),
    ("the expected '>'", "tags ('!') are not read", "quotes around the text", False),
    ("directive", "lines with '%' are not read", "no such line", False),
    ("duplicate tag handle", "lines with '%' are not read", "no such line", False),
    ("incompatible YAML", "lines with '%' are not read", "no such line", False),
    ("version number", "lines with '%' are not read", "no such line", False),
    ("found undefined tag handle", "tags ('!') are not read", "quotes around the text", False),
)


def decode(body: bytes, file: str) -> str:
    """The text of a file, with line ends as '\\n'. Raises InputError where it is no printable UTF-8."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError([Problem(Place(file, 1, 1), "encoded as UTF-16", "a file saved as UTF-8")])
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = _place_after(body[: error.start].decode("utf-8-sig", "replace"), file)
        message = f"byte 0x{body[error.start]:02x} is not UTF-8"
        raise InputError([Problem(place, message, "a file saved as UTF-8")]) from error
    unprintable = UNPRINTABLE.search(text)
    if unprintable:
        place = _place_after(text[: unprintable.start()], file)
        raise InputError([Problem(place, f"control character U+{ord(unprintable[0]):04X}", "printable text")])
    return _one_kind_of_break(text)


def _one_kind_of_break(text: str) -> str:
    """Line ends as '\\n' alone: YAML 1.1 also breaks lines at NEL, LS and PS, which no editor counts."""
    return _NO_BREAKS.sub(" ", _BREAKS.sub("\n", text))


def _place_after(before: str, file: str) -> Place:
    lines = _one_kind_of_break(before).split("\n")
    return Place(file, len(lines), len(lines[-1]) + 1)


def syntax_problem(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    """What a parser's error says to a person."""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Problem(Place(file), f"not YAML: {error.problem}")
    line = next(iter(text.split("\n")[mark.line : mark.line + 1]), "")
    if "\t" in line[: len(line) - len(line.lstrip())] or line[mark.column : mark.column + 1] == "\t":
        return Problem(Place(file, mark.line + 1, line.index("\t") + 1), "a tab in the indentation", "spaces")
    said = f"{error.context}: {error.problem}"
    for theirs, ours, expected, at_start in _PLAINER:
        if theirs in said:
            seen = error.context_mark if at_start and error.context_mark else mark
            if at_start and (comment := _comment_after(text, seen)):
                place = Place(file, seen.line + 1, comment)
                return Problem(place, "'#' starts a comment, which takes the rest of the line along", _IN_QUOTES)
            return Problem(Place(file, seen.line + 1, seen.column + 1), ours, expected)
    return Problem(Place(file, mark.line + 1, mark.column + 1), f"not YAML: {error.problem}")


def _comment_after(text: str, mark: yaml.Mark) -> int | None:
    """The column of a '#' that begins a comment behind a place on its line; None if there is none."""
    line = next(iter(text.split("\n")[mark.line : mark.line + 1]), "")
    found = _COMMENT.search(line, mark.column)
    return found.end() if found else None


def excerpt(problem: Problem, width: int = 100) -> str | None:
    """The line a problem is about with a caret below its column, or None if there is no such line to show.

    Reads the file again. A long line is cut to `width` characters around the column.
    """
    line, column = problem.place.line, problem.place.column
    if line is None or column is None:
        return None
    try:
        text = _one_kind_of_break(Path(problem.place.file).read_bytes().decode("utf-8-sig", "replace"))
    except OSError:
        return None
    lines = text.split("\n")
    if line > len(lines):
        return None
    shown = UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", lines[line - 1]).replace("\t", " ")
    start = max(0, column - 1 - width * 2 // 3)
    before = shown[start : column - 1]
    indent = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in before)
    return f"{shown[start : start + width]}\n{' ' * indent}^"
