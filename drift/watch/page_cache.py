"""What is remembered of the pages that a pass visits, asked of the store for a few pages at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from drift.findings import Memory, ruled
from drift.model import Page, Registry
from drift.model.finding import Finding, PageState, Reading
from drift.model.watch_ports import Store
from drift.watch.visits import Visit

TOGETHER = 32  # pages that are asked for at once: one question takes half a millisecond, a tenth of reading a page
KEPT = 256  # pages met of which it is kept what was asked: more than are on their way or being read


@dataclass(frozen=True, slots=True)
class _Met:
    """What the store told of a page. The last reading of one that never had a finding is not asked for yet."""

    state: PageState | None
    last: Reading | None
    findings: tuple[Finding, ...]


def memory_of(store: Store, state: PageState, registry: Registry) -> Memory:
    """What is remembered of one page.

    A finding whose rule is not in the registry is not: what the page says neither closes it nor keeps it.
    """
    public = state.page.public
    last = store.pages.readings([public]).get(public)
    return Memory(last, state.read_at, ruled(store.findings.on([public]).get(public, ()), registry))


class Recall:
    """The memory of one pass over a source, as `memory_of` has it. `states` are its pages when the pass began."""

    def __init__(self, store: Store, source: str, registry: Registry) -> None:
        self._store = store
        self._source = source
        self._registry = registry
        self._standing = {finding.article for finding in store.findings.find(source=source)}
        self._met: dict[str, _Met] = {}
        self.states: dict[str, PageState] = store.pages.states(source)

    def ahead(self, following: Callable[[], Page | None]) -> Callable[[], Page | None]:
        """The same pages as `following` gives: what has to be known of the next ones is asked for at once."""
        waiting: deque[Page] = deque()

        def next_one() -> Page | None:
            if not waiting:
                waiting.extend(islice(iter(following, None), TOGETHER))
                self._meet([page.public for page in waiting])
            return waiting.popleft() if waiting else None

        return next_one

    def brief(self, page: Page) -> Visit:
        """The visit to a page that says what it said: its memory only where it has findings, which were seen again."""
        return self.visit(page, whole=page.public in self._standing)

    def visit(self, page: Page, *, whole: bool = True) -> Visit:
        """The visit to a page; its memory only where it is needed as a `whole`."""
        public = page.public
        if public not in self._met:
            self._meet([public])
        met = self._met[public]
        if met.state is None or not whole:
            return Visit(page, self._source, met.state, Memory())
        last = met.last or self._store.pages.readings([public]).get(public)
        return Visit(page, self._source, met.state, Memory(last, met.state.read_at, met.findings))

    def anew(self, page: Page) -> Visit:
        """The visit to a page of which something was written since it was asked for."""
        self._met.pop(page.public, None)
        self._standing.add(page.public)
        return self.visit(page)

    def moved(self, old: Page, new: Page) -> None:
        """The article that was known by one address is known by another now; nothing is remembered of the old one."""
        self.states[new.public] = replace(self.states.pop(old.public), page=new)
        if old.public in self._standing:
            self._standing.remove(old.public)
            self._standing.add(new.public)
        for page in (old, new):
            self._met.pop(page.public, None)

    def _meet(self, publics: Sequence[str]) -> None:
        unknown = [public for public in publics if public not in self.states]
        # They may be another source's too, and both remember them as one.
        others = self._store.pages.some(unknown) if unknown else {}
        asked = [public for public in publics if public in self._standing or public in others]
        readings = self._store.pages.readings(asked) if asked else {}
        findings = self._store.findings.on(asked) if asked else {}
        for public in publics:
            state = self.states.get(public) or others.get(public)
            self._met[public] = _Met(state, readings.get(public), ruled(findings.get(public, ()), self._registry))
        for public in list(self._met)[: max(0, len(self._met) - KEPT)]:
            del self._met[public]
