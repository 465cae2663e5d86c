"""Our builders sit on the private `bs4.builder._lxml`: they see of every page what plain Beautiful Soup sees of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PreformattedString

from drift.engine.reading import narrowing, soup
from drift.engine.reading.tree import Element, Tree

ROOT = Path(__file__).resolve().parents[4]
PAGES = sorted(page for page in (ROOT / "fixtures").rglob("*.html") if page.stat().st_size)


def grown(page: Tag) -> Tree:
    """The tree that the tags of a page grow when they are met one after another."""
    tree = Tree()
    _meet(tree, page)
    tree.finish()
    return tree


def _meet(tree: Tree, tag: Tag) -> None:
    for node in tag.children:
        if isinstance(node, Tag):
            tree.start(node.name, {name: str(value) for name, value in node.attrs.items()})
            _meet(tree, node)
            tree.end(node.name)
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            tree.data(str(node))


def told(tree: Tree) -> list[object]:
    noted = [(element.name, element.attrs, element.chars) for element in tree.noted]
    return [*map(_told, tree.roots), tree.links, noted, tree.structured, tree.scripts, tree.base]


def _told(node: Element | str) -> object:
    if isinstance(node, str):
        return node
    counts = (node.chars, node.linked, node.links, node.mains, node.signs, node.within)
    return node.name, node.attrs, counts, [_told(child) for child in node.contents]


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8", errors="replace")


def test_there_are_pages_to_compare() -> None:
    assert len(PAGES) > 80


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT / "fixtures")))
def test_the_tree_is_that_of_plain_beautiful_soup(page: Path) -> None:
    text = text_of(page)
    plain = BeautifulSoup(text, "lxml", multi_valued_attributes=None)
    ours = soup.build(text)
    assert ours.roots
    assert told(ours) == told(grown(plain))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT / "fixtures")))
def test_what_is_selected_from_is_plain_beautiful_soup(page: Path) -> None:
    text = text_of(page)
    assert str(BeautifulSoup(text, builder=narrowing._NarrowingBuilder())) == str(BeautifulSoup(text, "lxml"))
