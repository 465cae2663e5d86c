"""The path, top to bottom: what happens to one snapshot between being fetched and being judged.

`examine` is pure: the same snapshot, registry and day give the same answer, in this process or in another,
whatever else is in the run.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from drift import claims, reading, verdicts
from drift.errors import BlindReason, ReadingError
from drift.matching import Matcher
from drift.model import Examined, Language, Registry, Snapshot

DEFAULT_LANGUAGE = "en"  # of an article that declares none


@dataclass(slots=True)
class Standard:
    """What articles are held against: the registry on a day, prepared once for each language that comes up.

    `language` gives a Language for a primary tag, and raises LookupError for one without a file.
    """

    registry: Registry
    as_of: date
    language: Callable[[str], Language]
    _matchers: dict[str, Matcher] = field(default_factory=dict)

    def matcher(self, code: str) -> Matcher:
        """The registry prepared for articles in a language. Raises LookupError for a language without a file."""
        if code not in self._matchers:
            self._matchers[code] = Matcher(self.registry, self.language(code), self.as_of)
        return self._matchers[code]


def examine(snapshot: Snapshot, standard: Standard) -> Examined:
    """Read a snapshot, find its claims, match and judge them. An article that cannot be read is blind, with why."""
    page = snapshot.page
    try:
        article = reading.read(snapshot)
    except ReadingError as error:
        return Examined(page, blind=error.reason, detail=error.detail)
    code = article.language or DEFAULT_LANGUAGE
    try:
        matcher = standard.matcher(code)
    except LookupError:
        return Examined(page, title=article.title, blind=BlindReason.LANGUAGE, detail=f"written in '{code}'")
    found = claims.extract(article, matcher.language, dollars=standard.registry.dollars)
    matches = matcher.match(article, found)
    judged = verdicts.judge(matches, article, standard.registry, standard.as_of, matcher.language)
    return Examined(page, title=article.title, claims=len(found), verdicts=judged, matches=matches)
