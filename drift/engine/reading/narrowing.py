"""A page limited to the elements that a CSS selector of its source names: where a help centre keeps its articles."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

import soupsieve
from bs4 import BeautifulSoup, Tag
from bs4.builder import ParserRejectedMarkup
from bs4.builder._lxml import LXMLTreeBuilder
from soupsieve.util import SelectorSyntaxError

from drift.engine.reading.vocabulary import METADATA
from drift.model.errors import BlindReason, ReadingError

LARGEST = 5_000_000  # characters: a tree that can be selected from takes ten times the memory of the reader's own


def fault(selector: str) -> str | None:
    """What is wrong with a CSS selector, in a line; None if nothing is."""
    try:
        soupsieve.compile(selector)
    except (SelectorSyntaxError, NotImplementedError) as error:  # the latter for '::before' and the like
        return str(error).splitlines()[0]
    return None


def narrowed(text: str, selector: str) -> tuple[str, list[str]]:
    """The page with nothing in its body but what `selector` matches, and the links of the whole page.

    Raises ReadingError: EMPTY where nothing matches, TOO_LARGE, UNREADABLE.
    """
    if len(text) > LARGEST:
        raise ReadingError(BlindReason.TOO_LARGE, f"{len(text):,} characters; at most {LARGEST:,} are selected from")
    try:
        soup = BeautifulSoup(text, builder=_NarrowingBuilder())
    except ParserRejectedMarkup as error:
        raise ReadingError(BlindReason.UNREADABLE, "the HTML parser gave up") from error
    _end_head(soup)
    found = _outermost(soup.select(selector))
    if not found:
        raise ReadingError(BlindReason.EMPTY, f"nothing matches the selector {selector!r}: has the template changed?")
    links = [str(link["href"]) for link in soup.select("a[href]:not([rel~=nofollow i])")]
    body = "\n".join(str(element) for element in found)
    language = soup.html.get("lang") if soup.html else None
    lang = f' lang="{html.escape(str(language))}"' if language else ""
    return f"<html{lang}>{soup.head or ''}<body>{body}</body></html>", links


def _end_head(soup: BeautifulSoup) -> None:
    """Put into the body what the head took of it. Where its end is left out, libxml2 ends it at HTML 4 alone."""
    if soup.head is None:
        return
    first = next((tag for tag in soup.head.find_all(recursive=False) if tag.name not in METADATA), None)
    if first is None:
        return
    body = soup.body
    if body is None:
        body = soup.new_tag("body")
        soup.head.insert_after(body)
    for place, node in enumerate([first, *first.next_siblings]):
        body.insert(place, node.extract())


def _outermost(found: list[Tag]) -> list[Tag]:
    """The matches that stand in no other match."""
    matched = {id(element) for element in found}
    return [element for element in found if not any(id(parent) in matched for parent in element.parents)]


class _NarrowingBuilder(LXMLTreeBuilder):
    # What bs4 passes to guess an encoding by is not looked at, whatever it is called.
    def prepare_markup(self, markup: Any, *_: Any, **__: Any) -> Iterator[Any]:  # type: ignore[override]  # all but one go unused
        """The text is decoded already: there is nothing to guess."""
        yield markup, None, None, False
