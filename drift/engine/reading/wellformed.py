"""Trees of HTML that is well formed because we wrote it: what became of Markdown without HTML of its own."""

from __future__ import annotations

from html.parser import HTMLParser

from drift.engine.reading.tree import Tree

_EMPTY = frozenset(("br", "hr", "img"))  # those that Markdown has


def build(html: str) -> Tree:
    """The readable tree of a text in which every element is closed. Raises ReadingError (TOO_LARGE)."""
    tree = Tree()
    parser = _Parser(tree)
    parser.feed(html)
    parser.close()
    tree.finish()
    return tree


class _Parser(HTMLParser):
    def __init__(self, tree: Tree) -> None:
        super().__init__()
        self._tree = tree

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tree.start(tag, {name: value or "" for name, value in attrs})
        if tag in _EMPTY:
            self._tree.end(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._tree.end(tag)

    def handle_data(self, data: str) -> None:
        self._tree.data(data)
