"""Write what currencies, units and months are called: `python tests/cldr/make.py`, from the CLDR data that Babel holds.

Codes and signs of currencies go to drift/engine/kinds/currencies.py, their names to
drift/engine/languages/currencies.json, units and months to drift/engine/languages/cldr.json; a test holds all three
fresh. A new language takes a line in LOCALES.
"""

from __future__ import annotations

import json
from collections import defaultdict
from itertools import product
from pathlib import Path
from typing import Literal

from babel import Locale
from babel.core import get_global
from babel.localedata import locale_identifiers
from babel.numbers import get_currency_name
from babel.units import format_unit

Length = Literal["short", "long", "narrow"]

ROOT = Path(__file__).parents[2]
MODULE = ROOT / "drift" / "engine" / "kinds" / "currencies.py"
NAMES = ROOT / "drift" / "engine" / "languages" / "currencies.json"
CALENDAR = ROOT / "drift" / "engine" / "languages" / "cldr.json"
LOCALES = {"en": ("en", "en_GB"), "fr": ("fr",)}
# kind -> what CLDR calls a unit, or `theirs=ours`. What others than the English call a foot or a mile is an ordinary
# word or a number ('pied', 'mille'): units that only they use are named in English alone.
UNITS = {
    "duration": "millisecond=ms second minute hour day week fortnight month quarter year",
    "percentage": "percent=%",
    "data size": "byte kilobyte=KB megabyte=MB gigabyte=GB terabyte=TB petabyte=PB",
    "measure": "milligram=mg gram=g kilogram=kg tonne=t millimeter=mm centimeter=cm meter=m kilometer=km milliliter=ml"
    " centiliter=cl deciliter=dl liter=l square-meter=m² square-kilometer=km² hectare=ha kilometer-per-hour=km/h watt=W"
    " kilowatt=kW megawatt=MW kilowatt-hour=kWh hertz=Hz kilohertz=kHz megahertz=MHz gigahertz=GHz celsius=°C",
}
CUSTOMARY = {
    "measure": "ounce=oz pound=lb stone inch=in foot=ft yard=yd mile=mi gallon=gal pint=pt square-foot=ft² acre"
    " mile-per-hour=mph fahrenheit=°F"
}
# Short names that are read as something else ('1 st', '5 in', 'sem.' of a semester), or that nobody writes.
NO_UNITS = frozenset(["st", "in", "ac", "fw", "q", "qtr", "qtrs", "sem.", "trim.", "m.", "po"])
# Their words are ordinary words or the names of units ('pounds', 'a real offer', '5 won'): a language file says how
# these are read, or nothing does.
_ORDINARY = (
    "pound pounds dollar dollars cent cents franc francs euro euros won real reals sol som mark marks leu lev lek dong"
    " all try top cup pen mop cop sos bob mad gel ang lak mur mvr bam lei para rand livre livres sum dalasi tala vatu"
    " lire drachme couronne rial gold or"
)
ORDINARY = frozenset(_ORDINARY.split())
PLAIN = frozenset("$£€¥")  # what these mean a language file says
ALSO = {"rs": "INR NPR", "₨": "INR LKR MUR NPR PKR SCR"}  # what CLDR leaves to the reader
MOST_LETTERS = 12  # of a sign: longer ones are names


def current() -> dict[str, set[str]]:
    """Each ISO currency that is tender somewhere today, with the territories it is tender in."""
    tender: dict[str, set[str]] = defaultdict(set)
    for territory, spans in get_global("territory_currencies").items():
        for code, _, until, is_tender in spans:
            if until is None and is_tender:
                tender[code].add(territory)
    return dict(sorted(tender.items()))


def signs(tender: dict[str, set[str]]) -> dict[str, str]:
    """The signs that the people of a territory write their own currency with, each with what it may stand for."""
    found: dict[str, set[str]] = defaultdict(set)
    territories: dict[str, set[str]] = defaultdict(set)
    for code, places in tender.items():
        for place in places:
            territories[place].add(code)
    for name in locale_identifiers():
        locale = Locale.parse(name)
        for place in {locale.territory} if locale.territory else set():
            for code in territories.get(place, ()):
                sign = locale.currency_symbols.get(code, code).strip(".\u200b\u200f\u200e").lower()
                if sign and sign.upper() != code and len(sign) < MOST_LETTERS and not PLAIN.issuperset(sign):
                    found[sign].add(code)
    for locale in (Locale.parse("en"), Locale.parse("fr")):
        for code in tender:
            sign = locale.currency_symbols.get(code, code).lower()
            if sign != code.lower() and not PLAIN.issuperset(sign):
                found[sign].add(code)
    for sign, codes in ALSO.items():
        found[sign].update(codes.split())
    return _written({sign: codes for sign, codes in found.items() if codes})


def names(tender: dict[str, set[str]], language: str) -> dict[str, str]:
    """The full names and their heads ('dirham' of 'UAE dirham'), in both numbers, in lower case."""
    found: dict[str, set[str]] = defaultdict(set)
    for code in tender:
        found[code.lower()].add(code)
        for number in (1, 2):
            name = get_currency_name(code, number, language).lower().replace("’", "'")
            found[name].add(code)
            head = name.split()[-1] if language == "en" else name.split()[0]
            if head not in ORDINARY and len(head) > 2:
                found[head].add(code)
    return _written(found)


def units(language: str) -> dict[str, dict[str, str]]:
    """kind -> unit -> its names, long and short, with '|' between them. One letter alone is left to language files."""
    named: dict[str, dict[str, str]] = defaultdict(dict)
    for table in (UNITS, CUSTOMARY)[: 2 if language == "en" else 1]:
        for kind, row in table.items():
            for theirs, _, ours in (one.partition("=") for one in row.split()):
                if names := _unit_names(language, theirs):
                    named[kind][ours or theirs] = "|".join(names)
    return named


def _unit_names(language: str, unit: str) -> list[str]:
    lengths: tuple[Length, ...] = ("long", "short", "narrow")
    every = product((1, 2), lengths, LOCALES[language])
    said = (format_unit(number, f"-{unit}", length, locale=locale) for number, length, locale in every)
    names = {" ".join(one.strip("12").lower().split()) for one in said}
    return sorted(name for name in names - NO_UNITS if len(name) > 1 or name == "%")


def months(language: str) -> list[str]:
    """The months in order, each with its names, long and short; a shortened name also with a full stop."""
    found = []
    for number in range(1, 13):
        names: dict[str, None] = {}
        for locale in map(Locale.parse, LOCALES[language]):
            long, short = (locale.months["format"][width][number].lower() for width in ("wide", "abbreviated"))
            names |= dict.fromkeys([long] if short == long else [long, short, f"{short.rstrip('.')}."])
        found.append(" ".join(names))
    return found


def _written(found: dict[str, set[str]]) -> dict[str, str]:
    return {name: " ".join(sorted(codes)) for name, codes in sorted(found.items()) if "(" not in name}


def module(tender: dict[str, set[str]], sign: dict[str, str]) -> str:
    codes = _wrapped(" ".join(tender))
    lines = "".join(f'    "{name}": "{codes}",\n' for name, codes in sign.items())
    return (
        '"""The currencies of ISO 4217 that are tender today, and their signs. Written by tests/cldr/make.py."""\n\n'
        "from __future__ import annotations\n\n"
        f"_CODES = (\n{codes})\nCODES = frozenset(_CODES.split())\n\n"
        f"# sign -> the codes it may stand for\nSIGNS: dict[str, str] = {{\n{lines}}}\n"
    )


def _wrapped(words: str, width: int = 100) -> str:
    lines, line = [], ""
    for word in words.split():
        if len(line) + len(word) > width:
            lines.append(line)
            line = ""
        line += f"{word} "
    return "".join(f'    "{one}"\n' for one in (*lines, line))


def made() -> dict[Path, str]:
    """Each file with what belongs in it."""
    tender = current()
    sign = signs(tender)
    spoken = {"signs": sign, **{language: names(tender, language) for language in LOCALES}}
    called = {language: {"months": months(language), "units": units(language)} for language in LOCALES}
    return {
        MODULE: module(tender, sign),
        CALENDAR: json.dumps(called, ensure_ascii=False, indent=1) + "\n",
        NAMES: json.dumps(spoken, ensure_ascii=False, indent=0, sort_keys=True) + "\n",
    }


if __name__ == "__main__":
    for path, text in made().items():
        path.write_text(text, encoding="utf-8")
