"""Pages that stand in for an article and answer 200: 'Page not found', 'Checking your browser'.

The words are those of the article's language ('page not found', 'bot wall' among its phrases). A page that is one says
so in its title or its first heading, and in nothing but those words; it says little else. An article about the error
has more words in its title, or more to say.
"""

from __future__ import annotations

import re
from functools import lru_cache

from drift.engine.bot_challenges import MOST_SAID
from drift.model import Article, Language, Passage, Zone
from drift.model.errors import BlindReason

HEADINGS_LOOKED_AT = 2  # besides the title: what a template puts above, and the page's own
_NO_WORD = re.compile(r"[^\w']+")
_TITLES = (Zone.TITLE, Zone.HEADING, Zone.QUESTION)


def stand_in(article: Article, language: Language) -> tuple[BlindReason, str] | None:
    """What an article stands in for, with the words that say so; None where it is an article of its own."""
    if said(article.passages) > MOST_SAID:
        return None
    headings = [passage.text for passage in article.passages if passage.zone in _TITLES][:HEADINGS_LOOKED_AT]
    for text in (article.title or "", *headings):
        words = _words(text.replace("\u2019", "'"))
        for reason, phrases in _phrases(language):
            if words in phrases:
                return reason, f"it is called {text[:80]!r}"
    return None


def said(passages: tuple[Passage, ...] | list[Passage]) -> int:
    """How many characters of an article a reader sees, its titles included."""
    return sum(len(passage.text) for passage in passages if passage.zone not in (Zone.META, Zone.STRUCTURED))


@lru_cache(maxsize=32)
def _phrases(language: Language) -> tuple[tuple[BlindReason, frozenset[str]], ...]:
    return (
        (BlindReason.SOFT_404, frozenset(map(_words, language.phrases.page_not_found))),
        (BlindReason.BOT_WALL, frozenset(map(_words, language.phrases.bot_wall))),
    )


def _words(text: str) -> str:
    return " ".join(_NO_WORD.split(text.lower())).strip()
