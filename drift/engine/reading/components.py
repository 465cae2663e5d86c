"""Components within Markdown (MDX): what they show from their attributes, made readable as HTML.

`<Card title="Return window" description="Within 14 days." />` shows both; no component is a tag that HTML closes by
itself, and the values that a page exports are known where it names them.
"""

from __future__ import annotations

import re

from drift.engine.reading import vocabulary as v
from drift.engine.reading.text import line_mark

PREFIX = "mdx-"  # of the elements that components become
_COMPONENT = re.compile(r"<(/?)([A-Z][A-Za-z0-9.]*)\b([^<>]*?)(/?)>")
_TEXT = re.compile(
    r"\b(title|label|description|text|value|price)\s*=\s*"
    r"(?:\"([^\"]*)\"|'([^']*)'|\{\s*(?:\"([^\"{}]*)\"|'([^'{}]*)'|`([^`{}]*)`|(-?[\d.]+))\s*\})"
)
_EXPORTED = re.compile(
    r"^export[ \t]+(?:const|let|var)[ \t]+([A-Za-z_]\w*)[ \t]*=[ \t]*"
    r"(?:\"([^\"\n]*)\"|'([^'\n]*)'|`([^`\n{}]*)`|(-?\d[\d.]*))[ \t]*;?[ \t]*$",
    re.MULTILINE,
)
_MOST = 10_000  # characters that naming exported values may add, beyond as many as the page has
_NAMED = re.compile(r"\{[ \t]*([A-Za-z_]\w*)[ \t]*\}")


def with_exported(text: str) -> str:
    """Markdown in which `{days}` says what `export const days = 14` gave it."""
    values = {found[1]: next(filter(None, found.groups()[1:]), "") for found in _EXPORTED.finditer(text)}
    if not values:
        return text
    added = sum(len(values.get(named[1], "")) for named in _NAMED.finditer(text))
    if added > len(text) + _MOST:  # one long text named a thousand times is no article
        return text
    return _NAMED.sub(lambda named: values.get(named[1], named.group()), text)


def in_block(tag: str, line: int) -> str:
    """A tag in a block of HTML that begins on a 1-based line; a component's with its texts and, alone, with its end."""
    found = _COMPONENT.fullmatch(tag)
    if found is None or not _is_component(found[2]):
        return tag
    name = f"{PREFIX}{found[2].replace('.', '-').lower()}"
    if found[1]:
        return f"</{name}>"
    ended = f"</{name}>" if found[4] else ""
    return f"<{name}{_attributes(found[3], line)}>{ended}" + "\n" * tag.count("\n")


def in_sentence(tag: str, line: int) -> str:
    """What a tag of a component inside a paragraph shows by itself; what it holds stays in the sentence."""
    found = _COMPONENT.fullmatch(tag)
    if found is None or found[1] or not _is_component(found[2]):
        return ""
    attributes = _attributes(found[3], line)
    name = f"{PREFIX}{found[2].replace('.', '-').lower()}"
    return f"<{name}{attributes}></{name}>" if attributes else ""


def _is_component(name: str) -> bool:
    """HTML has no name like it."""
    return name[0].isupper() and name.lower() not in v.KNOWN


def _attributes(written: str, line: int) -> str:
    parts = []
    for attribute in _TEXT.finditer(written):
        text = next(filter(None, attribute.groups()[1:]), "")
        at = line + written.count("\n", 0, attribute.start())
        parts.append(f' {attribute[1]}="{line_mark(at)}{_escaped(text)}"')
    return "".join(parts)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
