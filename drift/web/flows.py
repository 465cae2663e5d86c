"""What the desk asks of the rest of the house: one flow a page, handed in by assembly."""

from __future__ import annotations

from typing import Protocol

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


class Desk(Protocol):
    """Each method may be called from any thread, and may raise StoreError."""

    def notice(self) -> str:
        """What is to be told on every page, '' where nothing is."""

    def front(self) -> FrontPage: ...

    def findings(self, query: FindingQuery) -> FindingList: ...

    def finding_rows(self, query: FindingQuery) -> list[Listed]: ...

    def finding(self, name: str) -> FindingPage | None: ...

    def pages(self, query: PageQuery) -> PageList: ...

    def page(self, number: int) -> PagePage | None: ...

    def policies(self) -> PolicyList: ...

    def term(self, policy: str, term: str, outcome: str = "", leaf: int = 1) -> TermPage | None: ...
