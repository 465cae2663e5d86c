"""HTML, as a page or as what Markdown became: from text to an article."""

from __future__ import annotations

from drift.engine import languages
from drift.engine.reading import structured
from drift.engine.reading.chrome import article_root, link_block, named_articles
from drift.engine.reading.head import Head, absolute_links, read_head
from drift.engine.reading.narrowing import narrowed
from drift.engine.reading.outline import Outline
from drift.engine.reading.soup import build
from drift.engine.reading.standins import said
from drift.engine.reading.templating import without_template_tags
from drift.engine.reading.tree import Tree, collector_off
from drift.engine.reading.walk import Walker
from drift.model import Article, Language, Page, Passage, Zone, bot_challenges, foreign
from drift.model.errors import BlindReason, ReadingError
from drift.model.language import DEFAULT_LANGUAGE

READER = "html/1"

# 'Loading ...' beside an empty container: a page that scripts will fill says less than this.
LEAST_TEXT_BESIDE_SCRIPTS = 25


def read_html(text: str, page: Page, url: str | None, selector: str | None = None) -> Article:
    """Read a page. `url` is the address its links are relative to, None if it has none.

    Raises ReadingError (EMPTY, SCRIPT_ONLY, BOT_WALL, TOO_LARGE, UNREADABLE).
    """
    text = without_template_tags(text)
    links: list[str] | None = None
    if selector is not None:
        text, links = narrowed(text, selector)
    with collector_off():
        outline, head, tree = _outlined(text, url)
    facts = structured.read(tree.structured, _phrased_in(head)) if tree.structured else structured.Facts()
    passages = list(outline.finish())
    passages += structured.passages(facts, passages)
    _refuse_wall(passages, text)
    if not outline.has_content and not facts.said:
        raise _blind(tree)
    _refuse_shell(passages, tree)
    return Article(
        page=page,
        title=outline.title,
        language=head.language,
        passages=(*_described(head), *passages),
        canonical=head.canonical,
        description=head.description,
        modified=head.modified or facts.modified,
        links=() if head.nofollow else absolute_links(tree.links if links is None else links, absolute_base(tree, url)),
        reader=READER,
        main=head.main,
        alternates=tuple(head.alternates),
        region=head.region,
    )


def _phrased_in(head: Head) -> Language:
    """The language of what structured data says: the page's, where there is a file for it."""
    declared = head.language in languages.available()
    return languages.load(head.language if head.language and declared else DEFAULT_LANGUAGE)


def _outlined(text: str, url: str | None) -> tuple[Outline, Head, Tree]:
    tree = build(text)
    head = read_head(tree.noted, absolute_base(tree, url))
    outline = Outline()
    for root in tree.roots:
        article = article_root(root, tree.noted)
        Walker(outline, article).over(article)
    outline.entitle(head.title)
    head.main = bool(named_articles(tree.noted))
    called_chrome = not outline.has_content and not head.main
    tree.discard()
    return _outlined_anew(text, head) if called_chrome else outline, head, tree


def _outlined_anew(text: str, head: Head) -> Outline:
    """Read a page whose markup calls everything a menu or a banner. A real menu stays unread."""
    tree = build(text, keep_menus=True)
    outline = Outline()
    for root in tree.roots:
        if not link_block(root):
            Walker(outline, root, keep_chrome=True).over(root)
    outline.entitle(head.title)
    tree.discard()
    return outline


def absolute_base(tree: Tree, url: str | None) -> str | None:
    """The address links are relative to: the page's own, moved by a base element."""
    if tree.base is None:
        return url
    if url:
        return foreign.joined(url, tree.base) or url  # a base that is no address moves nothing, as in a browser
    return tree.base if foreign.on_the_web(tree.base) else None


def _described(head: Head) -> tuple[Passage, ...]:
    if not head.description:
        return ()
    return (Passage(head.description, Zone.META, visible=False),)


def _blind(tree: Tree) -> ReadingError:
    if tree.scripts:
        return ReadingError(BlindReason.SCRIPT_ONLY, "no text without running the page's scripts")
    return ReadingError(BlindReason.EMPTY, "no text that a reader could see, apart from links and menus")


def _refuse_wall(passages: list[Passage], text: str) -> None:
    """Refuse what a service against robots sent instead of the page."""
    if owner := bot_challenges.of_page(text, said(passages)):
        raise ReadingError(BlindReason.BOT_WALL, f"a challenge of {owner}")


def _refuse_shell(passages: list[Passage], tree: Tree) -> None:
    """Refuse the shell of an application, which shows a word or two until its scripts have run."""
    if not tree.scripts or passages[-1].zone is Zone.STRUCTURED:
        return
    text = " ".join(passage.text for passage in passages[:10] if passage.block)
    if len(text) < LEAST_TEXT_BESIDE_SCRIPTS and not any(map(str.isdigit, text)):
        raise ReadingError(BlindReason.SCRIPT_ONLY, f"nothing but {text!r} without running the page's scripts")
