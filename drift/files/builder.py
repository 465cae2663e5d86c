"""Parser events into a Document, without recursion and within limits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NoReturn

import yaml

from drift.files.document import Data, Document, Steps
from drift.model.errors import InputError, Place, Problem

MAX_DEPTH = 40  # a policy file needs 6
MAX_PARTS = 400_000  # keys and values; 10,000 terms with examples have as many, and each costs 6 microseconds
MAX_HOLLOW = (
    10_000  # empty items of lists: no list of ours takes one, and each costs as much to refuse as a term to read
)
MAX_ALIASED = 100_000  # keys and values that aliases may repeat in one file

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_SURROGATE = re.compile("[\ud800-\udfff]")  # half a character, which no text can hold; libyaml refuses it itself
_TEXT_TAG = "tag:yaml.org,2002:str"


@dataclass(slots=True)
class _Frame:
    """A mapping or list that is still open."""

    node: dict[str, Any] | list[Any]
    path: Steps
    first: int  # how many parts had been counted before it
    anchor: str | None
    key: str | None = None  # the key that waits for its value
    given_twice: bool = False
    height: int = 1  # how deep it is nested inside


class Builder:
    """Makes data of parser events, without recursion."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.frames: list[_Frame] = []
        self.anchors: dict[str, tuple[Any, int, int] | None] = {}  # node, parts, height; None while it is open
        self.parts = 0
        self.aliased = 0
        self.documents = 0
        self.hollow = 0

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._open(event)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._close(event)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._stop(event, "a second document ('---') in one file", "one document a file")

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._check_tag(event)
        self._count(event)
        value: Data = event.value
        if _SURROGATE.search(event.value):
            self._stop(event, "an escape here names no character")
        if not event.style and event.tag is None:
            value = None if event.value in _NULLS else _BOOLEANS.get(event.value, event.value)
        if event.anchor:
            self.anchors[event.anchor] = (value, 1, 0)
        frame = self.frames[-1] if self.frames else None
        if frame is not None and isinstance(frame.node, dict) and frame.key is None:
            self._key(frame, event)
        else:
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
        self._count(event)

    def _close(self, event: yaml.CollectionEndEvent) -> None:
        frame = self.frames.pop()
        if not frame.node and self.frames and isinstance(self.frames[-1].node, list):
            self.hollow += 1
            if self.hollow > MAX_HOLLOW:
                self._stop(event, f"more than {MAX_HOLLOW:,} empty items of lists in one file")
        if frame.anchor:
            self.anchors[frame.anchor] = (frame.node, self.parts - frame.first, frame.height)
        if self.frames:
            self.frames[-1].height = max(self.frames[-1].height, frame.height + 1)

    def _alias(self, event: yaml.AliasEvent) -> None:
        anchor = str(event.anchor)
        if anchor not in self.anchors:
            self._stop(event, f"'*{anchor}' names nothing", f"an anchor '&{anchor}' before it")
        target = self.anchors[anchor]
        if target is None:
            self._stop(event, f"'*{anchor}' stands inside what it repeats")
        value, size, height = target
        self.parts += size
        self.aliased += size
        if len(self.frames) + height > MAX_DEPTH:
            self._stop(event, f"nested more than {MAX_DEPTH} deep")
        if self.frames:
            self.frames[-1].height = max(self.frames[-1].height, height + 1)
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
        else:
            step, frame.key = frame.key, None
            if frame.given_twice:
                return (*frame.path, step, "given twice")  # read on, but keep the first
            frame.node[step] = value
        path = (*frame.path, step)
        self.document.values[path] = _position(event)
        return path

    def _count(self, event: yaml.NodeEvent) -> None:
        self.parts += 1
        if self.parts > MAX_PARTS:
            self._stop(event, f"more than {MAX_PARTS:,} keys and values in one file", "several files")

    def _check_tag(self, event: yaml.NodeEvent) -> None:
        tag = getattr(event, "tag", None)
        if tag not in (None, "!", _TEXT_TAG):
            self._problem(event, f"the tag '{tag}' is not read", "plain text, lists and mappings")

    def _problem(self, event: yaml.Event, message: str, expected: str | None = None) -> None:
        self.document.add(Problem(Place(self.document.file, *_position(event)), message, expected))

    def _stop(self, event: yaml.Event, message: str, expected: str | None = None) -> NoReturn:
        raise InputError([Problem(Place(self.document.file, *_position(event)), message, expected)])


def _position(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    assert mark is not None  # the parser marks every event
    return mark.line + 1, mark.column + 1
