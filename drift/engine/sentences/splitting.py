"""Where sentences begin and end inside one block of text.

A small set of rules instead of a library: the values we look for stand next to exactly the abbreviations that
general splitters break at ('approx. 5 days', '5 p.m. Eastern'), and a wrong break cuts a value from its sentence.
When in doubt two sentences stay one.
"""

from __future__ import annotations

import re

from drift.model import Language

# A hard line break, an inline bullet, or final punctuation with its closing quotes, brackets and footnote mark,
# followed by white space. A full stop inside a word, a number or an address has none after it. It is looked for at the
# first mark of a row alone: what no row of marks ends with is looked at once.
_CANDIDATE = re.compile(
    r"\n|[•‣▪●◦](?<=\s.)(?=\s)|(?<![.!?…])[.!?…]++(?:[\"'”’»)\]]|[ \u00a0\u202f]»)*(?:\[\d+\])?(?=\s|$)"
)
LONGEST = 3000  # characters; real sentences of contracts stay below 2,000
_LONGEST_WORD = 40  # characters; no abbreviation and no number of a list has as many
_LAST_WORD = re.compile(r"[^\s(\[\"'“‘«/]*\Z")
_OPENING = "\"'“‘«([*_•-– \u00a0"


def split(text: str, language: Language) -> tuple[tuple[int, int], ...]:
    """The sentences of one block, as half-open spans without surrounding white space, ascending.

    Together they hold every character that is not white space. Semicolons never end a sentence; '\\n' always
    does. Blank text has none. What goes on for more than `LONGEST` characters is cut at a space, so that no text
    makes a sentence of a megabyte.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for found in _CANDIDATE.finditer(text):
        if not _ends(text, start, found, language):
            continue
        cut = found.start() if found.group() in "•‣▪●◦" else found.end()
        _append(spans, text, start, cut)
        start = cut
    _append(spans, text, start, len(text))
    return tuple(spans)


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while end - start > LONGEST:
        cut = text.rfind(" ", start + 1, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        _append(spans, text, start, cut)
        start = cut
    piece = text[start:end]
    if bare := piece.strip():
        begin = start + len(piece) - len(piece.lstrip())
        spans.append((begin, begin + len(bare)))


def _ends(text: str, start: int, found: re.Match[str], language: Language) -> bool:
    """Whether the candidate ends the sentence that began at `start`."""
    mark = found.group()
    if mark[0] not in ".!?…":
        return True
    following = _next_word(text, found.end())
    if not following:
        return True
    if following[0].islower() and not following[1:2].isupper():  # 'iPhone' begins sentences, 'refunds' does not
        return False
    if not mark.startswith(".") or mark.startswith(".."):
        return True
    return not _abbreviates(text, start, found.start(), following, language)


def _next_word(text: str, position: int) -> str:
    """The beginning of what follows, without opening quotes and brackets; '' before a line's end."""
    rest = text[position : position + 40]
    if rest.lstrip(" \u00a0").startswith("\n"):
        return ""
    return rest.lstrip(_OPENING)


def _abbreviates(text: str, start: int, end: int, following: str, language: Language) -> bool:
    """Whether the full stop after `text[start:end]` belongs to its last word rather than to the sentence.

    Only what may be a word is looked at: a sentence of a thousand abbreviations is gone over once.
    """
    near = text[max(start, end - _LONGEST_WORD) : end]
    found = _LAST_WORD.search(near)
    word = found.group() if found else ""
    if not word or (len(word) == _LONGEST_WORD and end - start > _LONGEST_WORD):
        return False
    if (word.isdigit() or len(word) == 1) and not near[: -len(word)].strip() and end - start <= _LONGEST_WORD:
        return True  # the number of a list: '1. Refunds', 'a. Refunds'
    known = language.phrases
    lowered = word.lower()
    if lowered in known.abbreviations:
        return True
    if lowered in known.abbreviations_before_numbers:
        return following[0].isdigit()
    if lowered in known.abbreviations_that_may_end or (len(word) == 1 and word.isupper()):
        # 'until 5 p.m. The next day': only a word that often begins sentences tells
        opener = re.match(r"\w+", following)
        return opener is None or opener.group().lower() not in language.stop_words
    return False
