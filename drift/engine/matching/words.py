"""Words as matching sees them: lower case, stemmed, without stop words and without values.

Stems come from the Snowball algorithms (PyStemmer) of the text's language, so that 'cancelled' and
'cancellation' are one word. A language Snowball does not know keeps its words as they stand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

import Stemmer

from drift.engine.lookalikes import plain
from drift.model import Language

PREFIX = 5  # letters two stems must share to be taken for one word ('expir', 'expiri')
BESIDE = 2  # words before a value that stand right beside it

_WORD = re.compile(r"[^\W\d_][^\W_]*(?:['’][^\W\d_]+)?|\d[^\W_]*")  # 'S24' is one word: it names another than S23
REMEMBERED = 100_000  # words whose stems are kept: no vocabulary has more, but pages of made-up words fill no memory
_LETTERS = re.compile(r"[^\W\d_][^\W_]+")
# The same in ASCII, where they are found in half the time.
_ASCII_WORD = re.compile(r"[a-z][a-z0-9]*(?:'[a-z]+)?|[0-9][a-z0-9]*")
_ASCII_LETTERS = re.compile(r"[a-z][a-z0-9]+")
_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th|er|re|e|ème)")  # '1st bag', '2e carte'
_POSSESSIVE = re.compile(r"['’]s?$")


def _split(text: str) -> list[str]:
    """The words and numbers of a text, lower case."""
    text = plain(text).lower()
    return (_ASCII_WORD if text.isascii() else _WORD).findall(text)


def _written(text: str) -> set[str]:
    """The words of two letters and more in a text, lower case."""
    text = plain(text).lower()
    return set((_ASCII_LETTERS if text.isascii() else _LETTERS).findall(text))


def _singular(word: str) -> str:
    """An abbreviation without its plural's 's', which stemmers keep: 'dvds', 'pdfs', 'gpus'."""
    plural = len(word) > 3 and word.endswith("s") and not word.endswith("ss") and not _VOWELS.intersection(word[:-2])
    return word[:-1] if plural else word


_VOWELS = frozenset("aeiouyàâéèêëîïôùûü")


class Stemming:
    """Turns text into stems, for one language. Caches: a page says the same words again and again."""

    def __init__(self, language: Language) -> None:
        self._stop = language.stop_words
        try:
            self._stemmer = Stemmer.Stemmer(language.code)
        except KeyError:
            self._stemmer = None
        self._stem = lru_cache(maxsize=REMEMBERED)(self._fresh)

    def _fresh(self, word: str) -> str:
        """The stem, or '' for a word that says nothing: stop words, numbers. The second of something is no number."""
        if word in self._stop:
            return ""
        if word[0].isdigit():
            return word if _ORDINAL.fullmatch(word) else ""
        word = _POSSESSIVE.sub("", word)
        if word in self._stop:
            return ""
        if self._stemmer is None:
            return word
        stem = self._stemmer.stemWord(word)
        return _singular(word) if stem == word else stem

    def of(self, text: str) -> list[str]:
        """The stems of a text in order, stop words and bare numbers left out."""
        stem = self._stem
        return [found for word in _split(text) if (found := stem(word))]

    def pairs(self, text: str) -> list[tuple[str, str]]:
        """(stem, lower-case word) in order, stop words and bare numbers left out."""
        return [(found, word) for word in _split(text) if (found := self._stem(word))]

    def both(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """`of` and `all_of` in one pass."""
        words = _split(text)
        stems = list(map(self._stem, words))
        return tuple(filter(None, stems)), tuple(stem or word for stem, word in zip(stems, words, strict=True))

    def spread(self, texts: Iterable[str]) -> dict[str, int]:
        """Stem -> in how many of the texts it stands; where two forms of a word share a text it may count twice."""
        words = Counter(chain.from_iterable(map(_written, texts)))
        found: dict[str, int] = {}
        for word, count in words.items():
            if stem := self._stem(word):
                found[stem] = found.get(stem, 0) + count
        return found

    def all_of(self, text: str) -> list[str]:
        """The stems of a text in order, stop words kept as they stand: for phrases that must match word by word."""
        return [self._stem(word) or word for word in _split(text)]


@lru_cache(maxsize=8)
def words_of(language: Language) -> Stemming:
    """The one `Stemming` of a language."""
    return Stemming(language)
