"""Inline markup of reStructuredText, as HTML: what a reader sees of roles, references, literals and escapes."""

from __future__ import annotations

import re
from collections.abc import Mapping

_INLINE = re.compile(
    r"\\(?P<escaped>[\s\S])"
    r"|``(?P<literal>[^`]+(?:`[^`]+)*)``"
    r"|\*\*(?P<strong>[^\s*](?:[^*]*[^\s*])?)\*\*"
    r"|\*(?P<em>[^\s*](?:[^*]*[^\s*])?)\*"
    r"|(?::(?P<role>[\w:.+-]+):)?`(?P<text>[^`]+)`(?::[\w:.+-]+:)?(?P<reference>__?)?"
    r"|\[(?P<note>\d+|\#[\w-]*|\*)\]_(?!\w)"
    r"|\|(?P<substitution>[^|\s](?:[^|]*[^|\s])?)\|_{0,2}"
    r"|\b(?P<name>[A-Za-z][\w.-]*[A-Za-z0-9])_(?!\w)"
)
_TARGET = re.compile(r"(?P<text>[^<>]*?)\s*<(?P<target>[^<>]*)>$")
_UNSEEN_ROLES = frozenset(("index", "raw-html", "raw"))


def html(text: str, substitutions: Mapping[str, str]) -> str:
    """The HTML of inline text. Nothing in it is markup but what this language says is."""
    parts: list[str] = []
    at = 0
    for found in _INLINE.finditer(text):
        parts += (escaped(text[at : found.start()]), _shown(found, substitutions))
        at = found.end()
    parts.append(escaped(text[at:]))
    return "".join(parts)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _shown(found: re.Match[str], substitutions: Mapping[str, str]) -> str:
    kind = found.lastgroup
    if found["text"] is not None:
        return _interpreted(found)
    if kind == "escaped":
        return "" if found["escaped"].isspace() else escaped(found["escaped"])
    if kind == "literal":
        return f"<code>{escaped(found['literal'])}</code>"
    if kind == "strong":
        return f"<strong>{escaped(found['strong'])}</strong>"
    if kind == "note":
        return ""
    if kind == "substitution":
        name = found["substitution"]
        return escaped(substitutions.get(name, found.group()))
    return escaped(found[kind or 0])


def _interpreted(found: re.Match[str]) -> str:
    """`text`_, `text <address>`__, :role:`text <target>`: the text, linked where it names an address."""
    if found["role"] in _UNSEEN_ROLES:
        return ""
    inner = found["text"]
    target = _TARGET.match(inner)
    if target is None:
        return escaped(inner.removeprefix("~").removeprefix("!")) if found["role"] else escaped(inner)
    text = target["text"] or target["target"]
    if found["reference"] and ":" in target["target"]:
        return f'<a href="{escaped(target["target"])}">{escaped(text)}</a>'
    return escaped(text)
