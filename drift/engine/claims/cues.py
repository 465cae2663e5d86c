"""The little language in which language files write cues, and its compiler.

A cue is words in lower case, separated by spaces, to be found in this order around a value:

    {value}   the value the question is about        {date}    a calendar date, a month, a year, or a version
    {number}  a number or another value              {other}   the name of someone else
    a|b       either word; 'card_issuer' is two      [a|b]     either word, or nothing      !a|b     neither comes next
    ~         up to eight words, no punctuation      ...       anything
    ^         where a clause begins: the text, or after a comma or colon             $         where the text ends

Punctuation marks are words. Every cue needs at least one word of its own: cues are looked up by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from drift.engine.lookalikes import plain

Label = TypeVar("Label")

OWN = "\ue000"  # stands for the value itself in tokenised text; private use, so no page says it
OTHER = "\ue001"  # stands for another value of its kind: '~' does not cross it
STRANGER = "\ue002"  # stands for the name of someone else
SIGNS = OWN + OTHER + STRANGER
_TOKEN = re.compile(rf"[{SIGNS}]|\d[\w.,/:-]*\w|(?:[^\W\d]\.){{2,}}|'s\b|\w+(?:-\w+|'(?!s\b)\w+)*|[<>]=|[^\w\s]")
_WORDS = rf"(?:[^\W{SIGNS}]\S* ){{0,8}}?"


def tokens(text: str) -> list[str]:
    """The words and punctuation marks of a text as written, with straight apostrophes; "Apple's" is two."""
    return _TOKEN.findall(plain(text).replace("’", "'"))


@dataclass(frozen=True)
class Cue(Generic[Label]):
    """One cue: what it tells, and its place in the order in which cues are tried."""

    rank: int
    label: Label
    text: str
    date: str  # the expression of one

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when a text first holds a word of the cue: few texts meet more than some, and all take 50 ms."""
        return re.compile(_expression(self.text, self.date))


class CueSheet(NamedTuple, Generic[Label]):
    """Cues by the words of which a text must hold one for the cue to be there."""

    by_key: Mapping[str, tuple[Cue[Label], ...]]

    def find(self, words: Sequence[str]) -> tuple[Label, re.Match[str]] | None:
        """The first cue, in their order, found in tokenised text.

        The group 'date' of the match holds the date words the cue names, if it names one.
        """
        keys = self.by_key.keys() & set(words)
        if not keys:
            return None
        line = f" {' '.join(words)} "
        cues = {cue.rank: cue for key in keys for cue in self.by_key[key]}
        for _, cue in sorted(cues.items()):
            if found := cue.pattern.search(line):
                return cue.label, found
        return None


def compile_cues(cues: Iterable[tuple[Label, str]], months: Iterable[str]) -> CueSheet[Label]:
    """Compile labelled cues, in the order in which they are to be tried.

    `months` are the month names of the language, long and short, without full stops. Raises ValueError for a cue
    without a word of its own or with two dates.
    """
    date = _date(months)
    by_key: dict[str, list[Cue[Label]]] = {}
    for rank, (label, text) in enumerate(cues):
        cue = Cue(rank, label, text, date)
        for key in _keys(text):
            by_key.setdefault(key, []).append(cue)
    return CueSheet({key: tuple(found) for key, found in by_key.items()})


def _keys(text: str) -> frozenset[str]:
    """The words of which a text must hold one for the cue to be there: the rarest that the cue needs."""
    if text.count("{date}") > 1:
        raise ValueError(f"the cue {text!r} has two dates")
    needed: list[frozenset[str]] = []  # of each of these sets a text must hold a word
    for token in text.split():
        if token == "{other}":
            needed.append(frozenset(STRANGER))
        elif token != "{date}" and token not in _SPECIAL and not token.startswith("!") and not _optional(token):
            needed.append(frozenset(max(words.split(), key=len) for words in _alternatives(token)))
    if not needed:
        raise ValueError(f"the cue {text!r} has no word of its own")
    return max(needed, key=_rarity)


def _expression(text: str, date: str) -> str:
    pieces = []
    for token in text.split():
        if token == "{date}":
            pieces.append(f"(?P<date>{date})")
        elif token in _SPECIAL:
            pieces.append(_SPECIAL[token])
        elif token.startswith("!"):
            pieces.append(f"(?!{_either(token[1:])})")
        elif _optional(token):
            pieces.append(f"(?:{_either(token[1:-1])})?")
        else:
            pieces.append(f"(?:{_either(token)})")
    return "(?<= )" + "".join(pieces)


def _optional(token: str) -> bool:
    return token.startswith("[") and token.endswith("]")


def _rarity(words: frozenset[str]) -> int:
    """How seldom a text holds one of the words: names of others are seldom, and longer words are rarer."""
    return 99 if words <= set(SIGNS) else min(map(len, words))


def _either(token: str) -> str:
    return "|".join(f"{re.escape(words)} " for words in _alternatives(token))


def _alternatives(token: str) -> list[str]:
    """'card_issuer|bank' to its alternatives, each tokenised."""
    return [" ".join(tokens(word.replace("_", " "))) for word in token.split("|")]


_SPECIAL = {
    "{value}": f"{OWN} ",
    "{other}": f"{STRANGER} ",
    "~": _WORDS,
    "...": r"(?:\S+ )*?",
    "^": r"(?:(?<=\A )|(?<= [,:] ))",
    "$": r"\Z",
    "{number}": rf"(?:[^\w\s{SIGNS}] )?(?:\d\S*|[{OWN}{OTHER}]) ",
}


def _date(months: Iterable[str]) -> str:
    month = "|".join(re.escape(name) for name in sorted(months, key=len, reverse=True)) or "(?!)"
    day = r"\d{1,2}(?:st|nd|rd|th|er)?"
    year = r"(?:19|20)\d\d"
    return (
        rf"(?:(?:the )?(?:{day} (?:of )?)?(?:{month}) (?:\. )?(?:(?:{day}) )?(?:,? ?{year} )?"
        rf"|{year}-\d\d(?:-\d\d)? |\d{{1,2}}[/.]\d{{1,2}}[/.]{year} |(?:the )?(?:year )?{year} "
        r"|versions? v?\d\S* |v\d\S* )"
    )
