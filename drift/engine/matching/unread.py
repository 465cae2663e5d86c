"""Which numbers that were not read stand near the words of a term: a rule may be stated there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from drift.engine import kinds
from drift.engine.matching.index import Prepared
from drift.engine.matching.words import Stemming
from drift.engine.sentences import split
from drift.model import Article, Claim, Language, Passage, Unread, Zone

MOST = 50  # of one article that are told: who has more has a table that is not read, and sees it by then
_TEXT = 60  # characters before and after it that are shown with it


class NearTerms:
    """The topics of a registry's terms by their rarest stem."""

    def __init__(self, terms: Sequence[Prepared], words: Stemming) -> None:
        self._words = words
        self._topics: dict[str, list[tuple[frozenset[str], str]]] = defaultdict(list)
        for prepared in terms:
            for topic in prepared.words.topics:
                rarest = max(topic, key=lambda stem: (prepared.idf[stem], stem))
                self._topics[rarest].append((frozenset(topic), prepared.term.full_name))

    def unread(self, article: Article, claims: Sequence[Claim], language: Language) -> tuple[Unread, ...]:
        """What looks like a value, was not read, and shares a sentence or a header with a whole topic of a term."""
        return tuple(one for one, _ in zip(self._all(article, claims, language), range(MOST), strict=False))

    def _all(self, article: Article, claims: Sequence[Claim], language: Language) -> Iterator[Unread]:
        read: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for claim in claims:
            read[id(claim.passage)].append((claim.start, claim.end))
        for passage in article.passages:
            if passage.zone in (Zone.CODE, Zone.META) or not any(map(str.isdigit, passage.text)):
                continue
            for start, end in kinds.declined(passage.text, sorted(read[id(passage)])):
                near = self._near(passage, start, language)
                if near:
                    yield Unread(passage.text[start:end], passage.line_at(start), near)

    def _near(self, passage: Passage, start: int, language: Language) -> str | None:
        """The first term by name a topic of which is named whole where the number stands."""
        sentence = next((span for span in split(passage.text, language) if span[0] <= start < span[1]), None)
        texts = (
            passage.text[slice(*sentence)] if sentence else "",
            *passage.row,
            *passage.column,
            passage.question or "",
        )
        stems = frozenset(stem for text in texts for stem in self._words.of(text))
        named = [name for stem in stems for topic, name in self._topics.get(stem, ()) if topic <= stems]
        return min(named, default=None)
