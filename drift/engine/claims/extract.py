"""Every value an article states, with its sentence, its clause and the article's stance to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from drift.engine import kinds
from drift.engine.claims.beside import with_beside
from drift.engine.claims.brackets import without_brackets
from drift.engine.claims.segment import segment
from drift.engine.claims.stance import stances
from drift.engine.claims.strangers import Strangers
from drift.engine.sentences import LONGEST, split
from drift.model import Article, Claim, Found, Language, Passage, Stance, Zone

_PREVIOUS = 200  # characters of the sentence before: what a pronoun refers to stands in its nearer end
_UNREAD = frozenset({Zone.CODE})
_HEADER = 200  # characters of a cell's header that are read: its unit ends it
_STEM = 3  # letters by which a plural is known at the end of a header: 'entries' of 'entry'
_BARE = 40  # characters up to which a cell may be a bare number with its signs


def extract(
    article: Article, language: Language, *, dollars: str = "USD", most: int | None = None
) -> tuple[Claim, ...]:
    """The claims of an article, in the order of its passages and ascending within each.

    Values of all zones but code are claims, those of titles and headings too. A cell that is only a number is
    read with its headers. Claims of any stance are kept; only CURRENT ones are for judging. Never raises:
    a passage without a value gives none. Of an article with more than `most` claims it gives more than `most`, but
    need not give all.
    """
    claims: list[Claim] = []
    strangers = Strangers(article, language)
    before: Passage | None = None
    day_first = kinds.day_first((passage.text for passage in article.passages), article.region)
    for passage, after in zip_longest(article.passages, article.passages[1:]):
        if passage.zone in _UNREAD:
            continue
        if founds := _founds(passage, language, dollars, day_first):
            found = _claims(passage, founds, before, language, strangers)
            claims.extend(_exemplified(found, passage) if after is not None and after.zone is Zone.CODE else found)
            if most is not None and len(claims) > most:
                break
        before = passage
    return with_beside(without_brackets(claims), article)


def _exemplified(claims: Iterable[Claim], passage: Passage) -> Iterator[Claim]:
    """The claims of a passage before code: a last sentence that ends in a colon says what the code does for example."""
    end = len(passage.text.rstrip())
    for claim in claims:
        introduces = passage.text[:end].endswith(":") and claim.sentence[1] >= end
        if introduces and claim.stance is Stance.CURRENT:
            claim = replace(claim, stance=Stance.EXAMPLE, stance_why="it introduces code")
        yield claim


def _founds(passage: Passage, language: Language, dollars: str, day_first: bool | None) -> tuple[Found, ...]:
    founds = kinds.find(passage.text, language, dollars=dollars, day_first=day_first)
    if founds or passage.zone is not Zone.CELL or len(passage.text) > _BARE:
        return founds
    if not any(map(str.isdigit, passage.text)):
        return ()
    read = [
        (found, header)
        for header in (*reversed(passage.column), *reversed(passage.row))
        for found in kinds.find(passage.text, language, dollars=dollars, bare=header[-_HEADER:])[:1]
    ]
    # Of equals the nearest header is meant, columns first.
    return (max(read, key=lambda one: _telling(*one))[0],) if read else ()


def _telling(found: Found, header: str) -> int:
    """How well a header says what a number counts: a unit ('Storage (GB)'), a plural ('Max Vaults'), a name ('Basic').

    A plural that ends its header counts; one before another noun ('Families plan') only names.
    """
    if not kinds.of(found.value).named:
        return 3
    unit, words = found.value.unit.lower(), re.findall(r"[\w-]+", header.lower())
    if unit in words:
        return 0
    return 2 if words and words[-1].startswith(unit[:_STEM]) else 1


def _claims(
    passage: Passage, founds: Sequence[Found], before: Passage | None, language: Language, strangers: Strangers
) -> Iterator[Claim]:
    sentences = _sentences(passage.text, founds, language)
    previous = _last_sentence(passage, before, language)
    at = 0
    for sentence in sentences:
        inside: list[Found] = []
        while at < len(founds) and founds[at].start < sentence[1]:
            inside.append(founds[at])
            at += 1
        readings = stances(passage, sentence, inside, language, strangers) if inside else []
        for index, (found, reading) in enumerate(zip(inside, readings, strict=True)):
            if reading is None:
                continue
            yield Claim(
                passage=passage,
                value=found.value,
                start=found.start,
                end=found.end,
                sentence=sentence,
                segment=segment(passage.text, sentence, inside, index, language),
                bound=found.bound,
                stance=reading.stance,
                stance_why=reading.why,
                previous=previous,
                ordinal=index + 1,
                as_from=reading.as_from,
                bound_start=found.bound_start,
            )
        previous = passage.text[sentence[0] : sentence[1]][-_PREVIOUS:]


def _sentences(text: str, founds: Sequence[Found], language: Language) -> list[tuple[int, int]]:
    """The sentences, joined where a value reaches over the end of one ('until 5 p.m. Eastern').

    Where that would make one too long, the value goes to the second as a whole.
    """
    joined: list[tuple[int, int]] = []
    at = 0
    for start, end in split(text, language):
        while at < len(founds) and founds[at].end <= start:
            at += 1
        if not joined or at == len(founds) or founds[at].start >= start:
            joined.append((start, end))
        elif end - joined[-1][0] <= LONGEST or founds[at].start <= joined[-1][0]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined[-1] = (joined[-1][0], founds[at].start)
            joined.append((founds[at].start, end))
    return joined


def _last_sentence(passage: Passage, before: Passage | None, language: Language) -> str:
    """The end of the passage before, where it stands under the same headings; '' otherwise."""
    if before is None or before.headings != passage.headings or before.zone in (Zone.TITLE, Zone.META):
        return ""
    tail = before.text[-_PREVIOUS:]
    spans = split(tail, language)
    return tail[slice(*spans[-1])] if spans else ""
