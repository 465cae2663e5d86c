from __future__ import annotations

import pytest

from drift import languages
from drift.claims.cues import COINED, COMPANY, STRANGER, tokens
from drift.claims.strangers import Strangers
from drift.model import Article, Page, Passage, Zone


def _marked(text: str, *, title: str | None = None, address: str = "help.md", body: str = "") -> str:
    article = Article(Page(address), title, "en", (Passage(text, Zone.PARAGRAPH), Passage(body, Zone.PARAGRAPH)))
    return (
        " ".join(Strangers(article, languages.load("en")).marked(tokens(text)))
        .replace(STRANGER, "#")
        .replace(COINED, "%")
        .replace(COMPANY, "&")
    )


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Google Play refunds it", "# refunds it"),
        ("Google Play's window", "# 's window"),
        ("Play the video", "play the video"),
        ("an apple a day", "an apple a day"),
        ("FarCall gives it", "% gives it"),
        ("the USA and McBride", "the usa and %"),
        ("Larkspur gives it", "larkspur gives it"),
        ("Brambling Telecom asks", "& asks"),
        ("Every Club asks", "every club asks"),
        ("The Heron Yacht Club asks", "the & asks"),
        ("Mobile phones", "mobile phones"),
    ],
)
def test_names_of_others_are_marked(text: str, marked: str) -> None:
    assert _marked(text) == marked


def test_a_name_in_the_address_or_title_is_the_articles_own() -> None:
    assert _marked("PayPal pays", address="https://help.paypal.example/refunds") == "paypal pays"
    assert _marked("FarCall pays", title="FarCall refunds") == "farcall pays"


def test_a_company_named_in_the_address_or_title_is_the_articles_own() -> None:
    assert _marked("Larkspur Mobile pays", title="Refunds at Larkspur") == "larkspur mobile pays"
    assert _marked("Larkspur Mobile pays", address="https://larkspur.example/") == "larkspur mobile pays"


def test_a_company_that_returns_is_the_articles_own() -> None:
    assert _marked("Brambling Telecom pays", body="Buy from Brambling. It is only at Brambling.") == (
        "brambling telecom pays"
    )


def test_a_coined_name_that_returns_is_the_articles_own() -> None:
    assert _marked("LarkCare pays", body="LarkCare is cover. Buy LarkCare.") == "larkcare pays"
