"""One spelling for each address that a crawl meets, and how far it may go."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from drift.model import Page, foreign

# Parameters that say where a reader came from, not what is shown.
_TRACKING = frozenset(
    """
    _ga _gl _hsenc _hsmi dclid fbclid gclid gclsrc hsctatracking igshid jsessionid mc_cid mc_eid mkt_tok msclkid
    phpsessid ref_src srsltid vero_id wbraid yclid
""".split()  # noqa: SIM905 - a list of words
)
_PORTS = {"http": 80, "https": 443}
LONGEST = 2_000  # bytes of an address: browsers and sitemaps stop at 2,048, an index of PostgreSQL at 2,704
SHOWN = 80  # characters of a longer one


def canonical(address: str) -> str | None:
    """An http(s) address without fragment, default port and tracking parameters; None if it is none.

    Parameters are put in order of name, so that two spellings of one page are one.
    """
    parts = foreign.parts(address)
    if parts is None:
        return None
    port = parts.port
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in _PORTS or not host or "@" in parts.netloc or _size(address) > LONGEST:
        return None
    host = f"[{host}]" if ":" in host else host
    netloc = host if port in (None, _PORTS[parts.scheme]) else f"{host}:{port}"
    path = parts.path.partition(";")[0] or "/"
    return urlunsplit((parts.scheme, netloc, path, _query(parts.query), ""))


def too_long(page: Page) -> str | None:
    """What is to be said of a page whose address nobody could remember; None of any other."""
    longest = max(page.address, page.public, key=_size)
    if _size(longest) <= LONGEST:
        return None
    return f"{longest[:SHOWN]}...: its address has {_size(longest):,} bytes; at most {LONGEST:,} can be kept"


def _size(address: str) -> int:
    return len(address.encode("utf-8", "surrogatepass"))


def _query(query: str) -> str:
    """The parameters that say what is shown, in order of name. A query that is no list of them stays as it is."""
    if not query or "=" not in query:
        return query
    pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=None)
    kept = [(name, value) for name, value in pairs if not _tracks(name.lower())]
    return urlencode(sorted(kept, key=lambda pair: pair[0]))


def _tracks(name: str) -> bool:
    return name in _TRACKING or name.startswith("utm_")


@dataclass(frozen=True, slots=True)
class CrawlScope:
    """A host and the part of it that is crawled: what a glob means; without globs, every path under `prefix`."""

    scheme: str
    netloc: str
    prefix: str
    globs: tuple[str, ...] = ()

    @classmethod
    def of(cls, start: str, globs: tuple[str, ...] = ()) -> CrawlScope:
        """What lies under a canonical address, or beside it: '/hc/en' of '/hc/en', '/guide' of '/guide/index.html'."""
        parts = urlsplit(start)
        folder, _, last = parts.path.rpartition("/")
        return cls(parts.scheme, parts.netloc, folder if "." in last else parts.path.rstrip("/"), globs)

    def within(self, address: str) -> str | None:
        """The address in the scheme of the scope, None if it lies outside. Takes canonical addresses."""
        parts = urlsplit(address)
        if parts.netloc != self.netloc:
            return None
        address = urlunsplit((self.scheme, parts.netloc, parts.path, parts.query, ""))
        return address if self._holds(address, parts.path) else None

    def _holds(self, address: str, path: str) -> bool:
        if self.globs:
            return any(Page(address).lies_under(glob) for glob in self.globs)
        return path == self.prefix or path.startswith(f"{self.prefix}/")
