"""HTML, as a page or as what Markdown became: from text to an article."""

from __future__ import annotations

from urllib.parse import urljoin

from drift.errors import BlindReason, ReadingError
from drift.model import Article, Page, Passage, Zone
from drift.reading import structured
from drift.reading.chrome import LINK_SHARE, article_root
from drift.reading.head import Head, absolute_links, all_elements, read_head
from drift.reading.outline import Outline
from drift.reading.soup import Builder, Element, build
from drift.reading.walk import Walk

READER = "html/1"

# 'Loading ...' beside an empty container: a page that scripts will fill says less than this.
LEAST_TEXT_BESIDE_SCRIPTS = 40


def read_html(text: str, page: Page, url: str | None) -> Article:
    """Read a page. `url` is the address its links are relative to, None where it has none.

    Raises ReadingError (EMPTY, SCRIPT_ONLY, TOO_LARGE, UNREADABLE).
    """
    soup, builder = build(text)
    root = _root(soup.contents)
    if root is None:
        raise ReadingError(BlindReason.EMPTY, "no elements")
    base = absolute_base(builder, url)
    head = read_head(all_elements(root), base)
    outline = _walked(root, head)
    if not _has_content(outline):
        outline, builder = _read_again(text, head, builder)
    facts = structured.read(builder.structured)
    head.modified = head.modified or facts.modified
    passages = list(outline.finish())
    passages += structured.passages(facts, passages)
    _refuse_blind(passages, builder)
    return Article(
        page=page,
        title=outline.title,
        language=head.language,
        passages=(*_described(head), *passages),
        canonical=head.canonical,
        description=head.description,
        modified=head.modified,
        links=absolute_links(builder.links, base),
        reader=READER,
    )


def absolute_base(builder: Builder, url: str | None) -> str | None:
    """The address links are relative to: the page's own, moved by a base element."""
    if builder.base is None:
        return url
    return (url and urljoin(url, builder.base)) or (builder.base if "://" in builder.base else None)


def _root(contents: list[object]) -> Element | None:
    return next((child for child in contents if isinstance(child, Element)), None)


def _walked(root: Element, head: Head) -> Outline:
    outline = Outline()
    article = article_root(root)
    Walk(outline, article.chars).over(article)
    outline.entitle(head.title)
    return outline


def _has_content(outline: Outline) -> bool:
    return any(passage.zone not in (Zone.TITLE, Zone.ALT) for passage in outline.passages)


def _read_again(text: str, head: Head, before: Builder) -> tuple[Outline, Builder]:
    """Read a page whose markup calls everything a menu or a banner. A real menu stays unread."""
    soup, builder = build(text, keep_menus=True)
    builder.structured = before.structured
    outline = Outline()
    root = _root(soup.contents)
    if root is not None and root.linked < LINK_SHARE * root.chars:
        Walk(outline, root.chars, keep_chrome=True).over(root)
    outline.entitle(head.title)
    return outline, builder


def _described(head: Head) -> tuple[Passage, ...]:
    if not head.description:
        return ()
    return (Passage(head.description, Zone.META, visible=False),)


def _refuse_blind(passages: list[Passage], builder: Builder) -> None:
    content = [passage.text for passage in passages if passage.zone not in (Zone.TITLE, Zone.ALT)]
    if not content:
        if builder.scripts:
            raise ReadingError(BlindReason.SCRIPT_ONLY, "no text without running the page's scripts")
        raise ReadingError(BlindReason.EMPTY, "no text that a reader could see")
    text = " ".join(content[:10])
    if builder.scripts and len(text) < LEAST_TEXT_BESIDE_SCRIPTS and not any(map(str.isdigit, text)):
        raise ReadingError(BlindReason.SCRIPT_ONLY, f"nothing but {text!r} without running the page's scripts")
