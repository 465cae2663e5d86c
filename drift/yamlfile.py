"""YAML 1.2 files, read so that every key and value keeps its place.

Differences from `yaml.safe_load`: `no`, `on` and dates are text; a number stays as written (`012`, `1.10`), and who
needs a number converts it; a key given twice is told; tags are told, never obeyed; aliases are counted, so that a
few lines cannot grow into a billion; nothing recurses, so that nesting cannot exhaust the stack.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from drift.errors import InputError, Place, Problem

MAX_BYTES = 16 * 1024 * 1024  # 5,000 terms with examples take 4 MB
MAX_DEPTH = 40  # a policy file needs 6
MAX_ALIASED = 100_000  # keys and values that aliases may repeat in one file

_Loader: type[Any] = getattr(yaml, "CLoader", yaml.Loader)  # ten times as fast where libyaml is built in
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_TEXT_TAG = "tag:yaml.org,2002:str"
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufeff\uff00-\ufffd\U00010000-\U0010ffff]")
_BREAKS = re.compile("\r\n?")
_SPACES = dict.fromkeys((0x85, 0x2028, 0x2029), " ")

Steps = tuple[str | int, ...]
Data = dict[str, Any] | list[Any] | str | bool | None

# what libyaml says; what helps; what is expected; whether the place to look at is where the construct began
_PLAINER: tuple[tuple[str, str, str | None, bool], ...] = (
    ("mapping values are not allowed", "a second ': ' on this line", "quotes around text that holds ': '", False),
    ("could not find expected ':'", "a line that is neither 'key: value' nor part of a list", None, False),
    ("expected key", "this line does not fit the lines above it", "the indentation of its neighbours", False),
    (
        "expected '-' indicator",
        "this line does not fit the list above it",
        "'- ' and the indentation of the list",
        False,
    ),
    ("expected ',' or '}'", "the '{' here is not closed", "',' or '}'", True),
    ("expected ',' or ']'", "the '[' here is not closed", "',' or ']'", True),
    ("found unexpected end of stream", "the quote here is not closed", "a closing quote", True),
    ("found unexpected document indicator", "the quote here is not closed", "a closing quote", True),
    ("a tab character where an indentation", "a tab in the indentation", "spaces", False),
    ("cannot start any token", "text cannot start with this character", "quotes around the text", False),
    ("expected alphabetic or numeric character", "'*' and '&' have a meaning in YAML", "quotes around the text", False),
    ("found undefined tag handle", "tags ('!') are not read", "quotes around the text", False),
)


@dataclass(slots=True)
class Document:
    """One file: plain data, where each part of it stands, and what is wrong with it as YAML.

    `data` is made of dict, list, str, True, False and None; it is None where the file holds nothing or cannot be
    read. A path is the keys and indices that lead to a part: `("terms", 0, "value")`.
    """

    file: str
    data: Data = None
    problems: list[Problem] = field(default_factory=list)
    keys: dict[Steps, tuple[int, int]] = field(default_factory=dict)
    values: dict[Steps, tuple[int, int]] = field(default_factory=dict)

    def place(self, path: Steps = (), *, key: bool = False) -> Place:
        """Where the value (or with `key` the key) at a path stands.

        Steps that the file does not hold are skipped, so that a missing key has the place of its mapping, and a
        part that an alias repeats has the place of the alias.
        """
        known: Steps = ()
        for step in path:
            if (*known, step) in self.values:
                known = (*known, step)
        position = (self.keys.get(known) if key else None) or self.values.get(known)
        return Place(self.file, *position) if position else Place(self.file)

    def tell(
        self, path: Steps, message: str, expected: str | None = None, hint: str | None = None, *, key: bool = False
    ) -> None:
        """Add a problem at the place of a path."""
        self.problems.append(Problem(self.place(path, key=key), message, expected, hint))


def read(path: Path) -> Document:
    """Read a file; whatever is wrong with it is in `problems` of the answer. Raises nothing."""
    try:
        if path.stat().st_size > MAX_BYTES:
            return Document(str(path), problems=[Problem(Place(str(path)), f"larger than {MAX_BYTES >> 20} MB")])
        body = path.read_bytes()
    except OSError as error:
        return Document(str(path), problems=[Problem(Place(str(path)), f"cannot be opened: {error.strerror}")])
    return parse(body, str(path))


def load(path: Path) -> Document:
    """Read a file that has to be right. Raises InputError with every problem."""
    document = read(path)
    if document.problems:
        raise InputError(document.problems)
    return document


def parse(body: bytes, file: str) -> Document:
    """Like `read`, for bytes that are at hand; `file` names them in places."""
    document = Document(file)
    text = _decode(body, document)
    if text is None:
        return document
    builder = _Builder(document)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            builder.take(event)
    except _StopReadingError:
        document.data = None
    except yaml.MarkedYAMLError as error:
        document.data = None
        document.problems.append(_syntax_problem(error, text, file))
    return document


def _decode(body: bytes, document: Document) -> str | None:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        document.problems.append(Problem(Place(document.file, 1, 1), "encoded as UTF-16", "UTF-8"))
        return None
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = body[: error.start].decode("utf-8-sig", "replace")
        message = f"byte 0x{body[error.start]:02x} is not UTF-8"
        document.problems.append(Problem(_place_after(before, document.file), message, "a file saved as UTF-8"))
        return None
    unprintable = _UNPRINTABLE.search(text)
    if unprintable:
        place = _place_after(text[: unprintable.start()], document.file)
        document.problems.append(Problem(place, f"control character U+{ord(unprintable[0]):04X}", "printable text"))
        return None
    return _one_kind_of_break(text)


def _one_kind_of_break(text: str) -> str:
    """Line ends as '\\n' alone: YAML 1.1 also breaks lines at NEL, LS and PS, which no editor counts."""
    return _BREAKS.sub("\n", text).translate(_SPACES)


def _place_after(before: str, file: str) -> Place:
    return Place(file, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Problem(Place(file), f"not YAML: {error.problem}")
    line = next(iter(text.split("\n")[mark.line : mark.line + 1]), "")
    if "\t" in line[: len(line) - len(line.lstrip())] or line[mark.column : mark.column + 1] == "\t":
        return Problem(Place(file, mark.line + 1, line.index("\t") + 1), "a tab in the indentation", "spaces")
    for theirs, ours, expected, at_start in _PLAINER:
        if theirs in str(error.problem):
            seen = error.context_mark if at_start and error.context_mark else mark
            return Problem(Place(file, seen.line + 1, seen.column + 1), ours, expected)
    return Problem(Place(file, mark.line + 1, mark.column + 1), f"not YAML: {error.problem}")


class _StopReadingError(Exception):
    """The rest of the file is not worth reading; the problem is told already."""


@dataclass(slots=True)
class _Frame:
    """A mapping or list that is still open."""

    node: dict[str, Any] | list[Any]
    path: Steps
    first: int  # how many parts had been counted before it
    anchor: str | None
    key: str | None = None  # the key that waits for its value
    given_twice: bool = False


class _Builder:
    """Makes data of parser events, without recursion."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.frames: list[_Frame] = []
        self.anchors: dict[str, tuple[Any, int] | None] = {}  # None while its node is still open
        self.parts = 0
        self.aliased = 0
        self.documents = 0

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._open(event)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._close()
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._stop(event, "a second document ('---') in one file", "one document a file")

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._check_tag(event)
        frame = self.frames[-1] if self.frames else None
        self.parts += 1
        if frame is not None and isinstance(frame.node, dict) and frame.key is None:
            self._key(frame, event)
            return
        value: Data = event.value
        if not event.style and event.tag is None:
            value = None if event.value in _NULLS else _BOOLEANS.get(event.value, event.value)
        if event.anchor:
            self.anchors[event.anchor] = (value, 1)
        self._put(value, event)

    def _key(self, frame: _Frame, event: yaml.ScalarEvent) -> None:
        assert isinstance(frame.node, dict)
        path = (*frame.path, event.value)
        frame.key, frame.given_twice = event.value, event.value in frame.node
        if frame.given_twice:
            first = self.document.keys[path][0]
            self._problem(event, f"'{event.value}' is given twice", f"one, and line {first} has it")
            return
        frame.node[event.value] = None
        self.document.keys[path] = _position(event)

    def _open(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        self._check_tag(event)
        if len(self.frames) >= MAX_DEPTH:
            self._stop(event, f"nested more than {MAX_DEPTH} deep")
        node: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        path = self._put(node, event)
        if event.anchor:
            self.anchors[event.anchor] = None
        self.frames.append(_Frame(node, path, self.parts, event.anchor))
        self.parts += 1

    def _close(self) -> None:
        frame = self.frames.pop()
        if frame.anchor:
            self.anchors[frame.anchor] = (frame.node, self.parts - frame.first)

    def _alias(self, event: yaml.AliasEvent) -> None:
        anchor = str(event.anchor)
        if anchor not in self.anchors:
            self._stop(event, f"'*{anchor}' names nothing", f"an anchor '&{anchor}' before it")
        target = self.anchors[anchor]
        if target is None:
            self._stop(event, f"'*{anchor}' stands inside what it repeats")
            return
        value, size = target
        self.parts += size
        self.aliased += size
        if self.aliased > MAX_ALIASED:
            self._stop(event, f"aliases repeat more than {MAX_ALIASED} keys and values")
        self._put(value, event)

    def _put(self, value: Any, event: yaml.NodeEvent) -> Steps:
        """Place a value in the innermost open node; its path."""
        if not self.frames:
            self.document.data = value
            self.document.values[()] = _position(event)
            return ()
        frame = self.frames[-1]
        step: str | int
        if isinstance(frame.node, list):
            step = len(frame.node)
            frame.node.append(value)
        elif frame.key is None:
            self._stop(event, "a key that is not one word or phrase", "text as the key")
            return ()
        else:
            step, frame.key = frame.key, None
            if frame.given_twice:
                return (*frame.path, step, "given twice")  # read on, but keep the first
            frame.node[step] = value
        path = (*frame.path, step)
        self.document.values[path] = _position(event)
        return path

    def _check_tag(self, event: yaml.NodeEvent) -> None:
        tag = getattr(event, "tag", None)
        if tag not in (None, "!", _TEXT_TAG):
            self._problem(event, f"the tag '{tag}' is not read", "plain text, lists and mappings")

    def _problem(self, event: yaml.Event, message: str, expected: str | None = None) -> None:
        self.document.problems.append(Problem(Place(self.document.file, *_position(event)), message, expected))

    def _stop(self, event: yaml.Event, message: str, expected: str | None = None) -> None:
        self._problem(event, message, expected)
        raise _StopReadingError


def _position(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    assert mark is not None  # the parser marks every event
    return mark.line + 1, mark.column + 1


def excerpt(problem: Problem, width: int = 100) -> str | None:
    """The line a problem is about with a caret below its column, or None where there is no such line to show.

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
    shown = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", lines[line - 1]).replace("\t", " ")
    start = max(0, column - 1 - width * 2 // 3)
    before = shown[start : column - 1]
    indent = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in before)
    return f"{shown[start : start + width]}\n{' ' * indent}^"
