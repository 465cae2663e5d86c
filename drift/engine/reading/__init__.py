"""From a snapshot to an article: HTML, Markdown, reStructuredText and plain text, each into the same passages.

Page text stays text: nothing read here is ever run, opened or followed.
"""

from __future__ import annotations

import re

from drift.engine.reading.article import read_markdown, read_plain, read_rst
from drift.engine.reading.decode import decode
from drift.model import Article, Snapshot
from drift.model.errors import BlindReason, ReadingError

# Real help articles have up to 2 MB. 20 MB of HTML take 1 to 3 s and up to 500 MB of memory.
# Markdown is weighed as well, by what it is made of, before it is parsed: `markdown.MOST_NODES`.
LARGEST = 32_000_000
LARGEST_MARKDOWN = 2_000_000

_HTML = frozenset(("text/html", "application/xhtml+xml"))
_MARKDOWN = frozenset(("text/markdown", "text/x-markdown"))
_RST = "text/x-rst"
_SUFFIXES = {
    ".md": "markdown", ".markdown": "markdown", ".mdx": "markdown", ".mkd": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".txt": "plain", ".text": "plain",
    ".rst": "rst",
}  # fmt: skip
_DOCUMENT = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,500}-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE
)
_MARKUP = re.compile(r"<[a-z][a-z0-9-]*(?:\s[^<>]{0,2000})?/?>", re.IGNORECASE)
_MARKDOWN_SIGN = re.compile(r"^(?:#{1,6} \S|---[ \t]*$|[-*+] \S|\|.+\|[ \t]*$|```)", re.MULTILINE)


def read(snapshot: Snapshot, selector: str | None = None) -> Article:
    """Read a snapshot; of an HTML page only what a CSS selector matches, where there is one.

    Its media type decides how; where that says nothing of use or is belied by the content, the name of the page and
    the content do. Offsets and lines are those of the passages, see `drift.model.Passage`.

    Raises ReadingError with the reason the page is blind: EMPTY (also where the selector matches nothing), SCRIPT_ONLY,
    BOT_WALL, NOT_TEXT, UNREADABLE or TOO_LARGE.
    """
    if len(snapshot.body) > LARGEST:
        raise ReadingError(BlindReason.TOO_LARGE, f"{len(snapshot.body):,} bytes; at most {LARGEST:,} are read")
    if not snapshot.body.strip():
        raise ReadingError(BlindReason.EMPTY, "no bytes")
    text = decode(snapshot.body, snapshot.charset)
    form = _form(snapshot, text)
    url = _url(snapshot)
    if form == "html":
        from drift.engine.reading.html import read_html  # its parser takes longer to import than a small check

        return read_html(text, snapshot.page, url, selector)
    if len(text) > LARGEST_MARKDOWN:
        raise ReadingError(BlindReason.TOO_LARGE, f"{len(text):,} characters; at most {LARGEST_MARKDOWN:,} are read")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if form == "rst":
        from drift.engine.reading import rst  # few articles are, and its patterns are many

        return read_rst(rst.render(text), snapshot.page, url)
    return read_markdown(text, snapshot.page, url) if form == "markdown" else read_plain(text, snapshot.page)


def selector_fault(selector: str) -> str | None:
    """What is wrong with a CSS selector, in a line; None where `read` can use it."""
    from drift.engine.reading.narrowing import fault  # as in `read`

    return fault(selector)


def _form(snapshot: Snapshot, text: str) -> str:
    """'html', 'markdown' or 'plain'. Raises ReadingError (NOT_TEXT) for media that are none of these."""
    media = snapshot.media.lower()
    if _DOCUMENT.match(text):
        return "html"
    if media in _MARKDOWN:
        return "markdown"
    if media == _RST:
        return "rst"
    if media in _HTML:
        if _MARKUP.search(text):
            return "html"
        return "markdown" if _MARKDOWN_SIGN.search(text) else "plain"
    if media and not media.startswith("text/") and media != "application/octet-stream":
        raise ReadingError(BlindReason.NOT_TEXT, media)
    by_name = _by_name(snapshot)
    if by_name:
        return by_name
    if media == "text/plain":
        return "plain"
    if _MARKUP.search(text):
        return "html"
    return "markdown" if _MARKDOWN_SIGN.search(text) else "plain"


def _by_name(snapshot: Snapshot) -> str | None:
    name = (snapshot.final_url or snapshot.page.address).split("?")[0].split("#")[0].lower()
    return next((form for suffix, form in _SUFFIXES.items() if name.endswith(suffix)), None)


def _url(snapshot: Snapshot) -> str | None:
    """The address that the page's links are relative to."""
    for address in (snapshot.final_url, snapshot.page.published_as, snapshot.page.address):
        if address and address.startswith(("http://", "https://")):
            return address
    return None
