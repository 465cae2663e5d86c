"""One number in digits, as any country writes it: '1,072.80', '1.072,80', "12'000", '1 250', '1,00,000', '.50'.

The form of a number says first how it is grouped; only where it leaves that open does the language of the page decide.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from drift.engine.numbers.grammar import Grammar
from drift.engine.numbers.text import same

MAX_DIGITS = 15  # a longer run of digits is an identifier

_POINT = "[.](?=[0-9])"
# Each form leaves one reading alone: a group of three, then another mark, or several groups.
_FORMS = re.compile(
    r"""
      (?P<dotted>[0-9]{1,3}(?:[.][0-9]{3})+,[0-9]{1,2} | [0-9]{1,3}(?:[.][0-9]{3}){2,})
    | (?P<pointed>[0-9]{1,3}(?:,[0-9]{3})+[.][0-9]+ | [0-9]{1,3}(?:,[0-9]{3}){2,} | [0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}
        | [0-9]{1,3}(?:'[0-9]{3})+(?:[.][0-9]{1,2})? )
    | (?P<comma>[0-9]{1,3}(?:'[0-9]{3})+,[0-9]{1,2})
    | (?P<spaced>[0-9]{1,3}(?:[ ][0-9]{3})+(?:[.,][0-9]{1,2})?)
    """,
    re.VERBOSE,
)
_FOOTNOTE = re.compile(r"(?:[*†‡§¹²³⁴-⁹]{1,3}|\[[0-9a-z*]{1,2}\])(?=[ ]{0,2}-?[^\W\d_])")
_SLASHED = re.compile(r"/[0-9]{1,2}[ -][^\W\d_]")  # '24/48 hours'
_PLUS = re.compile(r"[+](?=[ ]{0,2}-?[^\W\d_])")


class Digits(NamedTuple):
    """A number in digits at `folded[start:end]`; `scale` is what a magnitude multiplied it by, `letter` its letter.

    `unsure` says what the digits leave open: 'group' of '1.500', 'space' of '1 250'. `plus` is the sign in '14+ days'.
    """

    start: int
    end: int
    amount: Decimal
    text: str
    scale: Decimal = Decimal(1)
    letter: str = ""
    unsure: str = ""
    plus: bool = False


def read(folded: str, start: int, rules: Grammar, *, letters: bool, joined: bool = False) -> Digits | None:
    """The number whose first digit stands at `start`; with `letters`, 'k' and 'm' after it are magnitudes.

    `joined` is the second of a range: what stands before it is known.
    """
    before = folded[start - 1] if start else " "
    point = (
        start
        and before == rules.decimal
        and (start < 2 or not (folded[start - 2].isalnum() or folded[start - 2] in ".,"))
    )
    text, amount, unsure = _form(folded, start, rules)
    if amount is None or len(text) > MAX_DIGITS:
        return None
    end = start + len(text)
    if not point and not joined and _before_a_name(folded, start, before, rules):
        return None
    if _goes_on(folded, end):
        return None
    if point:
        if not text.isdecimal():
            return None
        amount, start, unsure = Decimal(f"0.{text}"), start - 1, ""
    if half := rules.half.match(folded, end):
        amount, end = amount + Decimal("0.5"), half.end()
    found = Digits(start, end, amount, text, unsure=unsure)
    if word := rules.scale.match(folded, end):
        scale = rules.numbers[same(word["word"])]
        return found._replace(end=word.end(), amount=amount * scale, scale=scale, unsure="")
    if letters and (letter := rules.letter.match(folded, end)):
        scale = rules.letters[letter["letter"]]
        return found._replace(end=letter.end(), amount=amount * scale, scale=scale, letter=letter[0], unsure="")
    if mark := _PLUS.match(folded, end):
        return found._replace(end=mark.end(), plus=True)
    if mark := _FOOTNOTE.match(folded, end):
        return found._replace(end=mark.end())
    return found


def _form(folded: str, start: int, rules: Grammar) -> tuple[str, Decimal | None, str]:
    """The digits, their amount, and what they leave open."""
    match = _FORMS.match(folded, start)
    if match and not folded[match.end() : match.end() + 1].isdecimal():
        text, form = match[0], match.lastgroup
        if form == "spaced":
            if " " not in rules.thousands and text.startswith("0"):
                form = None
            else:
                whole, _, part = text.replace(",", ".").partition(".")
                unsure = "" if " " in rules.thousands or part or whole.count(" ") > 1 else "space"
                return text, _exact(whole.replace(" ", ""), part), unsure
        if form:
            mark = "," if form in ("dotted", "comma") else "."
            whole, _, part = text.partition(mark)
            whole = "".join(char for char in whole if char.isdecimal())
            return text, _exact(whole, part), ""
    match = rules.digits.match(folded, start)
    if match is None:
        return "", None, ""
    return match[0], *_amount(match[0], rules)


def _exact(whole: str, part: str) -> Decimal:
    return Decimal(f"{whole or 0}.{part}" if part else whole or 0)


def _amount(text: str, rules: Grammar) -> tuple[Decimal | None, str]:
    """The amount that digits state by the language; None if their marks make no sense."""
    half = Decimal("0.5") if text.endswith("½") else Decimal(0)
    text = text.removesuffix("½")
    at = next((at for at in range(len(text) - 1, -1, -1) if not text[at].isdecimal()), -1)
    if at < 0:
        return Decimal(text or 0) + half, ""
    whole, mark, part = text[:at], text[at], text[at + 1 :]
    unsure = ""
    if mark in rules.thousands and len(part) == 3:
        whole, part = whole + part, ""
    elif mark != rules.decimal and len(part) > 2:
        return None, ""
    elif mark == rules.decimal and len(part) == 3 and 0 < len(whole) <= 3 and whole[0] != "0":
        unsure = "group"
    whole = "".join(char for char in whole if char.isdecimal())
    return _exact(whole, part) + half, unsure


def _before_a_name(folded: str, start: int, before: str, rules: Grammar) -> bool:
    """Whether what stands before these digits makes them part of a version, an address, a fraction, '1 000'."""
    if before.isalpha() and not _currency_code(folded, start, rules):
        return True
    if before in "#_/\\@=&+.:%§":
        compared = before == "=" and start > 1 and folded[start - 2] in "<>"
        if not compared and not (before in ":/" and start > 1 and not folded[start - 2].isdecimal()):
            return True
    if before == "-" and start > 1 and (folded[start - 2].isalpha() or folded[start - 2] in "-"):
        return True
    if before == " " and folded.startswith("00", start) and folded[max(0, start - 2)].isdecimal():
        return True  # the thousands of another language
    return before in ",'" and start > 1 and folded[start - 2].isdecimal()


def _goes_on(folded: str, end: int) -> bool:
    """Whether a mark and more digits follow: a version, a telephone number, '24/7'."""
    after = folded[end : end + 2]
    if len(after) < 2 or not after[1].isdecimal() or after[0] not in ".,:/'":
        return False
    return after[0] != "/" or not _SLASHED.match(folded, end)


def _currency_code(folded: str, start: int, rules: Grammar) -> bool:
    """Whether the letters at the number name a currency, as in 'usd35' and 'rm50': money says whether they do."""
    lowest = start
    while lowest > 0 and start - lowest <= _LONGEST_CODE and folded[lowest - 1].isalnum():
        lowest -= 1
    return folded[lowest:start] in rules.codes


_LONGEST_CODE = 4
