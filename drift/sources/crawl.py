"""The pages that a site's own links lead to, from one address on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field

from drift.files.fields import Text, about
from drift.files.keys import DIGITS, Addresses
from drift.model import Article, Page
from drift.model.errors import InputError
from drift.model.ports import WatchedSource
from drift.sources import locales
from drift.sources.addresses import CrawlScope, canonical, too_long
from drift.sources.config import SourceMeans, WebConfig, several
from drift.sources.selection import EVERYTHING, MOST_TOLD, Selection
from drift.sources.traps import Traps
from drift.sources.url import wrong_with

SPARE = 20  # a pass over a source that is full has room for one new page to so many that it may have


class CrawlConfig(WebConfig):
    """The pages that links lead to."""

    kind: Literal["crawl"]
    at: Annotated[Addresses, about("The address to start from.", ["https://help.larkspur.example/"])]
    depth: Annotated[int, Field(ge=0, le=100), DIGITS, about("Links followed from the start, at most.")] = 5
    pages: Annotated[
        int,
        Field(ge=1, le=1_000_000),
        DIGITS,
        about("Pages read, at most; of a source that is full, a twentieth more in each pass, the nearest first."),
    ] = 5_000
    within: tuple[Text, ...] = Field(
        default=(), description="Globs of the addresses it may go to; all under the start where there are none."
    )

    def globs(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        return {**super().globs(), ("within",): self.within}

    def limits(self) -> Reach:
        """How far it goes: within the folder of each start address, where nothing else is said."""
        return Reach(self.depth, self.pages, within=self.within or tuple(map(_under, self.at)))

    def listed(self, means: SourceMeans, selection: Selection) -> WatchedSource:
        known, languages, reach = tuple(means.known()), (means.language,), self.limits()
        return several(
            Crawl(start, known=known, languages=languages, selection=selection, reach=reach) for start in self.at
        )


def _under(address: str) -> str:
    """A glob of everything in the folder of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}{parts.path.rpartition('/')[0]}/**"


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a crawl goes: links from the start, pages in all, queries of one path.

    `within` are globs of the addresses that may be asked for, instead of all under the folder of the start.
    """

    depth: int = 10
    pages: int = 20_000
    variants: int = 10
    within: tuple[str, ...] = ()


class Crawl:
    """The pages of one host under the folder of a start address, nearest first. One object a pass.

    Links are followed breadth first, in the order of the page, so that the same site gives the same pages, and those
    near the start are named before all others. What `exclude` means is not asked for; what `include` does not mean is
    asked for its links and is no article. Of pages in several languages those wanted are followed, by their path and by
    hreflang.

    A page that did not change gives no links anew: whoever reads shows it with those that are remembered. So the
    distance of a page from the start is the shortest way that there is in this pass. `known` are the addresses that
    earlier passes remember: they are never too many, and each pass has room for some new ones, however many they are.
    A page that is `seen` and was never met, since nothing leads to it any more, is as far away as a page may be whose
    links are still followed.

    A crawl never says that a page is gone: a page nobody links to can still be found by customers. It says so itself,
    with its status.
    """

    name = "crawl"
    follows = True
    whole = False
    unread = 0  # a link that is no address leads nobody anywhere: there is no page to be missed

    def __init__(
        self,
        start: str,
        *,
        known: Iterable[str] = (),
        languages: Iterable[str] = (),
        selection: Selection = EVERYTHING,
        reach: Reach | None = None,
    ) -> None:
        """Raises InputError where the start is malformed, carries a password, or is not http(s)."""
        begin = canonical(start)
        if begin is None or wrong_with(start):
            raise InputError([problem] if (problem := wrong_with(start)) else f"{start!r} is too long an address")
        self._selection = selection
        self._languages = tuple(languages)
        self._reach = reach or Reach()
        self._scope = CrawlScope.of(begin, self._reach.within)
        self._traps = Traps(self._reach.variants)
        self._known = frozenset(url for address in known if (url := canonical(address)))
        self._room = max(self._reach.pages - len(self._known), self._reach.pages // SPARE, 1)  # for new addresses
        self._depths: dict[str, int] = {}  # of every page to be named: its distance from the start
        self._waiting: dict[str, int] = {}  # the same of those that may say what others said
        self._refused: dict[str, str] = {}  # by address, why it is not read
        self._left: list[tuple[int, int, str]] = []  # a heap: distance, number, address
        self._named: set[str] = set()
        self._said: set[str] = set()  # pages that said something of their own
        self._numbers = count()
        self._name_new(begin, 0)

    def pages(self) -> Iterator[Page]:
        """The pages met and not yet named."""
        while self._left:
            _, _, address = heappop(self._left)
            if address not in self._named:
                self._named.add(address)
                yield self._selection.published(Page(address))

    def seen(self, article: Article, *, duplicate: bool = False) -> None:
        """Follow the links of a page. One that is a `duplicate` says only what another does."""
        address = article.page.address
        depth = self._depths.get(address, self._reach.depth - 1)
        if not duplicate and address not in self._said:
            self._said.add(address)
            for released in self._traps.released(address):
                self._name_new(released, self._waiting.pop(released))
        spoken = {url: tag for tag, href in article.alternates if (url := canonical(href))}
        for link in dict.fromkeys((*article.links, *spoken)):
            self._meet(link, depth + 1, address, spoken.get(canonical(link) or ""))

    def better(self, article: Article, final_url: str | None) -> Page | None:
        """The page of the scope that an article names as its canonical one, or that its address led to."""
        address = article.page.address
        for named in (final_url, article.canonical):
            url = canonical(named) if named else None
            inside = self._scope.within(url) if url else None
            if inside is not None and inside != address:
                self._meet(inside, self._depths.get(address, self._reach.depth) + 1, address, first=True)
                return self._selection.published(Page(inside)) if inside in self._depths else None
        return None

    def selects(self, page: Page) -> bool:
        return self._selection.takes(page)

    @property
    def notes(self) -> tuple[str, ...]:
        told = [f"{why}: {number}" for why, number in sorted(Counter(self._refused.values()).items())]
        told += [f"their addresses only count on ({text}): {number}" for text, number in self._traps.counting.items()]
        told += [f"others like them said the same ({text}): {number}" for text, number in self._traps.waiting.items()]
        more = [f"and {len(told) - MOST_TOLD} more reasons like these"] if len(told) > MOST_TOLD else []
        return tuple(f"links not followed because {each}" for each in told[:MOST_TOLD] + more)

    @property
    def trapped(self) -> int:
        """How many addresses were not asked for because their patterns have no end."""
        return len(self._traps.endless) + len(self._waiting)

    def _meet(self, link: str, depth: int, linked_from: str, tag: str | None = None, *, first: bool = False) -> None:
        """Put a page that was not met into the queue, or count why not. What comes `first` goes before all others."""
        url = canonical(link)
        if url is None and link not in self._refused and too_long(Page(link)):
            self._refused[link] = "their addresses are too long to be kept"
        address = self._scope.within(url) if url else None
        if address is None:
            return
        if address in self._waiting:
            self._waiting[address] = min(depth, self._waiting[address])
        elif address in self._depths:
            if first or depth < self._depths[address]:
                self._name(address, min(depth, self._depths[address]), first=first)
        elif self._refused.get(address, self._too_far) == self._too_far:
            self._meet_new(address, depth, linked_from, tag, first=first)

    def _meet_new(self, address: str, depth: int, linked_from: str, tag: str | None, *, first: bool) -> None:
        if depth > self._reach.depth:
            self._refused[address] = self._too_far
            return
        self._refused.pop(address, None)
        if address not in self._traps.endless and (why := self._refusal(address, tag)):
            self._refused[address] = why
        elif self._traps.counts_on(address, linked_from):
            return
        elif not first and address not in self._known and self._traps.holds(address):
            self._waiting[address] = depth
        else:
            self._name_new(address, depth, first=first)

    def _name_new(self, address: str, depth: int, *, first: bool = False) -> None:
        if address not in self._known:
            if self._room <= 0:
                self._refused[address] = f"the crawl is limited to {self._reach.pages:,} pages"
                return
            self._room -= 1
        self._name(address, depth, first=first)

    def _name(self, address: str, depth: int, *, first: bool = False) -> None:
        self._depths[address] = depth
        if address not in self._named:
            heappush(self._left, (-1 if first else depth, next(self._numbers), address))

    @property
    def _too_far(self) -> str:
        return f"they are more than {self._reach.depth} links from the start"

    def _refusal(self, address: str, tag: str | None) -> str | None:
        """Why a page is not read however near it is, in words; None if it is."""
        if self._selection.excludes(Page(address)):
            return "they are excluded"
        spoken = tag if tag and tag != "x-default" else locales.of_address(address)
        if not locales.wanted(spoken, self._languages):
            return f"they are in another language ({spoken})"
        if self._traps.refuses(address):
            return "they are no pages, or variants of one without end"
        return None
