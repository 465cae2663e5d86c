"""Text that leads other text: headings that are not marked up as such, run-in headings, sentences before a list.

Legal documents and exported articles rarely use heading elements throughout: '**Refunds**' alone on its line,
'**Refunds.** You may ...' and '7.3 Termination. Either party ...' head what follows just the same. Forms alone
decide here, never words, so that it holds in every language.
"""

from __future__ import annotations

import re
from typing import NamedTuple

BOLD_LEVEL = 7  # one below h6
NUMBERED_LEVEL = 7  # plus the depth of the number: '7.3' is 9
RUN_IN_LEVEL = 20  # below every numbered paragraph

# The longest real headings of this form in 250 help and legal documents have 12 words; sentences set in bold
# begin at 9 but end in a full stop.
_MOST_WORDS = 12
_MOST_RUN_IN_WORDS = 8
_MOST_ENDED_WORDS = 6  # of a numbered heading that ends in a full stop
_LONGEST_LEAD = 300
LONGEST_JOINED = 2 * _LONGEST_LEAD
_LONG_WORD = 5  # letters from which titles write a word with a capital

_NUMBER = re.compile(r"(?:§ ?|[A-Z]\.|(?P<roman>[IVX]{1,4}\.)|(?P<digits>\d{1,2}(?:\.\d{1,2}){0,3})[.)]?)\s+(?=\S)")
_NUMBERED_RUN_IN = re.compile(
    r"(?P<digits>\d{1,2}(?:\.\d{1,2}){1,3})[.)]?\s+"
    r"(?P<head>[^\W\d_](?:[^.:;?!\n]|; (?=[^\W\d_a-z])){2,80})[.:](?=\s\S)"
)
_CLAUSE = re.compile(r"(?P<digits>\d{1,2}(?:\.\d{1,2}){1,3})[.)]?\s+[\"“(]?[^\W\d_a-z]")
_GOES_ON = re.compile(r"[;,]\s+[^\W\d_A-Z]+$")  # '...; and': an item of a list
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]?\s+(?=[\"'“‘(\[]?[^\W\d_a-z])")
_HEAD_TRIM = " \t\n:¶#*"


class RunIn(NamedTuple):
    """A heading found at the start of its paragraph; a soft one ends with the next paragraph beside it."""

    level: int
    text: str
    soft: bool


def as_heading(text: str) -> str:
    """A heading as context: without the colon and the permalink sign at its end."""
    return text.strip(_HEAD_TRIM) or text


def heading_level(text: str, bold: str, *, listed: bool = False) -> int | None:
    """The level of a paragraph that is a heading by its form, or None.

    `bold` is the bold text it begins with. Inside a list a value alone in bold is an item, no heading.
    """
    if len(text) > 160 or "\n" in text or len(text.split()) > _MOST_WORDS:
        return None
    number = _NUMBER.match(text)
    rest = text[number.end() :] if number else text
    if not any(character.isalpha() for character in rest):
        return None
    if _capitals(text, listed=listed):
        return BOLD_LEVEL
    if rest.rstrip("*").endswith((".", ";", ",", "!")):
        short = number is not None and len(rest.split()) <= _MOST_ENDED_WORDS
        if short and not bold and not listed and _CLAUSE.match(text) and _title_case(rest):
            return _level(number)
        if not short or not bold:
            return None
    if as_heading(bold) == as_heading(text):
        return None if listed and any(character.isdigit() for character in rest) else _level(number)
    if number and number["digits"] and not listed and rest[0].isupper() and not rest.endswith((":", "?")):
        if _GOES_ON.search(rest):
            return None
        return _level(number) if number.group().rstrip().endswith((".", ")")) or "." in number["digits"] else None
    return None


def run_in(text: str, bold: str) -> RunIn | None:
    """The heading a paragraph begins with, or None."""
    match = _NUMBERED_RUN_IN.match(text)
    if match and len(match["head"].split()) <= (_MOST_WORDS if _title_case(match["head"]) else _MOST_RUN_IN_WORDS):
        return RunIn(NUMBERED_LEVEL + match["digits"].count(".") + 1, match["head"].strip(), soft=False)
    if not bold or len(bold) >= len(text) or len(bold.split()) > _MOST_RUN_IN_WORDS:
        return None
    after = text[len(bold) :]
    if not (bold.endswith((".", ":", "?")) or after.lstrip().startswith((":", "–", "—", "- ")) or after[0] == "\n"):
        return None
    number = _NUMBER.match(bold)
    head = (bold[number.end() :] if number else bold).rstrip(".").strip(_HEAD_TRIM)
    if sum(character.isalpha() for character in head) < 3:
        return None
    if number and number["digits"]:
        return RunIn(NUMBERED_LEVEL + number["digits"].count(".") + 1, head, soft=False)
    return RunIn(RUN_IN_LEVEL, head, soft=True)


def clause_level(text: str) -> int | None:
    """The level of a paragraph that begins with the number of a clause, '7.3 Either party ...', or None."""
    found = _CLAUSE.match(text)
    return _level(found) if found else None


def introduction(text: str) -> str | None:
    """The sentence of a paragraph that introduces the list after it, or None if it is a statement of its own."""
    if text.endswith((".", "!", ";", ",")) and not text.endswith("..."):
        return None
    return last_sentence(text)


def last_sentence(text: str) -> str:
    """The last sentence of a text, cut from the front where it is very long."""
    starts = [match.end() for match in _SENTENCE_END.finditer(text[:-1])]
    sentence = text[starts[-1] :] if starts else text
    return sentence[-_LONGEST_LEAD:].replace("\n", " ").strip()


def joined(outer: str | None, item: str) -> str:
    """The lead-in of a list inside an item: the outer list's, then the item's own words; the innermost are kept."""
    text = f"{outer} {last_sentence(item)}" if outer else last_sentence(item)
    return text[-LONGEST_JOINED:]


def _capitals(text: str, *, listed: bool) -> bool:
    """Whether a line stands in capitals, as headings of contracts do; a single word may be a badge or a name."""
    if listed or not text.isupper() or any(map(str.isdigit, text)) or text.endswith((".", ";", ",", "!")):
        return False
    return len(text.split()) > 1 or text.endswith(":")


def _title_case(text: str) -> bool:
    """Whether several words of a text are long and all of those begin with a capital: 'Notice of Changes'."""
    long = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) >= _LONG_WORD]
    return len(long) > 1 and all(word[0].isupper() for word in long)


def _level(number: re.Match[str] | None) -> int:
    if number is None or not number["digits"]:
        return BOLD_LEVEL
    return NUMBERED_LEVEL + number["digits"].count(".")
