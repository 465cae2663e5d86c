"""HTML lets authors leave out tags that a parser can work out: a page reads the same with and without them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from drift.engine.reading import read
from drift.model import Page, Passage, Snapshot
from drift.model.errors import ReadingError

FIXTURES = Path(__file__).parents[4] / "fixtures"
PAGES = sorted((*FIXTURES.glob("reading/*.html"), *FIXTURES.glob("help-centre/**/*.html")))

_BLOCK = (
    "article|aside|blockquote|details|div|dl|figure|footer|form|h[1-6]|header|hr|main|nav|ol|p|pre|section|table|ul"
)
# https://html.spec.whatwg.org/multipage/syntax.html#optional-tags
OPTIONAL = {
    "html, head, body": r"</?(?:html|head|body)(?:\s[^>]*)?>",
    "p": rf"</p>(?=\s*<(?:{_BLOCK})\b|\s*</(?:div|section|article|main|li|td|dd|blockquote|details|aside)>)",
    "li": r"</li>(?=\s*(?:<li\b|</[uo]l>))",
    "dt, dd": r"</d[td]>(?=\s*(?:<d[td]\b|</dl>))",
    "td, th": r"</t[dh]>(?=\s*(?:<t[dh]\b|</tr>))",
    "tr": r"</tr>(?=\s*(?:<tr\b|</(?:tbody|thead|tfoot|table)>))",
    "thead, tbody": r"</t(?:head|body)>(?=\s*<t(?:body|foot)\b)|</t(?:body|foot)>(?=\s*</table>)",
}
CONTENT = "<h1>Unlock</h1><p>After 60 days.</p><ul><li>Prepaid: 12 months</li></ul>"


def passages(html: str) -> tuple[str | None, list[Passage]]:
    article = read(Snapshot(Page("a.html"), html.encode(), "text/html"))
    return article.title, list(article.passages)


def told(html: str) -> object:
    try:
        return passages(html)
    except ReadingError as error:
        return error.reason


@pytest.mark.parametrize("tags", OPTIONAL)
def test_fixtures_hold_tags_that_may_be_left_out(tags: str) -> None:
    assert any(re.search(OPTIONAL[tags], page.read_text("utf-8")) for page in PAGES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_without_optional_tags_reads_the_same(page: Path) -> None:
    html = page.read_text("utf-8")
    for tags, pattern in (*OPTIONAL.items(), ("all", "|".join(OPTIONAL.values()))):
        assert told(re.sub(pattern, "", html)) == told(html), tags


@pytest.mark.parametrize(
    "element",
    ["main", "article", "section", "header", "div", "figure", "hgroup", "search", "hc-article", "details open"],
)
@pytest.mark.parametrize(
    "head",
    [
        "<title>Unlock</title>",
        "<meta charset=utf-8><title>Unlock</title><link rel=stylesheet href=/s.css>",
        "<title>Unlock</title><script src=/a.js></script><style>p { margin: 0 }</style>",
        "<title>Unlock</title><noscript><link rel=stylesheet href=/n.css></noscript>",
    ],
    ids=["title", "links", "scripts", "noscript"],
)
def test_a_body_is_read_whatever_it_begins_with(element: str, head: str) -> None:
    body = f"<{element}>{CONTENT}</{element.split()[0]}>"
    whole = passages(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>")
    assert [passage.text for passage in whole[1]][-3:] == ["Unlock", "After 60 days.", "Prepaid: 12 months"]
    for left_out in (f"{head}{body}", f"<html><head>{head}{body}", f"<head>{head}</head>{body}", f"{head}<body>{body}"):
        assert passages(f"<!doctype html>{left_out}") == whole
