"""The names of others in an article: shops, wallets and rivals whose rules are not its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from drift.claims.cues import COINED, COMPANY, STRANGER
from drift.model import Article, Language

_WORD = re.compile(r"[^\W_]+")
_COINED = re.compile(r"[A-Z][a-z]+[A-Z][A-Za-z]+$")  # 'LastPass': no ordinary word is written so
_CAPITALISED = re.compile(r"\b[A-Z][^\W_]+")
_SELDOM = 2  # an article's own product is named more often than this
_LONGEST = 3  # words of a company's name before the one that tells it


class Strangers:
    """Tells the names of others among the words of one article.

    Known names are data of the language. A coined name ('FarCall') that the article hardly mentions may be a rival's,
    and may be a feature of its own ('AutoPay'); so may the name of a company ('Brambling Telecom'): cues tell. A name
    that the article's address or title holds is its own.
    """

    def __init__(self, article: Article, language: Language) -> None:
        public = article.canonical or article.page.public
        host = re.sub(r"^\w+://([^/]*).*$", r"\1", public) if "://" in public else ""
        self._own = frozenset(word.lower() for text in (host, article.title or "") for word in _WORD.findall(text))
        self._article = article
        self._known = _known(language)
        self._company = frozenset(language.stances.get("company names end in", ()))
        self._unnamed = language.stop_words
        self._counts: Counter[str] | None = None  # how often each word with a capital stands in the article

    def marked(self, words: Sequence[str]) -> list[str]:
        """Tokens as written, in lower case, with a sign for each known name of another and each seldom one that is
        coined or a company's."""
        lowered = [word.lower() for word in words]
        companies = not self._company.isdisjoint(words)
        if self._known.keys().isdisjoint(lowered) and not companies and not any(map(_COINED.match, words)):
            return lowered
        marked: list[str] = []
        at = 0
        while at < len(words):
            length = self._known_at(words, at) if words[at][0].isupper() else 0
            if length:
                marked.append(STRANGER)
            elif _COINED.match(words[at]) and self._is_seldom(words[at]):
                marked.append(COINED)
            elif companies and (length := self._company_at(words, at)):
                marked.append(COMPANY)
            else:
                marked.append(lowered[at])
            at += length or 1
        return marked

    def _known_at(self, words: Sequence[str], at: int) -> int:
        """How many words a known name beginning here has; 0 for none."""
        for name in self._known.get(words[at].lower(), ()):
            if tuple(words[at : at + len(name)]) == name and not self._own.intersection(map(str.lower, name)):
                return len(name)
        return 0

    def _company_at(self, words: Sequence[str], at: int) -> int:
        """How many words the seldom name of a company beginning here has; 0 for none."""
        for end in range(at, min(at + _LONGEST + 1, len(words))):
            if not words[end][0].isupper() or words[end].lower() in self._unnamed:
                return 0
            if end > at and words[end] in self._company:
                own = any(word.lower() in self._own for word in words[at:end])
                return 0 if own or not any(map(self._is_seldom, words[at:end])) else end + 1 - at
        return 0

    def _is_seldom(self, name: str) -> bool:
        if name.lower() in self._own:
            return False
        if self._counts is None:
            self._counts = Counter(
                word for passage in self._article.passages for word in _CAPITALISED.findall(passage.text)
            )
        return self._counts[name] <= _SELDOM


@lru_cache(maxsize=16)
def _known(language: Language) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """The known names, longest first, by their first word in lower case."""
    known: dict[str, list[tuple[str, ...]]] = {}
    for name in language.stances.get("third-party names", ()):
        words = tuple(name.split())
        known.setdefault(words[0].lower(), []).append(words)
    return {first: tuple(sorted(names, key=len, reverse=True)) for first, names in known.items()}
