"""Where one inline element ends and the next begins: a label and its value, set apart by a style sheet alone.

'<span>Fee</span><span>$99</span>' shows 'Fee' and '$99' beside one another or one below the other; without a space
between them the text would say 'Fee$99', which is no value. Elements inside a word ('un<b>lock</b>able', '30<b>GB</b>')
and a price in parts ('$<b>19</b>') are left whole. Forms alone decide, so that it holds in every language.
"""

from __future__ import annotations

# A shorter word before a number or a currency sign is part of it: 'US$99', 'A$5', 'MP3', 'v2'.
LEAST_LABEL = 3
_CURRENCY = frozenset("$€£¥₹")
_CLOSING = frozenset(')]%*:?!.,;”’"')


def apart(before: str, after: str, *, siblings: bool) -> bool:
    """Whether a space is missing between the text `before` a seam and that `after` it.

    `siblings` says that one element ends at the seam and another begins there, with nothing between.
    """
    last, first = before[-1:], after[:1]
    if not last or last.isspace() or first.isspace():
        return False
    if first in _CURRENCY and (last.isalpha() or last in _CLOSING):
        return last.islower() or not last.isalpha() or _word_ends(before)
    if first.isdigit() and last.isalpha():
        return _word_ends(before)
    if first.isdigit() and last in _CLOSING:
        beside = before[-2:-1]
        return beside.isalpha() or (last not in ".," and not beside.isdigit())  # no '3' '.' '5', no '$' '.' '60'
    if not siblings:
        return False
    if first in _CURRENCY:
        return last.isdigit() and after[1:2].isdigit()
    if first.isupper():  # 'Refundable' 'Yes', '7 days' 'Change window'
        return last.islower() or last in _CLOSING or (last.isdigit() and after[1:2].islower())
    return last.isdigit() and first.isalpha() and len(after) > 2 and after[:3].isalpha()  # '30' 'days', no '5' 'th'


def _word_ends(before: str) -> bool:
    """Whether what stands before is a word and no prefix of a number: 'Fee', and 'in' after a hyphen or a space."""
    word = before[-LEAST_LABEL:]
    if len(word) < LEAST_LABEL:
        return False
    return word.isalpha() or (word[0] in "- " and before[:1].isalpha() and word[1:].isalpha() and word[1:].islower())
