"""Pages at whose address another text stands than the article that was read there: held back until that text stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from itertools import islice

from drift.engine import pipeline
from drift.findings import Memory, Patience, Sketch, sketch_of
from drift.findings.replaced import SharedText, replaced, stated
from drift.findings.sketch import alike, marked
from drift.model import Snapshot
from drift.model.errors import BlindReason, ReadingError, StoreError, StoreFailure
from drift.model.finding import PageState, Reading
from drift.model.memory import PageOutcome
from drift.model.watch_ports import Store
from drift.watch.looking import Gauge, Look
from drift.watch.visits import Visit

NEIGHBOURS = 12  # other pages of a source that are read to learn what all of them say: what a template says is on each
OTHERS = 20  # addresses of one text that are asked: where they are more, the text is of a template or of nobody
_UNREADABLE = (StoreFailure.MISSING, StoreFailure.DAMAGED)


class Replacing:
    """What is known around the pages of a pass, asked of the store only once a page may be replaced.

    `states` are the pages of the source when the pass began. Where the pass before found a `mass` of them replaced, a
    text that stands at many of their addresses is held back for as long as it does.
    """

    def __init__(
        self,
        store: Store,
        gauge: Gauge,
        states: Mapping[str, PageState],
        patience: Patience,
        *,
        mass: bool = False,
    ) -> None:
        self._store = store
        self._gauge = gauge
        self._states = states
        self._patience = patience
        self._mass = mass
        self._said: dict[str, str] = {}  # what pages were found to say in this pass: the hash of the text, by address
        self._saying: dict[str, list[str]] = {}  # and the addresses by that
        self._taken: dict[str, str] = {}  # and what was taken for an article: the hash of the text, by address

    def held(self, visit: Visit, got: Snapshot, seen: Look, at: datetime) -> PageOutcome | None:
        """What a visit leaves behind where another text stands there; None if the page is to be taken as it is."""
        if got.status is None:  # files have no server that could answer with something else
            return None
        copied = self._copied(visit, seen)
        sketch = self._sketched(got) if copied else seen.sketch
        if sketch is None:
            return None
        why = self._why_no_copy(copied, seen, sketch) if copied else self._why(visit, seen, sketch)
        if why is None:
            return None
        self._say(visit.page.public, seen.text)
        mark, before = sketch.mark(), visit.before()
        same = before.replaced_by is not None and alike(before.replaced_by, mark)
        since = (before.replaced_since if same else None) or at
        visits = before.replaced_visits + 1 if same else 1
        stayed = visits >= self._patience.visits and at - since >= self._patience.over
        if stayed and not self._crowded(mark, seen.text, since):
            return None
        return PageOutcome(
            replace(
                before.blinded(at, BlindReason.REPLACED, why),
                page=visit.page,
                source=visit.source,
                gone_since=None,
                replaced_by=mark,
                replaced_since=since,
                replaced_visits=visits,
            )
        )

    def taken(self, outcome: PageOutcome) -> None:
        """What another page of the source says."""
        state = outcome.state
        if state.blind is None and state.first_read is not None:
            self._taken[state.page.public] = state.text
        if outcome.reading is not None:
            self._say(state.page.public, state.text)

    def _say(self, public: str, text: str) -> None:
        if self._said.get(public) != text:
            self._said[public] = text
            self._saying.setdefault(text, []).append(public)

    def _why(self, visit: Visit, seen: Look, sketch: Sketch) -> str | None:
        """Why the page is another text, in words; None if it is the article, and where there was none."""
        public, memory = visit.page.public, visit.memory
        assert seen.reading is not None  # or there would be no sketch
        last = memory.last.text if memory.last else ""
        before = self._sketch(public)
        if before is None:
            return None
        if not memory.findings and memory.last is not None and self._nobodys(memory.last, before):
            return None
        around = replace(self._shared(public, last), also=self._also(public, seen.text, last))
        return replaced(before, sketch, around, states=stated(memory, seen.reading))

    def _copied(self, visit: Visit, seen: Look) -> str | None:
        """The article whose duplicate a page was, where it is to be held against it: None if it follows its article,
        or says what another one said all the while, which makes it a duplicate of that one.
        """
        state = visit.state
        if state is None or not state.duplicate or seen.article is None or seen.text == state.text:
            return None
        article = next((one for one in self._began.get(state.text, ()) if not self._states[one].duplicate), None)
        if article is None or self._taken.get(article) == seen.text or self._owned(seen.text, state.read_at):
            return None
        return article

    def _owned(self, text: str, since: datetime | None) -> bool:
        """Whether a text is an article's own: one says it that said it before it came to stand elsewhere."""
        for state in (self._states[public] for public in self._began.get(text, ())[:OTHERS]):
            public, first = state.page.public, state.first_read
            now = self._taken.get(public) or (self._said.get(public, text) if state.blind is None else None)
            if first is not None and now == text and (since is None or first < since):
                return True
        return False

    def _why_no_copy(self, article: str, seen: Look, sketch: Sketch) -> str | None:
        """Why a duplicate of an article is another text than the article is, wherever it stands."""
        assert seen.reading is not None  # as nothing is remembered of a duplicate that it could say again
        last, before = self._store.pages.readings([article]).get(article), self._sketch(article)
        if last is None or before is None or self._nobodys(last, before):
            return None
        states = stated(Memory(last), seen.reading)
        around = self._shared(article, last.text)
        return replaced(replace(before, address=""), sketch, around, states=states)

    def _also(self, public: str, text: str, last: str) -> str | None:
        """Another address that says the very same, and did not say what this one said before."""
        others: list[str] = [*self._began.get(text, ())[:OTHERS], *self._saying.get(text, ())[:OTHERS]]
        for other in others:
            state = self._states.get(other)
            if other != public and self._said.get(other, text) == text and (state is None or state.text != last):
                return other
        return None

    @cached_property
    def _began(self) -> dict[str, list[str]]:
        """The addresses that said a text when the pass began."""
        found: dict[str, list[str]] = {}
        for public, state in self._states.items():
            if state.text and state.gone_since is None:
                found.setdefault(state.text, []).append(public)
        return found

    @cached_property
    def _neighbours(self) -> tuple[tuple[str, str, Sketch], ...]:
        """Some pages with what they said when they were read last: address, hash, sketch."""
        there = (state for state in self._states.values() if state.text and state.gone_since is None)
        found = ((state.page.public, state.text, self._sketch(state.page.public)) for state in there)
        return tuple((public, text, each) for public, text, each in islice(found, NEIGHBOURS + 1) if each is not None)

    def _shared(self, public: str, text: str) -> SharedText:
        """What most of the neighbours say, which is of the site and of no article. One or two tell nothing."""
        others = [sketch for other, said, sketch in self._neighbours if other != public and said != text]
        least = max(2, (len(others) + 1) // 2)
        runs = Counter(run for sketch in others for run in sketch.runs)
        words = Counter(word for sketch in others for word in sketch.words)
        return SharedText(
            frozenset(run for run, count in runs.items() if count >= least),
            frozenset(word for word, count in words.items() if count >= least),
        )

    def _sketch(self, public: str) -> Sketch | None:
        """The article that a page was read as last, read once more; None if it cannot be."""
        versions = self._store.pages.versions(public)
        if not versions:
            return None
        try:
            return self._sketched(self._store.pages.snapshot(versions[-1]))
        except StoreError as error:
            if error.failure not in _UNREADABLE:
                raise
            return None

    def _sketched(self, snapshot: Snapshot) -> Sketch | None:
        try:
            article = pipeline.read(snapshot, self._gauge.standard, self._gauge.selector, self._gauge.language)
        except ReadingError:
            return None
        return sketch_of(article, snapshot.final_url, snapshot.body)

    def _crowded(self, mark: str, text: str, since: datetime) -> bool:
        """Whether a text that is no page's own stands at many addresses, while a mass of them is replaced."""
        return self._mass and not self._owned(text, since) and self._stood(mark, self._patience.least)

    def _nobodys(self, last: Reading, before: Sketch) -> bool:
        """Whether what was read of a page was a text of other addresses itself, with which nothing is lost."""
        return not last.statements and (len(self._began.get(last.text, ())) > 2 or self._stood(before.mark(), 1))

    def _stood(self, mark: str, least: int) -> bool:
        """Whether a text stood at the addresses of so many replaced articles, or more."""
        runs = marked(mark)
        many = sum(1 for run in runs if self._marks[run] >= least)
        return 2 * many >= len(runs)

    @cached_property
    def _marks(self) -> Counter[int]:
        """How many replaced articles had a run of words in their marks when the pass began."""
        articles = (state for state in self._states.values() if not state.duplicate)
        marks = (state.replaced_by for state in articles if state.blind is BlindReason.REPLACED)
        return Counter(run for mark in marks if mark for run in marked(mark))
