"""The pages a site lists in its sitemap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Literal
from urllib.parse import urljoin, urlsplit

from drift.files.fields import about
from drift.files.keys import Addresses
from drift.model import Page, faults, foreign
from drift.model.errors import BlindReason, FetchError, InputError
from drift.model.ports import Library, WatchedSource
from drift.sources import locales
from drift.sources.addresses import SHOWN
from drift.sources.config import SourceMeans, WebConfig, several
from drift.sources.selection import EVERYTHING, ListedSource, Selection
from drift.sources.sitemap_xml import Entry, entries
from drift.sources.url import wrong_with

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Caps:
    """How much of a sitemap is read. The protocol allows 50,000 pages a file; help centres have some thousands."""

    files: int = 500
    depth: int = 3  # an index of indexes of sitemaps
    pages: int = 200_000


class SitemapConfig(WebConfig):
    """The pages that a site lists."""

    kind: Literal["sitemap"]
    at: Annotated[Addresses, about("The address of the sitemap.", ["https://help.larkspur.example/sitemap.xml"])]

    def may_list(self, glob: str) -> bool:
        """It may list pages of any host."""
        return "://" in glob

    def listed(self, means: SourceMeans, selection: Selection) -> WatchedSource:
        return several(
            Sitemap(start, means.library, languages=(means.language,), selection=selection) for start in self.at
        )


class Sitemap(ListedSource):
    """The pages of a sitemap, and of those it leads to, last changed first; those without a date as they are listed.

    Named by the sitemap's address, or by a site's own, whose robots.txt then says where its sitemaps are
    (`/sitemap.xml` where it does not). Pages of other hosts are passed over unless `selection` includes them by name.
    With `languages`, of a page in several languages those wanted are taken.
    """

    name = "sitemap"

    def __init__(
        self,
        address: str,
        library: Library,
        *,
        languages: Iterable[str] = (),
        selection: Selection = EVERYTHING,
        caps: Caps | None = None,
    ) -> None:
        """Raises InputError where the address is malformed, carries a password, or is not http(s)."""
        super().__init__(selection)
        if problem := wrong_with(address):
            raise InputError([problem])
        self._address = address
        self._library = library
        self._languages = tuple(languages)
        self._caps = caps or Caps()
        self._failures: list[FetchError] = []
        self._elsewhere: Counter[str] = Counter()
        self._other_languages: Counter[str] = Counter()

    def _listed(self) -> Iterator[Page]:
        """Raises FetchError where no sitemap can be read, or none names a page: then nothing is known."""
        found: dict[str, datetime] = {}
        for entry in self._entries():
            for address in self._addresses(entry):
                found.setdefault(address, entry.modified or _LONG_AGO)
            if len(found) >= self._caps.pages:
                self._incomplete(f"the sitemap names more than {self._caps.pages:,} pages; the others are not read")
                break
        self._tell()
        if not found:
            raise self._failures[0] if self._failures else FetchError(BlindReason.EMPTY, "the sitemap names no page")
        for address in sorted(found, key=lambda address: found[address], reverse=True):
            yield Page(address)

    def _entries(self) -> Iterator[Entry]:
        """The entries of all files that name pages. A file that cannot be read is noted, and its pages stay unknown."""
        left = [(address, 1) for address in reversed(self._roots())]
        read: set[str] = set()
        while left:
            address, depth = left.pop()
            if address in read:
                continue
            if len(read) >= self._caps.files:
                self._incomplete(f"more than {self._caps.files} sitemaps; the others are not read")
                return
            read.add(address)
            below: list[tuple[str, int]] = []
            try:
                with faults.contained(address):
                    for entry in entries(self._library.document(address)):
                        if not entry.index:
                            yield entry
                        elif depth >= self._caps.depth:
                            self._incomplete(f"{entry.address} stands deeper than {self._caps.depth} sitemaps")
                        elif (further := foreign.joined(address, entry.address)) is not None:
                            below.append((further, depth + 1))
                        else:
                            self._missing(entry.address, FetchError(BlindReason.SCHEME, "not an address"))
            except FetchError as failure:
                self._missing(address, failure)
            left.extend(reversed(below))

    def _missing(self, address: str, failure: FetchError) -> None:
        self._failures.append(failure)
        self._not_read(f"the sitemap {_shown(address)} ({failure}): its pages are unknown")

    def _roots(self) -> list[str]:
        if urlsplit(self._address).path not in ("", "/"):
            return [self._address]
        named = self._library.sitemaps(self._address)
        return list(named) or [urljoin(self._address, "/sitemap.xml")]

    def _addresses(self, entry: Entry) -> list[str]:
        """The pages of an entry that are of this host and in a language wanted. One that we fail on is not read."""
        try:
            with faults.contained(entry.address):
                return [address for address in self._spoken(entry) if self._here(address)]
        except FetchError as failure:
            self._not_read(f"{_shown(entry.address)} ({failure})")
            return []

    def _spoken(self, entry: Entry) -> list[str]:
        if not self._languages:
            return [entry.address]
        tags = {address: tag for tag, address in entry.alternates if tag != "x-default"}
        tags.setdefault(entry.address, locales.of_address(entry.address) or "")
        for tag in tags.values():
            if not locales.wanted(tag, self._languages):
                self._other_languages[tag] += 1
        return [address for address, tag in tags.items() if locales.wanted(tag, self._languages)]

    def _here(self, address: str) -> bool:
        if problem := wrong_with(address):
            if not self._selection.excludes(Page(address)):
                relative = foreign.joined(self._address, address)
                whole = relative is not None and relative != address and not wrong_with(relative)
                why = "relative, where a sitemap names whole addresses" if whole else problem.message
                self._not_read(f"{_shown(problem.place.file)} ({BlindReason.SCHEME.value}: {why})")
            return False
        host = _host(address)
        if host == _host(self._address) or self._selection.names(Page(address)):
            return True
        self._elsewhere[host] += 1
        return False

    def _tell(self) -> None:
        for where, count in sorted(self._elsewhere.items()):
            self._notes.append(f"entries passed over because they are of another host ({where}): {count}")
        for tag, count in sorted(self._other_languages.items()):
            self._notes.append(f"entries passed over because of their language ({tag}): {count}")


def _shown(address: str) -> str:
    """An entry as it is told, which may be anything."""
    return repr(address if len(address) <= SHOWN else f"{address[:SHOWN]}...")


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")
