"""The desk put together: a store, the policies as they are now, and the flows over both."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import NamedTuple

from drift.assembly.registry import registry
from drift.model import Owner, Registry
from drift.model.desk import (
    FindingList,
    FindingPage,
    FindingQuery,
    FrontPage,
    Listed,
    PageList,
    PagePage,
    PageQuery,
    PolicyList,
    TermPage,
)
from drift.model.desk_ports import ListedStore
from drift.model.errors import InputError
from drift.model.finding import PageState
from drift.model.ports import Clock
from drift.policies.folder import files_of
from drift.settings import Settings
from drift.watch import desk as flow
from drift.watch import lists
from drift.watch.desk import Sight
from drift.watch.watched import BLIND_AFTER

_Marks = tuple[tuple[str, int, int], ...]  # of files: path, time of the last change, size


class HeldPolicies(NamedTuple):
    """The policies that are shown, None where there never were good ones, and what is wrong with those there are."""

    registry: Registry | None
    problem: str = ""


class Policies:
    """The policies of a folder, read again when a file of it changes. May be asked from several threads.

    Policies that cannot be used are told, and the last good ones held.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._marks: _Marks | None = None
        self._held = HeldPolicies(None)

    def held(self) -> HeldPolicies:
        """The policies as they are now."""
        with self._lock:
            marks = self._seen()
            if marks != self._marks:
                self._held, self._marks = self._read(), marks
            return self._held

    def _read(self) -> HeldPolicies:
        if not self._folder.is_dir():
            return HeldPolicies(self._held.registry, f"There is no folder of policies at {self._folder}.")
        try:
            return HeldPolicies(registry(self._folder))
        except InputError as error:
            before = "those read before are shown" if self._held.registry is not None else "none are shown"
            first = str(error).splitlines()[0]
            return HeldPolicies(self._held.registry, f"The policies cannot be used, and {before}: {first}")

    def _seen(self) -> _Marks:
        files, problems = files_of(self._folder)
        marks = [(str(problem.place), 0, 0) for problem in problems]
        for file in files:
            try:
                found = os.stat(file)
            except OSError:
                continue
            marks.append((str(file), found.st_mtime_ns, found.st_size))
        return tuple(marks)


class StoreDesk:
    """What the desk shows, by page. Every method may raise StoreError."""

    def __init__(self, store: ListedStore, policies: Policies, clock: Clock, settings: Settings | None = None) -> None:
        self._store = store
        self._policies = policies
        self._clock = clock
        self._settings = settings
        self._blind_after = settings.fetching.blind_after if settings is not None else BLIND_AFTER
        sources = settings.sources if settings is not None else ()
        self._selectors = {source.name: source.content for source in sources}

    def notice(self) -> str:
        """What is wrong with the policies, in words; '' where nothing is."""
        return self._policies.held().problem

    def front(self) -> FrontPage:
        return flow.front(self._store, self._sight(), self._clock())

    def findings(self, query: FindingQuery) -> FindingList:
        return lists.finding_list(self._store, query, self._policies.held().registry)

    def finding_rows(self, query: FindingQuery) -> list[Listed]:
        """All of a list of findings, not only a page of it."""
        return lists.finding_rows(self._store, query, self._policies.held().registry)

    def finding(self, name: str) -> FindingPage | None:
        return flow.finding(self._store, self._sight(), name, self._clock())

    def pages(self, query: PageQuery) -> PageList:
        return lists.page_list(self._store, query, self._blind_after, self._owner_of)

    def page(self, number: int) -> PagePage | None:
        return flow.page(self._store, self._sight(), number)

    def policies(self) -> PolicyList:
        return flow.policies(self._store, self._sight(), self._clock())

    def term(self, policy: str, term: str, outcome: str = "", leaf: int = 1) -> TermPage | None:
        return flow.term(self._store, self._sight(), policy, term, self._clock(), outcome, leaf)

    def _sight(self) -> Sight:
        return Sight(self._policies.held().registry, self._owner_of, self._blind_after, self._selectors)

    def _owner_of(self, page: PageState) -> Owner | None:
        return self._settings.owner_of(page.source, page.page) if self._settings is not None else None
