"""Which addresses of a source answer with the text of another: one article, known by the first of them.

Equal is the text that is read, whatever the bytes. Two addresses of which a rule means one and not the other are two
articles all the same, since the same words may be right at the one and wrong at the other. So are two whose text is as
short as a stub's, unless their addresses differ in nothing but queries and ids, or the one names the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from drift.model import Page, Registry
from drift.model.finding import PageState
from drift.sources.traps import alike

SHORT = 200  # characters: of the 53 articles of our sample help centre the shortest has 250, and a stub has a sentence


class Duplicates:
    """What the pages of a source say, as far as a pass has come. `states` are those remembered when it began."""

    def __init__(self, states: Mapping[str, PageState], registry: Registry) -> None:
        self._globs = _globs(registry)
        self._named = tuple(dict.fromkeys(answer.article for answer in registry.answers))
        self._said: dict[str, PageState] = {}  # by public address
        self._articles: dict[str, dict[str, None]] = {}  # by text: the public addresses of articles, the first first
        self._copies: dict[str, dict[str, None]] = {}  # by text: those of duplicates
        for state in states.values():
            self.learn(state)

    def learn(self, state: PageState) -> None:
        """A page was visited."""
        public = state.page.public
        before = self._said.pop(public, None)
        if before is not None:
            self._group(before).get(before.text, {}).pop(public, None)
        if state.text and state.gone_since is None:
            self._said[public] = state
            self._group(state).setdefault(state.text, {})[public] = None

    def article(self, page: Page, text: str, size: int = SHORT, named: str | None = None) -> str | None:
        """The article whose duplicate a page is: its public address; None where it is none.

        `size` is that of the text in characters, and `named` the address that the page itself names as the better one.
        Threads that fetch ask while pages are learned of.
        """
        said = [state for public in list(self._articles.get(text, ())) if (state := self._said.get(public))]
        same = (one.page.public for one in said if named == one.page.public or self._same(page, one.page, size))
        return next(same, None)

    def copies(self, page: Page, text: str) -> Iterator[Page]:
        """The duplicates that may be those of a page that has a text, the one that was met last first."""
        for public in reversed(list(self._copies.get(text, ()))):
            other = self._said[public].page
            if self._same(page, other, SHORT):
                yield other

    def answered(self, state: PageState, visited: Collection[str]) -> bool:
        """Whether the article of a duplicate is among those visited, and could be read."""
        article = self.article(state.page, state.text)
        return article is not None and article in visited and self._said[article].blind is None

    def _group(self, state: PageState) -> dict[str, dict[str, None]]:
        return self._copies if state.duplicate else self._articles

    def _same(self, page: Page, other: Page, size: int) -> bool:
        """Whether two pages that have the same text are one article."""
        if page.public == other.public or self._meant(page) != self._meant(other):
            return False
        return size >= SHORT or alike(page.address, other.address)

    def _meant(self, page: Page) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What in the policies and the answers means a page by its address."""
        rules = tuple(glob for glob in self._globs if page.lies_under(glob))
        return rules, tuple(name for name in self._named if page.goes_by(name))


def _globs(registry: Registry) -> tuple[str, ...]:
    """Every glob by which a rule means some pages."""
    globs: dict[str, None] = {}
    for policy in registry.policies:
        globs.update(dict.fromkeys(policy.applies_to))
        globs.update((exception.article, None) for exception in policy.exceptions)
        for term in policy.terms:
            globs.update((where.partition("#")[0], None) for where in term.published_at)
    return tuple(globs)
