"""The path, top to bottom: what happens to one snapshot between being fetched and being judged.

`examine` is pure: the same snapshot, registry and day give the same answer, in this process or in another,
whatever else is in the run.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from drift import claims, reading, verdicts
from drift.errors import BlindReason, ReadingError
from drift.matching import Matcher
from drift.model import Article, Examined, Language, Registry, Snapshot
from drift.reading.standins import stand_in

DEFAULT_LANGUAGE = "en"  # of an article that declares none

# What is more than this is data and no article. Of 250 real documents the longest has 122,000 characters and 129
# values; a table of 200 countries and 8 prices has 1,600. Each is worth a few seconds, so that every page ends soon.
MOST_CHARACTERS = 2_000_000
MOST_NUMBERS = 50_000
MOST_CLAIMS = 10_000
_NUMBER = re.compile(r"[0-9]+")


@dataclass(slots=True)
class Standard:
    """What articles are held against: the registry on a day, prepared once for each language that comes up.

    `language` gives a Language for a primary tag, and raises LookupError for one without a file. With `explain`,
    the terms that a claim was not taken for carry their evidence too.
    """

    registry: Registry
    as_of: date
    language: Callable[[str], Language]
    explain: bool = False
    _matchers: dict[str, Matcher] = field(default_factory=dict)

    def matcher(self, code: str) -> Matcher:
        """The registry prepared for articles in a language. Raises LookupError for a language without a file."""
        if code not in self._matchers:
            self._matchers[code] = Matcher(self.registry, self.language(code), self.as_of)
        return self._matchers[code]

    def __reduce__(self) -> tuple[object, ...]:
        """Travels to another process without what was prepared, which is prepared there anew."""
        return type(self), (self.registry, self.as_of, self.language, self.explain)


def examine(snapshot: Snapshot, standard: Standard, selector: str | None = None) -> Examined:
    """Read a snapshot, find its claims, match and judge them. An article that cannot be read is blind, with why.

    `selector` is the CSS selector of the element its source keeps articles in.
    """
    page = snapshot.page
    try:
        article = reading.read(snapshot, selector)
    except ReadingError as error:
        return Examined(page, blind=error.reason, detail=error.detail)
    if excess := _excess(article):
        return Examined(page, title=article.title, blind=BlindReason.TOO_LARGE, detail=excess)
    code = article.language or DEFAULT_LANGUAGE
    try:
        matcher = standard.matcher(code)
    except LookupError:
        return Examined(page, title=article.title, blind=BlindReason.LANGUAGE, detail=f"written in '{code}'")
    if snapshot.status is not None and (instead := stand_in(article, matcher.language)):
        return Examined(page, title=article.title, blind=instead[0], detail=instead[1])
    found = claims.extract(article, matcher.language, dollars=standard.registry.dollars, most=MOST_CLAIMS)
    if len(found) > MOST_CLAIMS:
        excess = f"more than {MOST_CLAIMS:,} values"
        return Examined(page, title=article.title, blind=BlindReason.TOO_LARGE, detail=excess)
    known = matcher.recognise(article, found)
    matches = matcher.match(article, found, known, explain=standard.explain)
    judged = verdicts.judge(matches, article, standard.registry, standard.as_of, matcher.language)
    return Examined(
        page,
        title=article.title,
        claims=len(found),
        verdicts=judged,
        matches=matches,
        gone=known.gone,
        language=code,
    )


def _excess(article: Article) -> str | None:
    """What there is too much of for an article, in words."""
    characters = sum(len(passage.text) for passage in article.passages)
    if characters > MOST_CHARACTERS:
        return f"{characters:,} characters of text; at most {MOST_CHARACTERS:,} are examined"
    if characters < 2 * MOST_NUMBERS:  # too few to hold so many
        return None
    numbers = sum(1 for passage in article.passages for _ in _NUMBER.finditer(passage.text))
    if numbers > MOST_NUMBERS:
        return f"{numbers:,} numbers; at most {MOST_NUMBERS:,} are examined"
    return None
