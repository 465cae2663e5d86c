"""One snapshot of a page held against what is remembered of it: what it says, or that it says nothing new.

Pure and picklable: in this process or in another, the same snapshot and memory give the same answer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from drift import __version__
from drift.engine import pipeline
from drift.engine.pipeline import Standard
from drift.engine.verdicts import ALONE, SourceContext
from drift.findings import Memory, Sketch, doubtful, followed, policies_of, sketch_of, text_of
from drift.model import Article, Examined, Page, Registry, Snapshot, Stance
from drift.model.annotation import Annotation, RuleQuestion
from drift.model.errors import FetchError, ReadingError
from drift.model.finding import Reading, Voice
from drift.model.packing import pack, unpack
from drift.watch.beside import heard, leans, said_of
from drift.watch.readings import reading_of

READER = f"drift/{__version__}"  # the version of all that reads: an article, its claims, what they are about


@dataclass(frozen=True, slots=True)
class Gauge:
    """What pages are held against in one run: the registry on a day, with its fingerprint, and the version of us.

    `selector` is the CSS selector of the element in which the source keeps its articles, `language` that of articles
    that declare none, `annotator` names who is asked about their sentences, '' for nobody. Another of them reads
    otherwise, so `reader` names them too.
    """

    standard: Standard
    policies: str
    selector: str | None = None
    language: str | None = None
    reader: str = READER
    annotator: str = ""

    @classmethod
    def of(
        cls, standard: Standard, selector: str | None = None, language: str | None = None, annotator: str = ""
    ) -> Gauge:
        """The gauge of a standard."""
        reads = (selector, language, annotator) if annotator else (selector, language)
        told = f"+{_digest(repr(reads))[:8]}" if any(reads) else ""
        policies = in_force(standard.registry, standard.as_of)
        return cls(standard, policies, selector, language, f"{READER}{told}", annotator)


@dataclass(frozen=True, slots=True)
class Look:
    """What a snapshot says. `article` has no passages, and is None if the page is blind.

    `reading` is None if the page says what is remembered of it, read by the same reader and held against the same
    policies; `text` is the hash of the text, '' where nothing was read, and `size` how many characters it has. `sketch`
    is there where the article may be another one than was read before; `waiting` is what was read of it, packed, where
    its verdicts hang on other articles or on answers: `weigh` judges that.
    """

    text: str
    article: Article | None
    reading: Reading | None
    size: int = 0
    sketch: Sketch | None = None
    waiting: bytes | None = None


Answers = Callable[[Sequence[RuleQuestion]], Mapping[str, Annotation]]  # by the key of a question


def unanswered(_: Sequence[RuleQuestion]) -> Mapping[str, Annotation]:
    """The Answers of nobody."""
    return {}


class Besides(NamedTuple):
    """What is known of a page besides its own words: what other articles say, and what was answered about it."""

    context: SourceContext
    answers: Answers = unanswered


class _Waiting(NamedTuple):
    """What was read of a page, and what there is to ask about it."""

    examined: Examined
    asked: dict[int, RuleQuestion]


def look(
    snapshot: Snapshot,
    gauge: Gauge,
    memory: Memory,
    at: datetime,
    *,
    stored: bool = False,
    anew: bool = False,
) -> Look:
    """Read a snapshot, and judge it by itself unless it says what is remembered, or `anew`.

    Whether that is final is told by `waiting`. `stored` marks a snapshot that was not fetched now.
    """
    page, standard = snapshot.page, gauge.standard
    try:
        article = pipeline.read(snapshot, standard, gauge.selector, gauge.language)
    except ReadingError as error:
        return unread(page, gauge, at, error, stored=stored)
    text = text_of(article)
    bare = replace(article, passages=())
    if not anew and _known(memory.last, text, gauge):
        return Look(text, bare, None, _size(article))
    examined = pipeline.judge(article, standard, followed(memory))
    asked = pipeline.asked(examined, standard) if gauge.annotator else {}
    said = said_of(examined, standard, ALONE, asked)
    reading = replace(_reading(examined, gauge, at, text, said), stored=stored)
    if reading.blind is not None:
        return Look("", None, reading)
    sketch = sketch_of(article, snapshot.final_url, snapshot.body) if doubtful(memory, reading) else None
    waits = asked or leans(reading)
    return Look(text, bare, reading, _size(article), sketch, pack(_Waiting(examined, asked)) if waits else None)


def questions(seen: Look, gauge: Gauge) -> tuple[RuleQuestion, ...]:
    """What there is to ask about a page that waits."""
    return tuple(_waiting(seen, gauge).asked.values())


def answered(seen: Look, gauge: Gauge, answers: Answers) -> Look:
    """A page that waits with what is answered about it: it still waits, and says to others what it says by that."""
    examined, said = _answered(seen, gauge, answers)
    assert seen.reading is not None
    return replace(seen, reading=replace(seen.reading, said=said), waiting=pack(_Waiting(examined, {})))


def weigh(seen: Look, gauge: Gauge, at: datetime, besides: Besides) -> Look:
    """A page that waits, judged by what is known besides its words. Nothing is read or matched anew."""
    examined, said = _answered(seen, gauge, besides.answers)
    others = besides.context.others(seen.text)
    examined = pipeline.judge_again(examined, gauge.standard, others)
    reading = _reading(examined, gauge, at, seen.text, heard(said, others))
    assert seen.reading is not None
    return replace(seen, reading=replace(reading, stored=seen.reading.stored), waiting=None)


def _answered(seen: Look, gauge: Gauge, answers: Answers) -> tuple[Examined, tuple[Voice, ...]]:
    """What was read of a page that waits, with what is answered about it, and what it says to others by that."""
    assert seen.reading is not None
    examined, asked = _waiting(seen, gauge)
    if not asked:
        return examined, seen.reading.said
    given = answers(tuple(asked.values()))
    examined = pipeline.annotated(examined, gauge.standard, asked, given)
    left = {at: question for at, question in asked.items() if question.key not in given}
    return examined, said_of(examined, gauge.standard, ALONE, left)


def _waiting(seen: Look, gauge: Gauge) -> _Waiting:
    assert seen.waiting is not None
    waiting: _Waiting = unpack(seen.waiting, gauge.standard.registry)
    return waiting


def _reading(examined: Examined, gauge: Gauge, at: datetime, text: str, said: tuple[Voice, ...]) -> Reading:
    standard, policies = gauge.standard, _until(gauge, examined)
    return reading_of(
        examined, at, standard.registry, standard.as_of, text=text, policies=policies, reader=gauge.reader, said=said
    )


def unread(page: Page, gauge: Gauge, at: datetime, error: ReadingError | FetchError, *, stored: bool = False) -> Look:
    """What is said of a page that could not be read: that it is blind, and why."""
    blind = Reading(page, at, policies=gauge.policies, reader=gauge.reader, stored=stored)
    return Look("", None, replace(blind, blind=error.reason, detail=error.detail))


def glance(snapshot: Snapshot, gauge: Gauge, text: str) -> Look | None:
    """What a snapshot says where it reads as `text`, the hash of a text that was judged by this gauge; None otherwise.

    It takes no memory, and so none has to be fetched for the pages of which nothing changed but their bytes.
    """
    try:
        article = pipeline.read(snapshot, gauge.standard, gauge.selector, gauge.language)
    except ReadingError:
        return None
    if text_of(article) != text:
        return None
    return Look(text, replace(article, passages=()), None, _size(article))


def in_force(registry: Registry, day: date) -> str:
    """A fingerprint of everything a verdict may hang on: the registry, and what of its timelines holds on a day."""
    periods = [(term.full_name, term.on(day)) for term in registry.terms]
    exceptions = [one for policy in registry.policies for one in policy.exceptions if one.until >= day]
    told = repr((policies_of(registry), periods, [(one.policy, one.term, one.article) for one in exceptions]))
    return _digest(told)[:32]


def _size(article: Article) -> int:
    return sum(len(passage.text) for passage in article.passages)


def _until(gauge: Gauge, examined: Examined) -> str:
    """The policies that a page was held against, with a day where the page itself says that it means another by then.

    A reading that is good until a day is never taken for a present one: its page is judged again in every pass.
    """
    day = gauge.standard.as_of
    coming = [match.claim.as_from for match in examined.matches if match.claim.stance is Stance.UPCOMING]
    turns = min((one for one in coming if one is not None and one > day), default=None)
    return f"{gauge.policies}~{turns}" if turns else gauge.policies


def _digest(told: str) -> str:
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def _known(last: Reading | None, text: str, gauge: Gauge) -> bool:
    return last is not None and (last.text, last.policies, last.reader) == (text, gauge.policies, gauge.reader)
