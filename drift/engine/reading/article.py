"""From Markdown and plain text to an article."""

from __future__ import annotations

from drift.engine.reading import markdown, wellformed
from drift.engine.reading.head import absolute, absolute_links, moment, primary, region
from drift.engine.reading.outline import Outline
from drift.engine.reading.plain import write_plain
from drift.engine.reading.templating import FrontMatter, plain_markdown, split_front_matter
from drift.engine.reading.tree import Tree, collector_off
from drift.engine.reading.walk import Walker
from drift.model import Article, Page, Passage, Zone
from drift.model.errors import BlindReason, ReadingError

MARKDOWN_READER = "markdown/1"
PLAIN_READER = "text/1"
RST_READER = "rst/1"

_DATES = ("last_modified_at", "last_modified", "lastmod", "last_updated", "updated", "date")


def read_markdown(text: str, page: Page, url: str | None) -> Article:
    """Read a Markdown document. `url` is the address its links are relative to.

    Raises ReadingError (EMPTY, TOO_LARGE).
    """
    front, body = split_front_matter(text)
    rendered = markdown.render(plain_markdown(body))
    if rendered is None:
        return read_plain(text, page)
    outline = Outline()
    title, lines = front.get("title")
    outline.entitle(title, lines)
    with collector_off():
        tree = _tree(rendered)
        for root in tree.roots:
            Walker(outline, root, keep_chrome=True).over(root)
        tree.discard()
    return _article(outline, page, front, absolute_links(tree.links, url), url)


def _tree(rendered: markdown.Rendered) -> Tree:
    html = f"<html><body>{rendered.html}</body></html>"
    if rendered.well_formed:
        return wellformed.build(html)
    from drift.engine.reading import soup  # imported here: most Markdown can do without

    return soup.build(html)


def read_rst(html: str, page: Page, url: str | None) -> Article:
    """Read a document in reStructuredText, as `rst.render` gives it. Raises ReadingError (EMPTY, TOO_LARGE)."""
    outline = Outline()
    with collector_off():
        tree = wellformed.build(f"<html><body>{html}</body></html>")
        for root in tree.roots:
            Walker(outline, root, keep_chrome=True).over(root)
        tree.discard()
    return _article(outline, page, FrontMatter(), absolute_links(tree.links, url), url, reader=RST_READER)


def read_plain(text: str, page: Page) -> Article:
    """Read a plain text. Raises ReadingError (EMPTY, TOO_LARGE)."""
    outline = Outline()
    write_plain(text, outline)
    return _article(outline, page, FrontMatter(), (), None, reader=PLAIN_READER)


def _article(
    outline: Outline,
    page: Page,
    front: FrontMatter,
    links: tuple[str, ...],
    url: str | None,
    reader: str = MARKDOWN_READER,
) -> Article:
    passages = outline.finish()
    if not outline.has_content:
        raise ReadingError(BlindReason.EMPTY, "no text that a reader could see")
    description, lines = front.get("description", "summary", "excerpt", "subtitle")
    if description:
        passages = (Passage(description, Zone.META, visible=False, lines=lines), *passages)
    canonical = front.get("canonical_url", "canonical")[0]
    return Article(
        page=page,
        title=outline.title,
        language=primary(front.get("lang", "language", "locale")[0]),
        passages=passages,
        canonical=absolute(canonical, url) if canonical else None,
        description=description,
        modified=moment(front.get(*_DATES)[0]),
        links=links,
        reader=reader,
        region=region(front.get("lang", "language", "locale")[0]),
    )
