"""Languages of pages, as addresses and hreflang tell them."""

from __future__ import annotations

from collections.abc import Iterable
from re import compile as pattern

from drift.model import foreign

# Languages that help centres are published in and whose codes are not taken for countries as well: '/ca/', '/be/',
# '/br/' and '/uk/' mean places more often than Catalan, Belarusian, Breton and Ukrainian.
_CODES = frozenset(
    """
    ar bg cs da de el en es et fa fi fr he hi hr hu id is it ja ko lt lv ms nb nl nn no pl pt ro ru sk sr sv th tr vi zh
""".split()  # noqa: SIM905 - a list of words
)
_SEGMENT = pattern(r"([a-z]{2})(?:[-_]([a-z]{2,4}|[0-9]{3}))?")
_LOOKED_AT = 2  # path segments: '/fr/...', '/hc/en-us/...'


def of_address(address: str) -> str | None:
    """The language tag that a path begins with, in lower case ('en-us'); None if it tells none."""
    parts = foreign.parts(address)
    for segment in (parts.path if parts else "").lower().split("/")[1 : 1 + _LOOKED_AT]:
        found = _SEGMENT.fullmatch(segment)
        if found and found[1] in _CODES:
            return segment.replace("_", "-")
    return None


def wanted(tag: str | None, languages: Iterable[str]) -> bool:
    """Whether a language is one of those wanted. 'en' wants 'en-GB' too; no list, and no tag, want all."""
    languages = [language.lower() for language in languages]
    if not languages or not tag:
        return True
    tag = tag.lower().replace("_", "-")
    return any(tag == language or tag.startswith(f"{language}-") for language in languages)
