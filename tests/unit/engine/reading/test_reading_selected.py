"""Articles limited to the element their source names, and what a page tells a crawl."""

from __future__ import annotations

import pytest

from drift.engine import reading
from drift.model import Article, Page, Snapshot
from drift.model.errors import BlindReason, ReadingError

HERE = "https://help.larkspur.example/hc/unlock"
PAGE = """<html lang="en-GB"><head><title>Unlock | Larkspur</title><link rel="canonical" href="/hc/unlock">
<link rel="alternate" hreflang="fr-CA" href="/fr/unlock"><link rel="alternate" hreflang="x-default" href="/hc/unlock">
<link rel="alternate" type="application/rss+xml" href="/feed"></head><body>
<div class="promo">Switch within 7 days. <a href="/deals">Deals</a> <a rel="sponsored nofollow" href="/ads">Ad</a></div>
<div class="article-body"><h1>Unlock</h1><p>After 60 days. <a href="/hc/fees#top">Fees</a></p>
<div class="article-body"><p>Prepaid: 12 months.</p></div></div>
<div id="extra"><p>Call us within 5 days.</p></div></body></html>"""


def read(html: str = PAGE, selector: str | None = None) -> Article:
    return reading.read(Snapshot(Page(HERE), html.encode(), "text/html", final_url=HERE), selector)


def texts(article: Article) -> list[str]:
    return [passage.text for passage in article.passages]


def test_without_a_selector_the_page_is_read() -> None:
    assert "Call us within 5 days." in texts(read())


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        (".article-body", ["Unlock", "After 60 days. Fees", "Prepaid: 12 months."]),
        ("div.article-body > p", ["Unlock", "After 60 days. Fees", "Prepaid: 12 months."]),
        ("#extra, .promo", ["Unlock", "Switch within 7 days. Deals Ad", "Call us within 5 days."]),
        (".article-body:not(.article-body .article-body)", ["Unlock", "After 60 days. Fees", "Prepaid: 12 months."]),
    ],
)
def test_only_what_is_selected_is_read_and_once(selector: str, expected: list[str]) -> None:
    article = read(selector=selector)
    assert texts(article) == expected
    assert (article.title, article.language, article.canonical) == ("Unlock", "en", HERE)


@pytest.mark.parametrize("selector", ["main", "body > main", "html main h1, main > p"])
@pytest.mark.parametrize("end", ["", "<p>Call us within 5 days."])
def test_what_is_selected_is_found_where_the_body_has_no_tags(selector: str, end: str) -> None:
    html = (
        "<!doctype html><html lang=en><meta charset=utf-8><title>Unlock</title><header>Switch within 7 days.</header>"
    )
    article = read(f"{html}<main><h1>Unlock</h1><p>After 60 days.</main><footer>30 days</footer>{end}", selector)
    assert texts(article) == ["Unlock", "After 60 days."]
    assert (article.title, article.language) == ("Unlock", "en")


def test_links_are_those_of_the_whole_page() -> None:
    links = ("https://help.larkspur.example/deals", "https://help.larkspur.example/hc/fees")
    assert read().links == read(selector="#extra").links == links


def test_a_template_that_changed_is_blind() -> None:
    with pytest.raises(ReadingError) as caught:
        read(selector=".article__content")
    assert caught.value.reason is BlindReason.EMPTY
    assert "'.article__content'" in caught.value.detail


def test_markdown_has_no_elements() -> None:
    article = reading.read(Snapshot(Page("a.md"), b"# Unlock\n\nAfter 60 days.", "text/markdown"), ".article-body")
    assert "After 60 days." in texts(article)


@pytest.mark.parametrize(("selector", "wrong"), [(".body", False), ("div >", True), ("::before", True), ("[", True)])
def test_selectors_that_cannot_be_used_are_told(selector: str, wrong: bool) -> None:
    fault = reading.selector_fault(selector)
    assert (fault is not None) is wrong
    assert "\n" not in (fault or "")


@pytest.mark.parametrize("content", ["nofollow", "noindex, NOFOLLOW", "none"])
def test_a_page_may_ask_for_none_of_its_links_to_be_followed(content: str) -> None:
    assert read(PAGE.replace("<head>", f'<head><meta name="robots" content="{content}">')).links == ()


def test_other_robots_tags_ask_nothing_of_links() -> None:
    assert read(PAGE.replace("<head>", '<head><meta name="robots" content="noindex, max-snippet:-1">')).links


def test_other_languages_of_the_page() -> None:
    assert read().alternates == (
        ("fr-ca", "https://help.larkspur.example/fr/unlock"),
        ("x-default", "https://help.larkspur.example/hc/unlock"),
    )
