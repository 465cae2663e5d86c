"""Answers put into the text of `reviewed.yaml` as people left it: their comments, order and spelling stay."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from drift.files.events import FASTEST
from drift.model import Answer
from drift.policies.reviewed import Key

_BREAK = re.compile("[\n\r\x85\u2028\u2029]")
_BOOLEAN = "tag:yaml.org,2002:bool"
_WIDE = 1_000_000  # no line is folded

Edit = tuple[int, int, str]  # start and end in the text, and what stands there instead


class _Dumper(yaml.SafeDumper):
    """Writes YAML 1.2, where 'on' and 'no' are words that need no quotes."""

    yaml_implicit_resolvers = {  # noqa: RUF012  (PyYAML's own way to have resolvers)
        sign: [(tag, pattern) for tag, pattern in resolvers if tag != _BOOLEAN]
        for sign, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  (PyYAML asks for each thing)
        """Every entry is whole: a day that many share is written out in each."""
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    """Text with breaks in double quotes, where they are escaped: every reader then sees the same ones."""
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if _BREAK.search(text) else None)


_Dumper.add_representer(str, _represent_text)
_Dumper.add_implicit_resolver(_BOOLEAN, re.compile("(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF"))


def written(data: object, *, flow: bool = False) -> str:
    """Plain data as YAML, over several lines or in one."""
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDE, default_flow_style=flow)


def entry(answer: Answer) -> dict[str, Any]:
    """An answer as the file has it."""
    found: dict[str, Any] = {"article": answer.article, "sentence": answer.sentence}
    if answer.nth != 1:
        found["nth"] = answer.nth
    found["term"] = answer.term
    if answer.by is not None:
        found["by"] = answer.by
    if answer.on is not None:
        found["on"] = answer.on
    return found


def rewritten(text: str, changed: Mapping[Key, Answer | None]) -> str | None:
    """A file with answers put in, replaced or (None) taken out; None if it cannot be edited where it stands.

    `text` is a file that was read without a problem. What it says afterwards is for the caller to make sure of.
    """
    root = yaml.compose(text, Loader=FASTEST)
    held = dict(_fields(root)).get("reviewed")
    if root is None or not isinstance(held, yaml.SequenceNode) or not held.value:
        return None
    top = next(key.end_mark.index for key, value in root.value if value is held)
    entries: dict[Key, yaml.MappingNode] = {_key(node): node for node in held.value}
    if len(entries) < len(held.value) or all(changed.get(key, key) is None for key in entries):
        return None
    edits: list[Edit] = []
    for key in sorted(changed):
        answer, node = changed[key], entries.get(key)
        if node is None and answer is not None:
            edits.append(_put_in(text, top, held, [one for one in entries if one < key], entries, answer))
        elif node is not None and answer is not None:
            edits.extend(_replaced(node, answer))
        elif node is not None:
            edits.append(_taken_out(text, held, node))
    edits.sort(key=operator.itemgetter(0, 1))
    for start, end, instead in reversed(edits):
        text = text[:start] + instead + text[end:]
    return text


def _fields(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key.value, value


def _key(node: yaml.Node) -> Key:
    fields = {name: value.value for name, value in _fields(node)}
    nth = str(fields.get("nth") or 1)
    return str(fields.get("article")).strip(), str(fields.get("sentence")).strip(), int(nth) if nth.isdecimal() else 0


def _replaced(node: yaml.MappingNode, answer: Answer) -> Iterator[Edit]:
    """The edits to an entry: term, author and day, and nothing else."""
    fields = dict(_fields(node))
    place = next(key for key, _ in node.value if key.value == "term").start_mark
    between = ", " if node.flow_style else "\n" + " " * place.column
    for name, new in (("term", answer.term), ("by", answer.by), ("on", answer.on)):
        value = written([new], flow=True)[1:-2]
        if name in fields:
            yield fields[name].start_mark.index, fields[name].end_mark.index, value
        elif new is not None:
            yield place.index, place.index, f"{name}: {value}{between}"


def _put_in(
    text: str,
    top: int,
    held: yaml.SequenceNode,
    before: list[Key],
    entries: Mapping[Key, yaml.MappingNode],
    answer: Answer,
) -> Edit:
    """A new entry after the greatest of those that come before it, so that a sorted file stays sorted."""
    after = entries[max(before)] if before else None
    if held.flow_style:
        inside = written([entry(answer)], flow=True)[1:-2]
        if after is None:
            return held.start_mark.index + 1, held.start_mark.index + 1, f"{inside}, "
        return after.end_mark.index, after.end_mark.index, f", {inside}"
    indent = " " * held.start_mark.column
    lines = "".join(f"{indent}{line}\n" for line in written([entry(answer)]).splitlines())
    if after is None:  # before the comments of the first entry
        start = text.find("\n", top) + 1
        return start, start, lines
    end = _line_end(text, after)
    return end, end, lines if text[end - 1] == "\n" else f"\n{lines}"


def _taken_out(text: str, held: yaml.SequenceNode, node: yaml.MappingNode) -> Edit:
    if not held.flow_style:
        return text.rfind("\n", 0, node.start_mark.index) + 1, _line_end(text, node), ""
    at = held.value.index(node)
    if at + 1 < len(held.value):
        return node.start_mark.index, held.value[at + 1].start_mark.index, ""
    return held.value[at - 1].end_mark.index, node.end_mark.index, ""


def _line_end(text: str, node: yaml.MappingNode) -> int:
    """Where the line ends on which an entry does: a block goes on over comments that are not its own."""
    end = max([value.end_mark.index for _, value in _fields(node)]) if not node.flow_style else node.end_mark.index
    if text[end - 1 : end] == "\n":
        return end
    line = text.find("\n", end)
    return len(text) if line < 0 else line + 1
