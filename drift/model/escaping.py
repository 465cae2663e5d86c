"""Text from a page, a path or a registry made safe to show: it is text, never an instruction to a terminal."""

from __future__ import annotations

import re

# Control characters (a terminal obeys them), marks that turn the direction of writing (a reader is fooled by them)
# and half surrogates (no encoding writes them).
_COMMANDS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ud800-\udfff"
# Characters without any shape: soft hyphen, zero-width space, word joiner, byte order mark.
_SHAPELESS = "\u00ad\u180e\u200b\u2060-\u2065\ufeff"
_COMMAND = re.compile(f"[{_COMMANDS}]")
_EITHER = re.compile(f"[{_COMMANDS}{_SHAPELESS}]")
_NOTHING = re.compile(f"[{_SHAPELESS}]")
_BREAK = re.compile(r"[\t\r\n\f\v\u2028\u2029]+")


def inert(text: str) -> str:
    """One line of text: breaks are spaces, what a terminal would obey spelled out ('\\x1b'), the shapeless dropped."""
    return _COMMAND.sub(_spelled, _NOTHING.sub("", _BREAK.sub(" ", text)))


def escape_json(document: str) -> str:
    """A JSON document with the same data in which those characters are escapes; line ends between tokens stay."""
    return _EITHER.sub(lambda match: f"\\u{ord(match[0]):04x}", document)


def _spelled(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
