"""Which media are articles, and what bytes without a label are."""

from __future__ import annotations

import os
import re

HTML = "text/html"
XHTML = "application/xhtml+xml"
MARKDOWN = "text/markdown"
PLAIN = "text/plain"
RST = "text/x-rst"

TEXT_MEDIA = {media: media for media in (HTML, XHTML, MARKDOWN, PLAIN, RST)} | {"text/x-markdown": MARKDOWN}

MEDIA_BY_SUFFIX = {
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".mdx": MARKDOWN,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": XHTML,
    ".txt": PLAIN,
    ".rst": RST,
}

_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_LEADING_COMMENTS = re.compile(rb"\s*(?:<!--.*?-->\s*)*", re.DOTALL)
_MARKUP = re.compile(rb"<(?:!doctype\s+html|\?xml|html|head|body|title|meta|main|article|section|div|h[1-6]|p)\b", re.I)
_LOOKED_AT = 1024  # bytes


def of_suffix(path: str) -> str | None:
    """The media type that a file name or the path of an address tells, or None."""
    return MEDIA_BY_SUFFIX.get(os.path.splitext(path)[1].lower())


def of_content(body: bytes) -> str | None:
    """The media type of unlabelled bytes: HTML, else Markdown, of which plain text is the simplest; None if binary.

    Binary is what holds a NUL in its first kilobyte without a UTF-16 byte order mark, or is a PDF.
    """
    start = body[:_LOOKED_AT]
    if start.startswith(_BYTE_ORDER_MARKS[1:]):
        start = start[2:].replace(b"\0", b"")
    start = start.removeprefix(_BYTE_ORDER_MARKS[0])
    if b"\0" in start or start.startswith(b"%PDF-"):
        return None
    after = _LEADING_COMMENTS.match(start)
    return HTML if _MARKUP.match(start, after.end() if after else 0) else MARKDOWN
