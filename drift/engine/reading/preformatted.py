"""What stands in a `<pre>` or a `<textarea>`: code, which nobody promises anything in, or text that keeps its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drift.engine.reading.chrome import elements
from drift.engine.reading.inline import strings
from drift.engine.reading.text import BREAK
from drift.engine.reading.tree import Element

_CODE_ELEMENTS = frozenset(("code", "kbd", "samp", "var"))
_CODE_CLASS = re.compile(r"code|highlight|lang(?:uage)?-|hljs|prettyprint|brush|console|terminal|shell", re.IGNORECASE)
# Characters that prose is free of, at the start of a line or anywhere: prompts, assignments, calls, paths, braces.
_CODE_LINE = re.compile(
    r"^\s*(?:[$>#%]\s|//|/\*|<[a-z/!]|[{}\[\]]|--?[a-z])|[{};=<>\\|]|\w\(|::|->|\w/\w+/", re.IGNORECASE
)
_WORDS = re.compile(r"[^\W\d_]{2,}\s+[^\W\d_]{2,}")
MOST_CODE_LINES = 0.2  # of the lines of a text
# Lines of a wrapped text have 50 to 80 characters; what is shorter was broken on purpose.
LEAST_WRAPPED = 45


def raw_text(element: Element) -> str:
    """The text of an element with its line breaks."""
    return "".join(str(string) for string in strings(element)).replace(BREAK, "\n")


def is_code(element: Element, raw: str) -> bool:
    """Whether a `<pre>` holds code: it says so, or its lines look like it, or none of them has words side by side."""
    if _CODE_CLASS.search(str(element.attrs.get("class", ""))):
        return True
    if any(inner.name in _CODE_ELEMENTS for inner in elements(element)):
        return True
    lines = [line for line in raw.split("\n") if line.strip()]
    code = sum(1 for line in lines if _CODE_LINE.search(line))
    return code > MOST_CODE_LINES * len(lines) or not any(_WORDS.search(line) for line in lines)


def paragraphs(raw: str) -> Iterator[str]:
    """The paragraphs of a preformatted text. Line breaks that only wrap it are none; others are hard."""
    block: list[str] = []
    for line in (*raw.split("\n"), ""):
        if line.strip():
            block.append(line)
        elif block:
            wrapped = all(len(each.strip()) >= LEAST_WRAPPED for each in block[:-1])
            yield ("\n" if wrapped else BREAK).join(block)
            block = []
