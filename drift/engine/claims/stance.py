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

from drift.engine import kinds
from drift.engine.claims.around import SentenceWords
from drift.engine.claims.cues import SIGNS, CueSheet, compile_cues, tokens
from drift.engine.claims.days import day_of, month_numbers
from drift.engine.claims.strangers import Strangers
from drift.model import Found, Language, Passage, Stance, Zone

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
_TAIL = 12  # characters at the end of a sentence among which its question mark stands
_ELLIPSIS = re.compile(f"[{SIGNS}]")
_TIGHT = re.compile(r" (?=[,.:]|'s\b)")
_HEADING = 300  # characters of what stands over a passage that are read
_QUOTED = 12  # words of a cue that are told: it may reach over half a sentence


class StanceReading(NamedTuple):
    """A stance, the cue it was told by, quoted (None for CURRENT), and the day an upcoming one begins to hold."""

    stance: Stance
    why: str | None = None
    as_from: date | None = None


def stances(
    passage: Passage, sentence: tuple[int, int], founds: Sequence[Found], language: Language, strangers: Strangers
) -> list[StanceReading | None]:
    """The stance of each value of a sentence. `founds` are all of them, ascending.

    None for a date that promises nothing, such as that of the last update.
    """
    if _QUESTION.search(passage.text, max(sentence[0], sentence[1] - _TAIL), sentence[1]):
        return [StanceReading(Stance.QUESTION, "a question")] * len(founds)
    words = SentenceWords(passage, sentence, founds, strangers)
    return [_stance(passage, found, words.around(index, language), language) for index, found in enumerate(founds)]


def _stance(passage: Passage, found: Found, words: Sequence[str], language: Language) -> StanceReading | None:
    if kinds.of(found.value).dates_texts and _no_promise(language).find(words):
        return None
    told = _sheet(language, "").find(words)
    return _read(*told, language) if told else _surroundings(passage, language)


def _read(kind: Stance, cue: re.Match[str], language: Language) -> StanceReading:
    words = _TIGHT.sub("", _ELLIPSIS.sub("…", " ".join(cue.group().split()[:_QUOTED])))
    named = cue.groupdict().get("date") if kind is Stance.UPCOMING else None
    return StanceReading(kind, f"'{words}'", day_of(named, language) if named else None)


def _surroundings(passage: Passage, language: Language) -> StanceReading:
    """What the headings, the question and the headers over a passage say of all that stands under them."""
    above = (*passage.headings, passage.caption, passage.lead_in, *passage.row, *passage.column)
    if passage.zone is Zone.HEADING:
        above = (*above, passage.text)
    for heading in above:
        if heading and (found := _heading(heading[:_HEADING], language)):
            return found
    return StanceReading(Stance.CURRENT)


@lru_cache(maxsize=4096)
def _heading(text: str, language: Language) -> StanceReading | None:
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
