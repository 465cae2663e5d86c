"""What a registry misspells: 'dys' for days, 'GBB' for GB, 'per mnth' for per month, 'dolars', 'percnt', 'Decembr 25'.

A counted noun may be any word, so only what is one slip of the hand away from a unit is taken for one: people write
the first letter right, and short names are doubled or turned round rather than changed ('GBB', 'kgg', 'dya').
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA

from drift.engine.kinds import data_size, date, duration, measure, money, percentage
from drift.engine.kinds.base import REGISTRY_AMOUNT, amount_of

# an amount, a size or a range, its unit, and by what it is counted
_NUMBERED = re.compile(
    rf"(?P<before>.*?{REGISTRY_AMOUNT})[ -]?(?P<unit>[^\W\d]\D*?2?)(?P<per>(?: per | ?/ ?).*)?", re.DOTALL
)
_DAY = re.compile(
    r"(?:(?P<first>[a-z]{3,10}\.?) (?P<after>\d{1,2})(?:st|nd|rd|th)?"
    r"|(?P<before>\d{1,2})(?:st|nd|rd|th)? (?:of )?(?P<last>[a-z]{3,10}\.?))(?:,? (?P<year>(?:19|20)\d\d))?",
    re.IGNORECASE,
)
_SPELLED_OUT = 4  # letters from which a name is a word, in which any one letter may be wrong

# what is counted or sold by the piece and only looks like a unit: pints, stones, secs, minutes, litres, feet, miles
_OTHERS = (
    "point points print prints pin pins paint paints store stores stove stoves set sets mints quartet quartets wait "
    "waits food fleet feed feeds fee fees mine mines mill mills mole moles male males milk tone tones litter litters "
    "lifter lifters yarn yarns bite bites cert certs"
)
_OTHER_WORDS = frozenset(_OTHERS.split())


def meant(words: str) -> str | None:
    """The spelling of a value with the unit that is one slip away from the one it has; None where there is none.

    Whether the whole is a value then is for the caller to try. A unit that is known is no slip.
    """
    match = _NUMBERED.fullmatch(words)
    if match is None:
        return None
    per = match["per"] or ""
    if per and (near := _nearest(match["unit"] + per, _names())):  # '100 Mbitt/s'
        return f"{match['before']} {near}"
    near = _nearest(match["unit"], _names())
    if near and (unit := duration.unit_named(near.lower())):
        near = duration.spell(amount_of(match["amount"]), unit).partition(" ")[2]
    return f"{match['before']} {near}{per}" if near else None


def meant_per(name: str) -> str | None:
    """The unit that is one slip away from the one by which a value is counted ('mnth' in 'EUR 35 per mnth')."""
    return _nearest(name.rpartition(" ")[2], _counters())


def meant_day(words: str) -> str | None:
    """The registry's spelling of a day whose month is abbreviated or one slip away from its name: 'Decembr 25',
    '25th Dec 2026'; None where there is none. Whether there is such a day is for the caller to try.
    """
    match = _DAY.fullmatch(words)
    month = match and _month(match["first"] or match["last"])
    if not match or not month:
        return None
    day = int(match["after"] or match["before"])
    return f"{match['year']}-{date.MONTHS.index(month) + 1:02}-{day:02}" if match["year"] else f"{month} {day}"


def _month(word: str) -> str | None:
    low = word.lower().rstrip(".")
    for name in date.MONTHS:
        plain = name.lower()
        if plain == low or (len(low) in (3, 4) and plain.startswith(low)):
            return name
        # 'May', 'June' and 'July' are one slip away from other words
        if len(plain) > _SPELLED_OUT and plain[0] == low[:1] and OSA.distance(low, plain, score_cutoff=1) == 1:
            return name
    return None


def _nearest(word: str, names: Iterable[str]) -> str | None:
    folded = word.lower()
    if folded in _OTHER_WORDS:
        return None
    near = None
    for name in names:
        plain = name.lower()
        if plain == folded:
            return None
        if near is None and plain[:1] == folded[:1] and abs(len(plain) - len(folded)) < 2 and _is_slip(folded, plain):
            near = name
    return near


def _is_slip(word: str, name: str) -> bool:
    """Whether one letter too many, too few, wrong, or two turned round make the word of the name."""
    if len(name) >= _SPELLED_OUT:
        return OSA.distance(word, name, score_cutoff=1) == 1
    doubled = (name[: at + 1] + name[at:] for at in range(len(name)))
    turned = (name[:at] + name[at + 1] + name[at] + name[at + 2 :] for at in range(1, len(name) - 1))
    return len(name) > 1 and word in (*doubled, *turned)


@lru_cache(maxsize=1)
def _counters() -> tuple[str, ...]:
    """The units by which a value may be counted, in the singular and in the plural."""
    times = duration.names()
    return (*times, *(f"{name}s" for name in times if name != "ms"), *measure.names(), *data_size.names())


@lru_cache(maxsize=1)
def _names() -> tuple[str, ...]:
    """The units of all kinds; of times first the plural, which is what most values have."""
    times = duration.names()
    plurals = (f"{name}s" for name in times if name != "ms")
    return (*plurals, *times, *data_size.names(), *measure.names(), *money.names(), *percentage.WORDS)
