"""The path, top to bottom: what happens to one snapshot between being fetched and being judged.

`examine` is pure: the same snapshot, registry and day give the same answer, in this process or in another. What the
other articles of a source say is evidence too: `together` judges examined articles by one another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from drift.engine import claims, questions, reading, verdicts
from drift.engine.languages.telling import UNDETERMINED, tell
from drift.engine.matching import Matcher
from drift.engine.reading.standins import stand_in
from drift.engine.sentences.fingerprint import text_of
from drift.engine.verdicts.context import gather
from drift.engine.verdicts.swayed import swayed
from drift.model import Article, Examined, Followed, Language, Registry, Snapshot, Written
from drift.model.annotation import Annotation, RuleQuestion
from drift.model.errors import BlindReason, ReadingError

# What is more than this is data and no article. Of 250 real documents the longest has 122,000 characters and 129
# values; a table of 200 countries and 8 prices has 1,600. Each is worth a few seconds, so that every page ends soon.
MOST_CHARACTERS = 2_000_000
MOST_NUMBERS = 50_000
MOST_CLAIMS = 10_000
_NUMBER = re.compile(r"\d+")


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
    _rules: dict[str, questions.OfferedRules] = field(default_factory=dict)

    def rules(self, code: str) -> questions.OfferedRules:
        """The terms as an annotator sees them, beside articles in a language. Raises LookupError as `matcher` does."""
        if code not in self._rules:
            self._rules[code] = questions.OfferedRules(self.registry, self.language(code))
        return self._rules[code]

    def matcher(self, code: str) -> Matcher:
        """The registry prepared for articles in a language. Raises LookupError for a language without a file."""
        if code not in self._matchers:
            self._matchers[code] = Matcher(self.registry, self.language(code), self.as_of)
        return self._matchers[code]

    def on(self, day: date) -> Standard:
        """The same on another day on which the same values are in force: what is prepared serves both."""
        prepared = {code: matcher.on(day) for code, matcher in self._matchers.items()}
        return Standard(self.registry, day, self.language, self.explain, prepared)

    def spoken(self, article: Article) -> Language | None:
        """The language an article is written in, or None if there is no file for it."""
        try:
            return self.language(article.language or self.registry.language)
        except LookupError:
            return None

    def __reduce__(self) -> tuple[object, ...]:
        """Travels to another process without what was prepared, which is prepared there anew."""
        return type(self), (self.registry, self.as_of, self.language, self.explain)


def examine(
    snapshot: Snapshot, standard: Standard, selector: str | None = None, others: verdicts.Others = verdicts.ALONE
) -> Examined:
    """Read a snapshot, find its claims, match and judge them. An article that cannot be read is blind, with why.

    `selector` is the CSS selector of the element its source keeps articles in; `others` what is known to be said by the
    other articles of its source.
    """
    try:
        article = read(snapshot, standard, selector)
    except ReadingError as error:
        return Examined(snapshot.page, blind=error.reason, detail=error.detail)
    return judge(article, standard, others=others)


def together(examined: Sequence[Examined], standard: Standard) -> tuple[Examined, ...]:
    """The articles of one source, each judged again by what the others say of its terms, in whatever order."""
    context = context_of(examined, standard)
    return tuple(judge_again(one, standard, context.others(voice(one))) for one in examined)


def context_of(examined: Iterable[Examined], standard: Standard) -> verdicts.SourceContext:
    """What the articles of one source say of each term, by their voices."""
    return gather((voice(one), verdicts.support(one.matches, standard.as_of)) for one in examined)


def voice(examined: Examined) -> str:
    """The name of an article among those of its source: two that have one text are one."""
    return examined.text or examined.page.public


def leaning(examined: Examined, standard: Standard) -> frozenset[str]:
    """The terms, by full name, of which the verdicts of an article hang on what other articles say."""
    if examined.language is None:
        return frozenset()
    language = standard.matcher(examined.language).language
    return swayed(examined.matches, examined.page, standard.registry, standard.as_of, language)


def judge_again(examined: Examined, standard: Standard, others: verdicts.Others) -> Examined:
    """An examined article, judged by what the other articles of its source say: nothing is read or matched anew."""
    terms = {match.term.full_name for match in examined.matches if match.term is not None}
    if examined.language is None or not others.said_of(terms):
        return examined
    language = standard.matcher(examined.language).language
    judged = verdicts.judge(examined.matches, examined.page, standard.registry, standard.as_of, language, others)
    return replace(examined, verdicts=judged)


def asked(examined: Examined, standard: Standard) -> dict[questions.Place, RuleQuestion]:
    """What an annotator may be asked about an article, by the place of the match it is about."""
    if examined.language is None:
        return {}
    return questions.questions(examined, standard.rules(examined.language), standard.as_of)


def asked_before(examined: Examined, standard: Standard) -> dict[questions.Place, RuleQuestion]:
    """The questions about an article that people have answered, as an annotator would be asked them."""
    if examined.language is None:
        return {}
    return questions.reviewed(examined, standard.rules(examined.language))


def annotated(
    examined: Examined,
    standard: Standard,
    asked: Mapping[questions.Place, RuleQuestion],
    answers: Mapping[str, Annotation],
) -> Examined:
    """An article with what was answered about it, judged by itself; `answers` are by the key of a question."""
    matches = questions.annotated(examined, asked, answers)
    if examined.language is None or matches == examined.matches:
        return examined
    language = standard.matcher(examined.language).language
    judged = verdicts.judge(matches, examined.page, standard.registry, standard.as_of, language)
    return replace(examined, matches=matches, verdicts=judged)


def read(snapshot: Snapshot, standard: Standard, selector: str | None = None, language: str | None = None) -> Article:
    """The article in a snapshot, in `language` where it does not declare one.

    Raises ReadingError with the reason the page is blind, which may be that a server answered with something else in
    its place: a page that says that there is no such page, or one that lets no program through.
    """
    article = reading.read(snapshot, selector)
    if language is not None and article.language is None:
        article = replace(article, language=language)
    spoken = standard.spoken(article) if snapshot.status is not None else None
    instead = stand_in(article, spoken) if spoken else None
    if instead:
        raise ReadingError(*instead)
    return article


def judge(
    article: Article,
    standard: Standard,
    followed: Sequence[Followed] | None = None,
    others: verdicts.Others = verdicts.ALONE,
) -> Examined:
    """Find the claims of an article, match and judge them, by what the other articles of its source say as well.

    `followed` are the sentences of an earlier version of it, none where this is the first; where it is None nothing is
    kept of the article, and nothing is written down for the next version to be followed by.
    """
    page = article.page
    if excess := _excess(article):
        return Examined(page, title=article.title, blind=BlindReason.TOO_LARGE, detail=excess)
    code = article.language or _told(article, standard)
    try:
        matcher = standard.matcher(code)
    except LookupError:
        detail = "it declares none, and its words are of none" if code == UNDETERMINED else f"written in '{code}'"
        return Examined(page, title=article.title, blind=BlindReason.LANGUAGE, detail=detail)
    found = claims.extract(article, matcher.language, dollars=standard.registry.dollars, most=MOST_CLAIMS)
    if len(found) > MOST_CLAIMS:
        excess = f"more than {MOST_CLAIMS:,} values"
        return Examined(page, title=article.title, blind=BlindReason.TOO_LARGE, detail=excess)
    found = matcher.apart(found)
    known = matcher.recognise(article, found)
    written: tuple[Written, ...] = ()
    if followed is not None:
        known, written = matcher.follow(known, followed, found)
    matches = matcher.match(article, found, known, explain=standard.explain)
    judged = verdicts.judge(matches, page, standard.registry, standard.as_of, matcher.language, others)
    return Examined(
        page,
        title=article.title,
        claims=len(found),
        verdicts=judged,
        matches=matches,
        gone=known.gone,
        language=code,
        written=written,
        text=text_of(article),
        unread=matcher.unread(article, found),
    )


def _told(article: Article, standard: Standard) -> str:
    """The language of an article that declares none: the registry's, unless its words tell another."""
    return tell((passage.text for passage in article.passages), standard.language, standard.registry.language)


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
