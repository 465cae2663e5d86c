"""YAML 1.2 files, read so that every key and value keeps its place.

Differences from `yaml.safe_load`: `no`, `on` and dates are text; a number stays as written (`012`, `1.10`), and who
needs a number converts it; a key given twice is told; tags are told, never obeyed; aliases are counted, so that a
few lines cannot grow into a billion; nothing recurses, so that nesting cannot exhaust the stack.

What is refused is refused here, in our words and at our place, whichever parser is underneath (see `events`).
"""

from __future__ import annotations

from pathlib import Path

import yaml

from drift.files.builder import Builder
from drift.files.document import Data, Document, Steps
from drift.files.events import events
from drift.files.text import decode, excerpt, syntax_problem
from drift.model.errors import InputError, Place, Problem

__all__ = ["Data", "Document", "Steps", "excerpt", "load", "parse", "read"]

MAX_BYTES = 16 * 1024 * 1024  # 5,000 terms with examples take 4 MB


def read(path: Path) -> Document:
    """Read a file; whatever is wrong with it is in `problems` of the answer. Raises nothing."""
    try:
        with path.open("rb") as file:
            body = file.read(MAX_BYTES + 1)  # no more, whatever the file system says of its size: /dev/zero has none
    except OSError as error:
        return Document(str(path), problems=[Problem(Place(str(path)), f"cannot be opened: {error.strerror}")])
    if len(body) > MAX_BYTES:
        return Document(str(path), problems=[Problem(Place(str(path)), f"larger than {MAX_BYTES >> 20} MB")])
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
    try:
        text = decode(body, file)
        builder = Builder(document)
        for event in events(text):
            builder.take(event)
    except InputError as error:
        document.problems += error.problems
        document.data = None
    except yaml.MarkedYAMLError as error:
        document.problems.append(syntax_problem(error, text, file))
        document.data = None
    return document
