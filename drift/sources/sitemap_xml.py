"""What a sitemap file says: pages, or further sitemaps. Parsed piece by piece; entities and DTDs are left alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO

from lxml import etree

from drift.model import foreign
from drift.model.errors import BlindReason, FetchError

_ROOTS = {"urlset": "url", "sitemapindex": "sitemap"}
DEEPEST = 50  # elements in one another: a sitemap has four, with images and videos six. libxml2 takes 256
# What else libxml2 refuses by its size, in the words of one who could set its options.
_TOO_MUCH = {etree.ErrorTypes.ERR_RESOURCE_LIMIT, etree.ErrorTypes.ERR_ENTITY_LOOP}


@dataclass(slots=True)
class Entry:
    """One entry: `alternates` are (language tag, address) pairs; `index` says that it is a further sitemap."""

    address: str = ""
    modified: datetime | None = None
    alternates: list[tuple[str, str]] = field(default_factory=list)
    index: bool = False


def entries(body: bytes) -> Iterator[Entry]:
    """The entries of a sitemap, of its index, or of a plain list of addresses, in order.

    Raises FetchError (UNREADABLE) where it is none of these, also after some entries: half a list is none.
    """
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:4].lower() == b"http":
        yield from (
            Entry(line.strip()) for line in body.decode("utf-8-sig", errors="replace").split("\n") if line.strip()
        )
        return
    parser = etree.iterparse(
        BytesIO(body), events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        yield from _entries(parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        why = (
            f"line {line}, column {column}: more text or entities than are read"
            if getattr(error, "code", 0) in _TOO_MUCH
            else error.msg
        )
        raise FetchError(BlindReason.UNREADABLE, f"broken XML: {why}") from error


def _entries(parser: etree.iterparse[tuple[str, etree._Element]]) -> Iterator[Entry]:
    root: etree._Element | None = None
    kind = ""
    depth = 0
    for event, element in parser:
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            line = element.sourceline
            raise FetchError(BlindReason.UNREADABLE, f"line {line}: more than {DEEPEST} elements in one another")
        if root is None:
            root, kind = element, _kind(element)
        elif event == "start" and _name(element) in _ROOTS:
            inside, at = _name(element), element.sourceline
            raise FetchError(
                BlindReason.UNREADABLE, f"no sitemap: '{inside}' stands inside '{_name(root)}', in line {at}"
            )
        elif event == "end" and element.getparent() is root:
            if _name(element) == kind:
                entry = _entry(element)
                if entry.address:
                    yield entry
            _forget(element, root)


def _forget(element: etree._Element, root: etree._Element) -> None:
    """Drop what was read: a sitemap of 50,000 pages takes no more memory than one entry. The parser stands on
    `element` itself, which is only emptied."""
    element.clear()
    while element.getprevious() is not None:
        del root[0]


def _kind(root: etree._Element) -> str:
    kind = _ROOTS.get(_name(root))
    if kind is None:
        raise FetchError(BlindReason.UNREADABLE, f"no sitemap: it is made of '{_name(root)[:40]}'")
    return kind


def _entry(element: etree._Element) -> Entry:
    entry = Entry(index=_name(element) == "sitemap")
    for child in element.iterchildren("{*}*"):  # no comments
        name = _name(child)
        text = (child.text or "").strip()
        if name == "loc":
            entry.address = text
        elif name == "lastmod":
            entry.modified = foreign.moment(text)
        elif name == "link" and child.get("rel") == "alternate" and child.get("hreflang") and child.get("href"):
            entry.alternates.append((str(child.get("hreflang")).lower(), str(child.get("href")).strip()))
    return entry


def _name(element: etree._Element) -> str:
    """The name without its namespace."""
    return element.tag.rpartition("}")[2]
