"""What a page says about itself: title, language, description, canonical address, date, links."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from drift.engine.reading.inline import one_line
from drift.engine.reading.text import fold
from drift.engine.reading.tree import Element
from drift.model import foreign

_NOFOLLOW = re.compile(r"(?:^|[,\s])(?:nofollow|none)(?=$|[,\s])")
_TITLE_TAIL = re.compile(r"\s+[|·»]\s+[^|·»]{1,60}$")
MOST_LINKS = 5_000
MOST_ALTERNATES = 200  # languages of one page


@dataclass(slots=True)
class Head:
    """None if the page does not say."""

    title: str | None = None
    language: str | None = None
    region: str | None = None
    description: str | None = None
    canonical: str | None = None
    modified: datetime | None = None
    nofollow: bool = False  # robots are asked to follow none of its links
    alternates: list[tuple[str, str]] = field(default_factory=list)  # language tag, address
    main: bool = False  # there is an element that the page calls its main one, or an article


def read_head(noted: Iterable[Element], base: str | None) -> Head:
    """What the elements that tell about a page say. `base` is the page's address."""
    head = Head()
    titles: dict[str, str] = {}
    for element in noted:
        name = element.name
        if name == "meta":
            _meta(head, titles, element.attrs)
        elif name == "html":
            head.language = primary(element.attrs.get("lang"))
            head.region = region(element.attrs.get("lang"))
        elif name == "title":
            titles.setdefault("title", one_line(element)[0])
        elif name == "link":
            _link(head, element.attrs, base)
        elif name == "time":
            _time(head, element)
    head.title = _title(titles)
    return head


def primary(tag: object) -> str | None:
    """The primary subtag of a language tag: 'en' of 'en-GB'. None if it is no language tag."""
    match = re.match(r"\s*([A-Za-z]{2,3})(?:[-_]|\s*$)", tag) if isinstance(tag, str) else None
    return match.group(1).lower() if match else None


def region(tag: object) -> str | None:
    """The region of a language tag: 'GB' of 'en-GB' and of 'en-Latn-GB'. None if it names none."""
    match = (
        re.match(r"\s*[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?[-_]([A-Za-z]{2})(?![A-Za-z])", tag)
        if isinstance(tag, str)
        else None
    )
    return match.group(1).upper() if match else None


def moment(text: object) -> datetime | None:
    """A date or a moment in ISO 8601, in UTC; None if it is neither."""
    return foreign.moment(text) if isinstance(text, str) else None


def absolute(href: str, base: str | None) -> str | None:
    """`href` as a full address where the base is known, without its fragment; None if it leads to no page."""
    href = href.strip()
    if href.startswith("/") and not href.startswith("//") and "/." not in href:
        # Nearly all links are of this form, and joining them by the book takes a tenth of the time of reading.
        if base:
            return "/".join(base.split("/", 3)[:3]) + href.split("#", 1)[0]
        if "#" not in href:
            return href
    url = foreign.joined(base, href) if base else href
    parts = foreign.parts(url) if url else None
    if url is None or parts is None:
        return None
    url = url.partition("#")[0]
    return url if url and (parts.scheme in ("http", "https") or (not parts.scheme and not base)) else None


def absolute_links(hrefs: Iterable[str], base: str | None) -> tuple[str, ...]:
    """Every page linked to, once, in order."""
    found: dict[str, None] = {}
    for href in dict.fromkeys(hrefs):
        if not href.startswith("#") and (url := absolute(href, base)):
            found[url] = None
            if len(found) >= MOST_LINKS:
                break
    return tuple(found)


def _meta(head: Head, titles: dict[str, str], attrs: object) -> None:
    if not isinstance(attrs, dict):
        return
    key = str(attrs.get("property") or attrs.get("name") or attrs.get("itemprop") or "").lower()
    content = fold(str(attrs.get("content", "")))
    if not key or not content:
        return
    if key == "robots":
        head.nofollow = head.nofollow or bool(_NOFOLLOW.search(content.lower()))
    elif key == "description" or (key == "og:description" and not head.description):
        head.description = content
    elif key in ("og:title", "og:site_name"):
        titles.setdefault(key, content)
    elif key in ("article:modified_time", "og:updated_time", "last-modified", "datemodified", "dcterms.modified"):
        head.modified = head.modified or moment(content)
    elif key in ("language", "og:locale", "dc.language"):
        head.language = head.language or primary(content)
        head.region = head.region or region(content)


def _link(head: Head, attrs: dict[str, str], base: str | None) -> None:
    rel, href = attrs.get("rel", "").lower().split(), attrs.get("href")
    if not href:
        return
    if "canonical" in rel:
        head.canonical = head.canonical or absolute(href, base)
    elif "alternate" in rel and (tag := attrs.get("hreflang")):
        address = absolute(href, base)
        if address and len(head.alternates) < MOST_ALTERNATES:
            head.alternates.append((tag.strip().lower(), address))


def _time(head: Head, element: Element) -> None:
    attrs = element.attrs
    said = f"{attrs.get('itemprop', '')} {attrs.get('class', '')}".lower()
    if head.modified is None and ("modified" in said or "updated" in said):
        head.modified = moment(attrs.get("datetime"))


def _title(titles: dict[str, str]) -> str | None:
    """The title without the name of the site behind it."""
    title = titles.get("og:title") or titles.get("title")
    site = titles.get("og:site_name")
    if not title:
        return None
    if site and title.endswith(site) and (shorter := title[: -len(site)].rstrip(" |·»–—-:")):
        return shorter
    return _TITLE_TAIL.sub("", title)
