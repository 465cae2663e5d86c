"""The pages a site lists in its sitemap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from drift.errors import BlindReason, FetchError, InputError
from drift.model import Page
from drift.ports import Library
from drift.sources import locales
from drift.sources.addresses import SHOWN
from drift.sources.selection import EVERYTHING, Listing, Selection
from drift.sources.url import wrong_with

if TYPE_CHECKING:
    from drift.sources.sitemap_xml import Entry

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Caps:
    """How much of a sitemap is read. The protocol allows 50,000 pages a file; help centres have some thousands."""

    files: int = 500
    depth: int = 3  # an index of indexes of sitemaps
    pages: int = 200_000


class Sitemap(Listing):
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
        self._unusable: Counter[str] = Counter()  # entries, by why
        self._first: dict[str, str] = {}  # of those

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
        from drift.sources.sitemap_xml import entries  # imported here: a run over files needs no XML parser

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
                for entry in entries(self._library.document(address)):
                    if not entry.index:
                        yield entry
                    elif depth < self._caps.depth:
                        below.append((urljoin(address, entry.address), depth + 1))
                    else:
                        self._incomplete(f"{entry.address} stands deeper than {self._caps.depth} sitemaps")
            except FetchError as error:
                self._failures.append(error)
                self._incomplete(f"{address} cannot be read ({error}): its pages are unknown")
            left.extend(reversed(below))

    def _roots(self) -> list[str]:
        if urlsplit(self._address).path not in ("", "/"):
            return [self._address]
        named = self._library.sitemaps(self._address)
        return list(named) or [urljoin(self._address, "/sitemap.xml")]

    def _addresses(self, entry: Entry) -> list[str]:
        """The pages of an entry that are of this host and in a language wanted."""
        return [address for address in self._spoken(entry) if self._here(address)]

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
        if wrong_with(address):
            relative = _is_relative(address, self._address)
            why = "relative, where a sitemap names whole ones" if relative else "no http(s) addresses"
            self._unusable[why] += 1
            self._first.setdefault(why, address[:SHOWN])
            return False
        host = _host(address)
        if host == _host(self._address) or self._selection.names(Page(address)):
            return True
        self._elsewhere[host] += 1
        return False

    def _tell(self) -> None:
        for why, count in sorted(self._unusable.items()):
            first = self._first[why]
            self._incomplete(f"entries passed over because their addresses are {why}: {count}, the first '{first}'")
        for where, count in sorted(self._elsewhere.items()):
            self._notes.append(f"entries passed over because they are of another host ({where}): {count}")
        for tag, count in sorted(self._other_languages.items()):
            self._notes.append(f"entries passed over because of their language ({tag}): {count}")


def _is_relative(address: str, base: str) -> bool:
    """Whether it would be an address if it were read from where it stands."""
    try:
        return not wrong_with(urljoin(base, address))
    except ValueError:  # brackets that hold no IPv6 address
        return False


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")
