"""The names of others in an article: shops, wallets and couriers whose rules are not its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from drift.engine.claims.cues import STRANGER
from drift.model import Article, Language

_WORD = re.compile(r"[^\W_]+")


class Strangers:
    """Tells the names of others among the words of one article.

    They are data of the language. A name that the article's address or title holds is its own.
    """

    def __init__(self, article: Article, language: Language) -> None:
        public = article.canonical or article.page.public
        host = re.sub(r"^\w+://([^/]*).*$", r"\1", public) if "://" in public else ""
        self._own = frozenset(word.lower() for text in (host, article.title or "") for word in _WORD.findall(text))
        self._known = _known(language)

    def marked(self, words: Sequence[str]) -> list[str]:
        """Tokens as written, in lower case, with a sign for each name of another."""
        lowered = [word.lower() for word in words]
        if self._known.keys().isdisjoint(lowered):
            return lowered
        marked: list[str] = []
        at = 0
        while at < len(words):
            length = self._known_at(words, at) if words[at][0].isupper() else 0
            marked.append(STRANGER if length else lowered[at])
            at += length or 1
        return marked

    def _known_at(self, words: Sequence[str], at: int) -> int:
        """How many words a name beginning here has; 0 for none."""
        for name in self._known.get(words[at].lower(), ()):
            if tuple(words[at : at + len(name)]) == name and not self._own.intersection(map(str.lower, name)):
                return len(name)
        return 0


@lru_cache(maxsize=16)
def _known(language: Language) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """The names, longest first, by their first word in lower case."""
    known: dict[str, list[tuple[str, ...]]] = {}
    for name in language.stances.get("third-party names", ()):
        words = tuple(name.split())
        known.setdefault(words[0].lower(), []).append(words)
    return {first: tuple(sorted(names, key=len, reverse=True)) for first, names in known.items()}
