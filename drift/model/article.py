"""Pages, the bytes fetched from them, and what is read out of those."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fnmatch import fnmatchcase


@dataclass(frozen=True, slots=True)
class Page:
    """One address. `address` is the path or URL as given; `published_as` the URL it is published under."""

    address: str
    published_as: str | None = None

    @property
    def public(self) -> str:
        """The address by which `applies_to`, `published_at`, exceptions and reviewed answers know the page."""
        return self.published_as or self.address

    def goes_by(self, name: str) -> bool:
        """Whether a reviewed answer means this page that names its article so: by either address, or by a glob."""
        addresses = (self.public, self.address)
        return name in addresses or any(fnmatchcase(address, name) for address in addresses)

    def lies_under(self, glob: str) -> bool:
        """Whether a glob means this page: a fragment, a query or a final slash of an address make no other page."""
        bare = self.public.partition("#")[0]
        forms = (self.public, bare, bare.partition("?")[0].rstrip("/"))
        return any(fnmatchcase(form, wanted) for form in forms for wanted in (glob, glob.rstrip("/")))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file among the articles that is not read, and why, in words."""

    page: Page
    why: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Bytes as fetched or read from a file.

    `media` is the media type without parameters ('text/html', 'text/markdown', 'text/plain'), `charset` what
    the transport said, `final_url` where redirects led, `etag` and `last_modified` those headers as they were sent.
    """

    page: Page
    body: bytes
    media: str
    charset: str | None = None
    status: int | None = None
    final_url: str | None = None
    fetched_at: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Validators:
    """What the last answer for a page said of its version, sent back to ask whether there is another by now."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """The answer that a page is still the version its validators name. They may have been replaced by new ones."""

    page: Page
    validators: Validators
    final_url: str | None = None
    fetched_at: datetime | None = None


class Zone(StrEnum):
    """What a passage is within its article."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # of a list
    CELL = "cell"  # of a table
    QUESTION = "question"
    ANSWER = "answer"
    DEFINITION = "definition"  # the dd of a dl; `defines` holds its dt
    CAPTION = "caption"
    CODE = "code"
    ALT = "alt"  # image alternative text
    META = "meta"  # the meta description
    STRUCTURED = "structured"  # JSON-LD


@dataclass(frozen=True, slots=True)
class Passage:
    """One block of an article, with what a reader sees around it.

    `text` is visible text with runs of white space folded to one space and no markup; a block with hard line
    breaks keeps them as '\\n'. Context is text in the same form.
    """

    text: str
    zone: Zone
    headings: tuple[str, ...] = ()  # outermost first, without the article's title
    lead_in: str | None = None  # the sentence that introduces the list ('Refunds take:'), outer items included
    question: str | None = None  # of a FAQ or accordion
    row: tuple[str, ...] = ()  # row headers of a cell
    column: tuple[str, ...] = ()  # column headers of a cell, spans expanded: all that stand over it
    caption: str | None = None  # of the table, or the tab's label
    defines: str | None = None
    visible: bool = True  # False in tab panels, closed accordions, meta and structured data, and where it is hidden
    anchor: str | None = None  # nearest id at or before the block
    block: int = 0  # passages of one table, or of one list, share this number; otherwise unique
    table_row: int | None = None  # 0-based row within the table
    lines: tuple[tuple[int, int], ...] = ()  # (offset in text, 1-based source line), ascending; empty if unknown
    hidden: bool = False  # the page never shows it: not displayed, off the screen, for screen readers alone
    names_row: bool = False  # of a cell: its words name its row, in a table whose other cells hold numbers

    def line_at(self, offset: int) -> int | None:
        """The 1-based source line of a character of `text`, or None if the reader cannot know it."""
        at = bisect_right(self.lines, offset, key=lambda line: line[0])
        return self.lines[at - 1][1] if at else None


@dataclass(frozen=True, slots=True)
class Article:
    """What was read out of a snapshot: passages in the order of the source."""

    page: Page
    title: str | None
    language: str | None  # primary tag the page declares, None if it declares none
    passages: tuple[Passage, ...]
    canonical: str | None = None
    description: str | None = None
    modified: datetime | None = None
    links: tuple[str, ...] = ()  # that robots may follow; absolute where the page's URL is known
    reader: str = ""  # which reader made it, with its version: 'html/1'
    main: bool = False  # the page has an element that it calls its main one, or an article
    alternates: tuple[tuple[str, str], ...] = ()  # (language tag, address) of the same article in other languages
    region: str | None = None  # of the language tag the page declares: 'GB' of 'en-GB'
