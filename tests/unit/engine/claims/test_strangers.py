from __future__ import annotations

import pytest

from drift.engine import languages
from drift.engine.claims.cues import STRANGER, tokens
from drift.engine.claims.strangers import Strangers
from drift.model import Article, Page, Passage, Zone


def _marked(text: str, *, title: str | None = None, address: str = "help.md") -> str:
    article = Article(Page(address), title, "en", (Passage(text, Zone.PARAGRAPH),))
    return " ".join(Strangers(article, languages.load("en")).marked(tokens(text))).replace(STRANGER, "#")


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Google Play refunds it", "# refunds it"),
        ("Google Play's window", "# 's window"),
        ("Play the video", "play the video"),
        ("an apple a day", "an apple a day"),
        ("Larkspur gives it", "larkspur gives it"),
    ],
)
def test_names_of_others_are_marked(text: str, marked: str) -> None:
    assert _marked(text) == marked


def test_a_name_in_the_address_or_title_is_the_articles_own() -> None:
    assert _marked("PayPal pays", address="https://help.paypal.example/refunds") == "paypal pays"
