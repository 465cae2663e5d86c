"""What the desk's flows need of a store beside what every flow needs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from drift.model.desk import FindingRow, PageKind, PageRow, SourceTally, StatedRow, StatedTally
from drift.model.finding import Finding, PageState, State
from drift.model.verdict import Outcome
from drift.model.watch_ports import Store


class Listing(Protocol):
    """Rows and counts for lists. A page is blind from `blind_after` failures in a row on, or if it was never read."""

    def findings(self, states: Collection[State] = (), *, titled: bool = False) -> tuple[FindingRow, ...]:
        """All findings, or those of some states, in no order; with `titled` the titles of their pages."""

    def titles(self, numbers: Sequence[int]) -> dict[int, str]:
        """The titles of some pages by their numbers; pages without one are left out."""

    def whole(self, ids: Sequence[str]) -> dict[str, Finding]:
        """Some findings by their ids; unknown ones are left out."""

    def page(self, number: int) -> PageState | None:
        """What is remembered of a page by its number."""

    def number(self, article: str) -> int | None:
        """The number of a page by its public address."""

    def tallies(self, blind_after: int) -> tuple[SourceTally, ...]:
        """The pages of every source, counted, in order of name."""

    def tried(self, source: str) -> datetime | None:
        """When a page of a source was last tried."""

    def sources(self) -> tuple[str, ...]:
        """The names of all sources that have a page, in order."""

    def pages(
        self,
        kind: PageKind | None,
        blind_after: int,
        *,
        source: str = "",
        words: str = "",
        start: int = 0,
        most: int,
    ) -> tuple[PageRow, ...]:
        """Pages of a kind, or all, by address; those to mend with the most findings first."""

    def counts(self, blind_after: int, *, source: str = "", words: str = "") -> dict[PageKind | None, int]:
        """How many pages there are of each kind; None is all of them."""

    def stated(self, blind_after: int, policy: str | None = None, term: str | None = None) -> tuple[StatedTally, ...]:
        """Every term that pages state (or one), with its outcomes; pages that are gone are left out."""

    def publishing(
        self, policy: str, term: str, blind_after: int, *, outcome: Outcome | None = None, start: int = 0, most: int
    ) -> tuple[StatedRow, ...]:
        """Where a term is stated; what diverges first. Pages that are gone are left out."""

    def published(self, policy: str, term: str, outcome: Outcome | None = None) -> int:
        """How many statements of a term there are on pages that are not gone."""


class ListedStore(Store, Protocol):
    """A store that can be listed."""

    @property
    def listing(self) -> Listing: ...
