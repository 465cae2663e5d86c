"""Write what the currencies of the world are called: `python tests/cldr/make.py`, from the CLDR data that Babel holds.

Codes and signs go to drift/engine/kinds/currencies.py, names to drift/engine/languages/currencies.json; a test holds
both fresh.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

from babel import Locale
from babel.core import get_global
from babel.localedata import locale_identifiers
from babel.numbers import get_currency_name

ROOT = Path(__file__).parents[2]
MODULE = ROOT / "drift" / "kinds" / "currencies.py"
NAMES = ROOT / "drift" / "languages" / "currencies.json"
LANGUAGES = ("en", "fr")
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
    spoken = {"signs": sign, **{language: names(tender, language) for language in LANGUAGES}}
    return {
        MODULE: module(tender, sign),
        NAMES: json.dumps(spoken, ensure_ascii=False, indent=0, sort_keys=True) + "\n",
    }


if __name__ == "__main__":
    for path, text in made().items():
        path.write_text(text, encoding="utf-8")
