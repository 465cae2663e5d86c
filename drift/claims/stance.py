"""How an article stands to a value it states: does it hold now, and is it the article's own rule?

Only what is asserted now is judged, so both mistakes cost: a stance set wrongly hides a divergence, one missed
raises a false alarm. The cues are data of the language; here is only where each of them reaches.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from drift.claims.cues import OTHER, OWN, STRANGER, CueSheet, compile_cues, tokens
from drift.claims.days import day_of, month_numbers
from drift.claims.strangers import Strangers
from drift.model import Found, Language, Passage, Stance, Zone
from drift.values import Kind

_NAMES = {
    Stance.NEGATED: "negated",
    Stance.FORMER: "former",
    Stance.UPCOMING: "upcoming",
    Stance.HYPOTHETICAL: "hypothetical",
    Stance.EXAMPLE: "example",
    Stance.THIRD_PARTY: "third-party",
}
"""Stances with cues, by their name in a language file, in the order in which they are tried."""

_QUESTION = re.compile(r"\?[!?\"'”’»)\]*_\s]*$")
_ELLIPSIS = re.compile(rf"[{OWN}{OTHER}{STRANGER}]")
_TIGHT = re.compile(r" (?=[,.:]|'s\b)")
_QUOTED = 12  # words of a cue that are told: it may reach over half a sentence
_BEFORE, _AFTER = 400, 200  # characters of a sentence that are read: real clauses are shorter
_APPOSITION = 4  # words up to which a bracketed value reads on in the sentence around it: '(up to 30 days)'


class Reading(NamedTuple):
    """A stance, the cue it was told by, quoted (None for CURRENT), and the day an upcoming one begins to hold."""

    stance: Stance
    why: str | None = None
    as_from: date | None = None


def stance(
    passage: Passage,
    sentence: tuple[int, int],
    founds: Sequence[Found],
    index: int,
    language: Language,
    strangers: Strangers,
) -> Reading | None:
    """The stance of the value `founds[index]` of a sentence. `founds` are those of the sentence, ascending.

    None for a date that promises nothing, such as that of the last update.
    """
    text = passage.text[sentence[0] : sentence[1]]
    if _QUESTION.search(text):
        return Reading(Stance.QUESTION, "a question")
    words = strangers.marked(_around(passage, sentence, founds, index))
    words = _clause(_unbracketed(words), language)
    if founds[index].value.kind is Kind.DATE and _no_promise(language).find(words):
        return None
    found = _sheet(language, "").find(words)
    return _read(*found, language) if found else _surroundings(passage, language)


def _read(kind: Stance, cue: re.Match[str], language: Language) -> Reading:
    words = _TIGHT.sub("", _ELLIPSIS.sub("…", " ".join(cue.group().split()[:_QUOTED])))
    named = cue.groupdict().get("date") if kind is Stance.UPCOMING else None
    return Reading(kind, f"'{words}'", day_of(named, language) if named else None)


def _surroundings(passage: Passage, language: Language) -> Reading:
    """What the headings, the question and the headers over a passage say of all that stands under them."""
    above = (*passage.headings, passage.caption, passage.lead_in, *passage.row, *passage.column)
    if passage.zone is Zone.HEADING:
        above = (*above, passage.text)
    for heading in above:
        if heading and (found := _heading(heading, language)):
            return found
    return Reading(Stance.CURRENT)


@lru_cache(maxsize=4096)
def _heading(text: str, language: Language) -> Reading | None:
    found = _sheet(language, " in headings").find(tokens(text.lower()))
    if found is None:
        return None
    reading = _read(*found, language)
    return reading._replace(why=f"under {reading.why}")


@lru_cache(maxsize=16)
def _no_promise(language: Language) -> CueSheet[None]:
    return compile_cues(((None, cue) for cue in language.stances.get("no promise", ())), month_numbers(language))


@lru_cache(maxsize=16)
def _sheet(language: Language, scope: str) -> CueSheet[Stance]:
    cues = ((kind, cue) for kind, name in _NAMES.items() for cue in language.stances.get(name + scope, ()))
    return compile_cues(cues, month_numbers(language))


# --- the words a cue may stand among ---------------------------------------------------------------------------


def _around(passage: Passage, sentence: tuple[int, int], founds: Sequence[Found], index: int) -> list[str]:
    """The words of the sentence of a value, itself and others of its kind replaced by their signs.

    A list's lead-in is read before its items. Of a sentence without end only what is near is read.
    """
    own = founds[index]
    start, end = max(sentence[0], own.start - _BEFORE), min(sentence[1], own.end + _AFTER)
    pieces = [passage.lead_in or "", " "]
    position = start
    for found in founds:
        if found.value.kind is own.value.kind and start <= found.start and found.end <= end:
            pieces += [passage.text[position : found.start], f" {OWN if found is own else OTHER} "]
            position = found.end
    pieces.append(passage.text[position:end])
    return tokens("".join(pieces))


def _unbracketed(words: list[str]) -> list[str]:
    """The words inside the brackets the own value stands in; else, and where they hold little more than the value
    itself, the words around with other brackets left out."""
    if "(" not in words:
        return words
    outer: list[str] = []
    inner: list[str] | None = None
    for word in words:
        if word == "(" and inner is None:
            inner = []
        elif word == ")" and inner is not None:
            if OWN in inner:
                if len(inner) > _APPOSITION:
                    return inner
                outer += inner
            inner = None
        else:
            (outer if inner is None else inner).append(word)
    return inner if inner and OWN in inner else outer


def _clause(words: list[str], language: Language) -> list[str]:
    """The words between the semicolons and contrasting words ('but', 'now') around the own value."""
    breaks = _contrasts(language)
    own = words.index(OWN)
    start = max((at + 1 for at in range(own) if words[at] in breaks), default=0)
    end = next((at for at in range(own + 1, len(words)) if words[at] in breaks), len(words))
    return words[start:end]


@lru_cache(maxsize=16)
def _contrasts(language: Language) -> frozenset[str]:
    return frozenset((";", *language.phrases.get("contrasts", ())))
