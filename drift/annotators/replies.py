"""What a model replied, read: an offered rule or none, how sure it is and why, or why the reply counts for nothing.

A reply counts only if it is one answer to what was asked. Models that are not held to JSON wrap it in prose or in code
fences, and some think aloud first; what is two answers, half of one, or names a rule that was not offered is none.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from drift.model.errors import DriftError
from drift.model.escaping import inert

WHY = 200  # characters of an annotator's own words
LONGEST = 65_536  # characters of a reply that is read; one that is asked for takes 100 to 400
_OBJECT = re.compile(r'\{\s*(?:"|\})')  # how an object begins, and hardly any prose
_THOUGHT = re.compile(r"\s*<think>.*?</think>", re.DOTALL)  # how open models set apart what they think first
_NONE = frozenset(("none", "null", "no rule"))


class ReplyError(DriftError):
    """A reply that is no answer, with the reason in our words."""


@dataclass(frozen=True, slots=True)
class RuleReply:
    """The full name of the rule, or None for none of those offered."""

    rule: str | None
    probability: float
    why: str


def read(text: str, names: Sequence[str]) -> RuleReply:
    """The answer in a reply. `names` are those of the rules in the order of their numbers, from 1.

    Raises ReplyError.
    """
    if len(text) > LONGEST:
        raise ReplyError("the reply is far too long")
    found: list[dict[str, Any]] = []
    thought = _THOUGHT.match(text)
    for each in _objects(text[thought.end() :] if thought else text):
        if each not in found:
            found.append(each)
        if len(found) > 1:
            raise ReplyError("the reply holds two different answers")
    if not found:
        raise ReplyError("the reply holds no JSON object")
    return answer(found[0], names)


def one(text: str) -> dict[str, Any]:
    """The one object that a text is, and nothing else. Raises ReplyError."""
    try:
        found, end = _READER.raw_decode(text.strip())
    except (ValueError, RecursionError):
        raise ReplyError("it is malformed or breaks off") from None
    if not isinstance(found, dict) or end != len(text.strip()):
        raise ReplyError("it is no JSON object")
    return found


def answer(given: dict[str, Any], names: Sequence[str]) -> RuleReply:
    """The answer that an object is. Raises ReplyError."""
    if "rule" not in given:
        raise ReplyError("the reply does not say which rule")
    rule = _rule(given["rule"], names)
    sure = given.get("p")
    if isinstance(sure, bool) or not isinstance(sure, (int, float)):
        raise ReplyError("the reply does not say how sure it is")
    if not 0 <= sure <= 1:  # neither NaN nor endless
        raise ReplyError("the reply is sure by something else than 0 to 1")
    return RuleReply(rule, float(sure), quotable(given.get("why")))


def quotable(why: object) -> str:
    """An annotator's own words as they may be shown: one line that no terminal obeys; '' for what is no text."""
    return inert(why).strip()[:WHY].strip() if isinstance(why, str) else ""


def agreed(one: RuleReply, other: RuleReply) -> RuleReply:
    """What two answers to two wordings of a question are together. Raises ReplyError."""
    if one.rule != other.rule:
        raise ReplyError("the two wordings got different answers")
    return RuleReply(one.rule, min(one.probability, other.probability), one.why)


def _rule(named: object, names: Sequence[str]) -> str | None:
    if named is None or (isinstance(named, str) and named.strip().lower() in _NONE):
        return None
    if isinstance(named, str):
        if named in names:
            return named
        named = int(named) if re.fullmatch(r"\s*[0-9]{1,3}\s*", named, re.ASCII) else named
    if isinstance(named, float) and math.isfinite(named) and named == int(named):
        named = int(named)
    if isinstance(named, int) and not isinstance(named, bool) and 1 <= named <= len(names):
        return names[named - 1]
    raise ReplyError("the reply names a rule that was not offered")


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """Every object in a text. What begins like one and is none makes the reply none: half an answer is no answer."""
    position = 0
    while begun := _OBJECT.search(text, position):
        try:
            found, position = _READER.raw_decode(text, begun.start())
        except (ValueError, RecursionError):
            raise ReplyError("the reply is malformed or breaks off") from None
        yield found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object in which no key is given twice, as two answers in one would be."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key is given twice")
    return made


def _no_number(_: str) -> NoReturn:
    raise ValueError("NaN and endless numbers are no JSON")


_READER = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_number)
