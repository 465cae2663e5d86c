"""What is compared of two texts that stood at one address: which words in which order, under which title, where from.

Numbers are masked: a page that counts minutes or names a request says the same all the while.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar
from zlib import crc32

from drift.model import Article, Zone

RUN = 3  # words: two would find 'you can' in any text, and an edit within four takes the whole of a short sentence
SAMPLE = 64  # runs by which a text is known again: enough to tell half of a text from a third of it
END = 4096  # bytes in which a page ends: comments of caches stand behind it
LONG_WORD = 4  # letters of a word that may be of a subject: shorter ones are mostly of the language

_WORD = re.compile(r"[^\W_]+")
_UNSEEN = (Zone.META, Zone.STRUCTURED, Zone.ALT)


Kept = TypeVar("Kept", int, str)


@dataclass(frozen=True, slots=True)
class Sketch:
    """A text, as far as it is compared. `runs` are hashes of words that follow one another within a passage."""

    title: str  # its words
    lines: tuple[str, ...]  # the words of its passages, in order; without those that nobody sees
    runs: frozenset[int]
    words: frozenset[str]  # the long ones, without those of the title
    address: str  # where redirects led, '' where that is not known
    main: bool  # it stands in an element that the page calls its main one, or its article
    whole: bool  # the page has an end

    def mark(self) -> str:
        """By which a text is known again: its smallest runs, eight hexadecimal digits each."""
        return "".join(f"{run:08x}" for run in sorted(self.runs)[:SAMPLE])


def sketch_of(article: Article, address: str | None, body: bytes) -> Sketch:
    """The sketch of an article, with its bytes and the address that it came from in the end."""
    title = _words(article.title or "")
    lines = tuple(line for each in article.passages if each.zone not in _UNSEEN and (line := _words(each.text)))
    words = {word for line in lines for word in line.split(" ")}
    hashes = {word: crc32(word.encode("utf-8", "surrogatepass")) for word in words}
    return Sketch(
        title,
        lines,
        frozenset(run for line in lines if line != title for run in _runs(line, hashes)),
        frozenset(word for word in words if len(word) >= LONG_WORD).difference(title.split(" ")),
        address or "",
        article.main,
        b"</html" in body[-END:].lower(),
    )


def alike(mark: str, other: str) -> bool:
    """Whether two marks are of one text, or of one that says the same with small changes."""
    one, two = _unmarked(mark), _unmarked(other)
    if not one or not two:
        return one == two
    most = min(max(one), max(two))  # what both have the smallest runs of
    one, two = {run for run in one if run <= most}, {run for run in two if run <= most}
    return 2 * len(one & two) >= max(len(one), len(two))


def marked(mark: str) -> frozenset[int]:
    """The runs of a mark."""
    return frozenset(_unmarked(mark))


def share(kept: frozenset[Kept], of: frozenset[Kept]) -> float:
    """How much of something is kept; 1.0 of nothing."""
    return len(of & kept) / len(of) if of else 1.0


def _unmarked(mark: str) -> set[int]:
    return {int(mark[at : at + 8], 16) for at in range(0, len(mark), 8)}


def _words(text: str) -> str:
    """The words of a text in lower case, one space between them, any with a digit as '0'."""
    return " ".join([word if word.isalpha() else "0" for word in _WORD.findall(text.lower())])


def _runs(line: str, hashes: Mapping[str, int]) -> Iterator[int]:
    """Hashes of each run of words; of all words where they are fewer."""
    words = [hashes[word] for word in line.split(" ")]
    words += [0] * (RUN - len(words))
    for first, second, third in zip(words, words[1:], words[2:], strict=False):
        yield (first * 961 + second * 31 + third) & 0xFFFFFFFF
