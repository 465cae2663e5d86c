"""What on a page is not the article: banners, menus, sidebars, lists of links, and where the article stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from drift.engine.reading.tree import Element

# A main element with less text than this, or than half of the page's prose, does not hold the article.
LEAST_MAIN = 200
MAIN_SHARE = 0.5
# An element named like a banner or sidebar that holds this share of the page, or of its prose, is the article all the
# same: menus and lists of countries make a page long and say nothing.
TOO_MUCH_TO_DROP = 0.4
# Blocks of links: shares of linked text in menus, related lists and tables of contents lie above .9, in prose and
# in lists of explained links below .6.
LINK_SHARE = 0.8
LEAST_LINKS = 3
# Titles of articles have up to 100 characters; a whole card set as one link has more.
LONGEST_LINK = 120
# A longer class or id is not looked at, and not remembered.
LONGEST_LABEL = 500

_ROLES = frozenset(("banner", "contentinfo", "complementary", "dialog", "alertdialog"))
_LABELS = re.compile(
    r"(?:^|[\s_-])(?:bread-?crumbs?|skip-?(?:link|nav|to)\w*|(?:side|nav|menu|tool|top|bottom|share|social)-?bar"
    r"|site-?(?:header|footer|nav|map)|page-?(?:header|footer)|global-?(?:header|footer|nav)"
    r"|(?:main|primary|secondary|top|side|mobile|footer|header)-?(?:nav|menu|navigation)|pagination|pager"
    r"|related(?:-?(?:articles?|posts?|links?|topics?|content|pages?))?|see-?also|recently-?viewed"
    r"|(?:article|page)-?(?:votes?|feedback|rating|share)|feedback|newsletter|subscribe|social(?:-?(?:links|share|icons))?"
    r"|share|(?:table-?of-?contents|toc)|promo|advert(?:isement)?|ads?|comments?)(?:$|[\s_-])",
    re.IGNORECASE,
)
# Names as plain as these say it only of a whole element outside of the article.
_PLAIN_LABELS = re.compile(r"(?:^|\s)(?:footer|colophon|masthead|nav|navigation|top-?nav)(?:\s|$)", re.IGNORECASE)
_CONSENT = re.compile(
    r"onetrust|cookiebot|(?:cookie|consent|gdpr|ccpa|privacy)[\w-]*(?:banner|bar|notice|pop-?up|modal|dialog|overlay|consent"
    r"|prompt|message|alert|manager|wall|sdk)",
    re.IGNORECASE,
)
# Elements too central or too small to be called something else by a class.
_CONTENT = frozenset(("main", "article", "body", "html", "p", "li", "thead", "tbody", "tr", "td", "th"))


def is_chrome(element: Element, page: Element) -> bool:
    """Whether an element's name, role or class says that it is not the article, and nothing belies that: neither a main
    element in it nor its share of the page."""
    name = element.name
    if name in _CONTENT or element.mains:
        return False
    if name in ("header", "footer", "aside"):
        named = not element.within or (name != "header" and _labelled(element))
    else:
        attrs = element.attrs
        if not attrs:
            return False
        named = attrs.get("role") in _ROLES or _labelled(element) or (not element.within and _plainly_labelled(element))
    if not named or element.chars >= TOO_MUCH_TO_DROP * page.chars:
        return False
    return element.prose < TOO_MUCH_TO_DROP * page.prose


def link_block(element: Element) -> bool:
    """Whether an element is nothing but links with short texts, and so points away from the article.

    What holds a main element, a heading of level 1 or a sentence is none, however many links there are beside it: its
    parts are looked at one by one.
    """
    return (
        element.links >= LEAST_LINKS
        and not element.signs
        and element.linked >= LINK_SHARE * element.chars > 0
        and element.chars <= LONGEST_LINK * element.links
    )


def article_root(body: Element, noted: Iterable[Element]) -> Element:
    """The element the article stands in: a main or article element that holds most of the text, else the whole."""
    found = named_articles(noted)
    mains = [element for element in found if element.name != "article"]
    for candidates in (mains, found):
        root = max(candidates, key=lambda element: element.chars, default=body)
        if root.chars >= LEAST_MAIN and root.prose >= MAIN_SHARE * body.prose:
            return root
    return body


def named_articles(noted: Iterable[Element]) -> list[Element]:
    """The elements of which the page says that the article stands in them, in document order."""
    return [e for e in noted if e.name in ("main", "article") or e.attrs.get("role") == "main"]


def skip_link(element: Element, *, first: bool) -> bool:
    """Whether a link leads past the menus: it is called so, or stands `first` on the page and outside of all blocks."""
    return str(element.attrs.get("href", "")).startswith("#") and (first or _labelled(element))


def elements(root: Element) -> Iterator[Element]:
    """All elements under one, in document order, however deep."""
    stack = [iter(root.contents)]
    while stack:
        for child in stack[-1]:
            if isinstance(child, Element):
                yield child
                if child.contents:
                    stack.append(iter(child.contents))
                    break
        else:
            stack.pop()


def _labelled(element: Element) -> bool:
    attrs = element.attrs
    names = (str(attrs[key]) for key in ("class", "id", "aria-label") if key in attrs)
    return any(_is_label(name) for name in names if len(name) < LONGEST_LABEL)


def _plainly_labelled(element: Element) -> bool:
    attrs = element.attrs
    return attrs.get("id") == "header" or any(_PLAIN_LABELS.search(str(attrs.get(key, ""))) for key in ("class", "id"))


@lru_cache(maxsize=4096)  # pages say the same classes again and again
def _is_label(name: str) -> bool:
    return _LABELS.search(name) is not None or _CONSENT.search(name) is not None
