"""Numbers that look like a value and were not read as one: '1.500 €', '05/06/2026', '$5x'. They are told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from drift.engine.numbers import fold

# A number with a sign of money, per cent or degrees beside it, a letter at it, or a mark or a space within it.
_LOOKS = re.compile(
    r"(?<![\w./:@#-])"
    r"(?:[^\W\d_]{0,3}[$€£¥₹₩₽₺₴₦₱][ ]?[0-9][0-9.,'/ ]{0,14}(?<=[0-9])[^\W\d_]{0,4}"
    r"|[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:[0-9]{4}|[0-9]{2})(?![0-9])"
    r"|[0-9]{1,3}(?:[ .,'][0-9]{2,3})+[ ]?(?:[$€£¥₹%°]|(?:kr|rs|rm|eur|usd|gbp)\b)?"
    r"|[0-9]{1,6}[ ]?[$€£¥₹%°](?!\w)"
    r"|[0-9]{1,4}/[0-9]{1,4}(?=[ -][^\W\d_])"
    r"|[0-9]{1,2}h[0-9]{2}(?!\w)"
    r"|[0-9]{1,4}(?:[ ]?[a-z]{0,2}[ ]?[x×+/-][ ]?[0-9]{1,4}){1,2}[ ]?(?:mm|cm|m|in|ft|kg|lb)(?!\w)"
    r"|[0-9]{1,4}(?:[.,][0-9]{1,2})?[a-z]{1,4}(?![\w-]))"
)
_MOST = 200  # in one passage: what holds more is data
_NAMES = re.compile(
    r"(?:^|[^\w])(?:version|v|ios|android|windows|section|call|tel|phone|fax|no\.|number|rfc|iso)[ .:]{0,2}\Z"
)
_KNOWN = re.compile(r"24/7|7/7|[0-9]+(?:st|nd|rd|th|s|g|d|x|p|k|e|er|de|mm)|[34]g|[0-9]{1,3}(?:[ .-][0-9]{2,4}){2,}")


def declined(text: str, read: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans of what looks like a value and lies in none of the spans that were `read`, ascending.

    Telephone numbers, versions and parts of names look like none. The cost is linear in the text.
    """
    folded = fold(text)
    at = 0
    for count, match in enumerate(_LOOKS.finditer(folded)):
        if count >= _MOST:
            return
        start, end = match.span()
        while end > start and folded[end - 1] in " .,'":
            end -= 1
        while at < len(read) and read[at][1] <= start:
            at += 1
        if at < len(read) and read[at][0] < end:
            continue
        if _KNOWN.fullmatch(folded, start, end) or _NAMES.search(folded, max(0, start - 12), start):
            continue
        yield start, end
