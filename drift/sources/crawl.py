"""The pages that a site's own links lead to, from one address on."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from drift.errors import InputError
from drift.model import Article, Page
from drift.sources import locales
from drift.sources.addresses import Scope, Traps, canonical, too_long
from drift.sources.selection import EVERYTHING, Selection
from drift.sources.url import wrong_with


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

    Links are followed breadth first, in the order of the page, so that the same site gives the same pages. What
    `exclude` means is not asked for; what `include` does not mean is asked for its links and is no article. Of pages in
    several languages those wanted are followed, by their path and by hreflang. A page that names another as the
    canonical one is that one's double; the start address is nobody's, since a template that names it everywhere would
    silence the site.

    A page that did not change gives no links anew, so a later pass is told in `known` every page that the last one
    named, articles or not. A crawl never says that a page is gone: a page nobody links to can still be found by
    customers. It says so itself, with its status.
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
        self._start = begin
        self._selection = selection
        self._languages = tuple(languages)
        self._reach = reach or Reach()
        self._scope = Scope.of(begin, self._reach.within)
        self._traps = Traps(self._reach.variants)
        self._depths: dict[str, int] = {begin: 0}  # every page met, and its distance from the start
        self._doubles: set[str] = set()
        self._passed_over: Counter[str] = Counter()
        self._unfollowed: set[str] = set()
        self._left = deque([begin])
        for address in known:
            self._meet(address, 1)

    def pages(self) -> Iterator[Page]:
        """The pages met and not yet named."""
        while self._left:
            yield Page(self._left.popleft())

    def seen(self, article: Article) -> None:
        """Follow the links of a page that `pages` named."""
        address = article.page.address
        depth = self._depths.get(address, 0)
        self._note_double(article, depth)
        spoken = {url: tag for tag, href in article.alternates if (url := canonical(href))}
        for link in dict.fromkeys((*article.links, *spoken)):
            self._meet(link, depth + 1, spoken.get(canonical(link) or ""))

    def selects(self, page: Page) -> bool:
        return page.address not in self._doubles and self._selection.takes(page)

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(f"links not followed because {why}: {count}" for why, count in sorted(self._passed_over.items()))

    def _note_double(self, article: Article, depth: int) -> None:
        url = canonical(article.canonical) if article.canonical else None
        named = self._scope.within(url) if url else None
        if named is None or named in (article.page.address, self._start) or urlsplit(named).path == "/":
            return
        self._meet(named, depth)
        if named in self._depths and named not in self._doubles:
            self._doubles.add(article.page.address)

    def _meet(self, link: str, depth: int, tag: str | None = None) -> None:
        """Put a page that was not met into the queue, or count why not."""
        url = canonical(link)
        if url is None and link not in self._unfollowed and too_long(Page(link)):
            self._unfollowed.add(link)
            self._passed_over["their addresses are too long to be kept"] += 1
        address = self._scope.within(url) if url else None
        if address is None or address in self._depths or address in self._unfollowed:
            return
        if why := self._refusal(address, depth, tag):
            self._unfollowed.add(address)
            self._passed_over[why] += 1
            return
        self._depths[address] = depth
        self._left.append(address)

    def _refusal(self, address: str, depth: int, tag: str | None) -> str | None:
        """Why a page is not read, in words; None where it is."""
        if self._selection.excludes(Page(address)):
            return "they are excluded"
        spoken = tag if tag and tag != "x-default" else locales.of_address(address)
        if not locales.wanted(spoken, self._languages):
            return f"they are in another language ({spoken})"
        if len(self._depths) >= self._reach.pages:
            return f"the crawl is limited to {self._reach.pages:,} pages"
        if depth > self._reach.depth:
            return f"they are more than {self._reach.depth} links from the start"
        if not self._traps.lets_pass(address):
            return "they are no pages, or variants of one without end"
        return None
