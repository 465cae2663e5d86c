"""Hostile and broken pages end in an article or in a ReadingError, in bounded time and memory."""

from __future__ import annotations

import time
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drift.engine.reading import LARGEST, read
from drift.model import Article, Page, Snapshot
from drift.model.errors import BlindReason, ReadingError

# Each case takes about 1 s at most on one core of 2026; a quadratic walk over any of them takes minutes.
LONGEST_SECONDS = 15.0


def read_bytes(body: bytes | str, media: str = "text/html", charset: str | None = None) -> Article:
    data = body.encode() if isinstance(body, str) else body
    return read(Snapshot(Page("page"), data, media, charset=charset))


HTML = {
    "1,000 nested divs": "<div>" * 1_000 + "within 30 days" + "</div>" * 1_000,
    "20,000 nested divs": "<div class=a>" * 20_000 + "within 30 days" + "</div>" * 20_000,
    "50,000 nested sidebars": "<p>within 30 days</p>" + "<aside class=sidebar>" * 50_000,
    "50,000 nested questions": "<p>within 30 days</p>" + "<div class=question>" * 50_000 + "x",
    "20,000 nested superscripts": "<p>within 30 days" + "<sup>" * 20_000 + "x",
    "20,000 nested microdata questions": "within 30 days" + '<i itemtype="https://schema.org/Question">x' * 20_000,
    "8,000 unclosed tags": "<p><b><i><td>within 30 days" * 8_000,
    "8,000 unclosed tables": "<table><tr><td>within 30 days " * 8_000,
    "8,000 unclosed details": "<details><summary>q?</summary>within 30 days " * 8_000,
    "8,000 unclosed terms": "<dl><dt>x<dd>within 30 days" * 8_000,
    "8,000 unclosed list items": "<ul><li>within 30 days" * 8_000,
    "8,000 unclosed scripts": "<p>within 30 days" + "<script>x" * 8_000,
    "an unclosed comment": "<p>within 30 days<!--" * 8_000,
    "spans of 100,000": "<table>"
    + "<tr><td colspan=100000 rowspan=100000>within 30 days<td>x</tr>" * 2_000
    + "</table>",
    "a row of 10,000 tall cells": "<table><tr>" + "<th rowspan=1000>within 30 days" * 10_000 + "<tr><td>x" * 5_000,
    "a megabyte of values": "<p>within 30 days " + "1 1 1 1 days " * 80_000,
    "a million angle brackets": "<p>within 30 days" + "<" * 1_000_000,
    "a million entities": "<p>within 30 days" + "&amp;" * 1_000_000,
    "deep JSON-LD": '<p>within 30 days<script type="application/ld+json">' + "[" * 100_000 + "</script>",
    "a frame in the head": "<html><head><noscript><iframe src=x /></noscript></head><body><p>within 30 days",
    "a few NUL": "<p>with\0in 30 days</p>",
}

MARKDOWN = {
    "50,000 quotes in one": ">" * 50_000 + " within 30 days",
    "20,000 bullets in one": "- " * 20_000 + "within 30 days",
    "900 nested lists": "\n".join("  " * depth + "- within 30 days" for depth in range(900)),
    "30,000 lines in one paragraph": "within 30 days\n" * 30_000,
    "50,000 open brackets": "within 30 days " + "[" * 50_000,
    "open brackets in many paragraphs": "within 30 days\n\n" + ("![" * 40 + "\n\n") * 150,
    "open emphasis": "within 30 days " + "*a **b _c `d " * 10_000,
    "open tags": "within 30 days " + "<a " * 50_000 + "<!--\n" * 10_000,
    "open template tags": "within 30 days " + "{{ {% {% comment %} " * 20_000,
    "open front matter": "---\n" + "a: within 30 days\n" * 10_000,
    "a wide table": "|" + "a|" * 2_000 + "\n|" + "-|" * 2_000 + "\n|" + "within 30 days|" * 2_000,
    "headings of one name": "## within 30 days\n\n" * 5_000,
    "open details": "<details>\n\nwithin 30 days\n\n" * 4_000,
    "an open script": "<script>\n\nwithin 30 days\n\n",
    "an open comment": "within 30 days <!-- more\n\n",
    "an open title": "set the <title> within 30 days",
}


@pytest.mark.parametrize("body", HTML.values(), ids=HTML)
def test_hostile_html_is_read_in_bounded_time(body: str) -> None:
    started = time.process_time()
    article = read_bytes(body)
    assert time.process_time() - started < LONGEST_SECONDS
    assert any("within 30 days" in passage.text for passage in article.passages)


@pytest.mark.parametrize("body", MARKDOWN.values(), ids=MARKDOWN)
def test_hostile_markdown_is_read_in_bounded_time(body: str) -> None:
    started = time.process_time()
    article = read_bytes(body, "text/markdown")
    assert time.process_time() - started < LONGEST_SECONDS
    assert any("within 30 days" in passage.text for passage in article.passages)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", BlindReason.EMPTY),
        (b" \n\t ", BlindReason.EMPTY),
        (b"<html><head><title>Refunds</title></head><body></body></html>", BlindReason.EMPTY),
        (
            b"<html><body><a class=skip-link href=#main>Skip to content</a><nav><p>Plans</p></nav>"
            b"<main id=main><article><p></p></article></main></body></html>",
            BlindReason.EMPTY,
        ),
        (b"<html><body>\n<a href=#a>Skip the menu</a>\n<article id=a></article></body></html>", BlindReason.EMPTY),
        (b"<html><body><nav><a href=a>A</a> <a href=b>B</a> <a href=c>C</a></nav></body></html>", BlindReason.EMPTY),
        (b"<html><body><div id=root></div><script>run()</script></body></html>", BlindReason.SCRIPT_ONLY),
        (b"<html><body><div id=root>Loading</div><script>run()</script></body></html>", BlindReason.SCRIPT_ONLY),
        (b"<html><body><noscript>Turn scripts on</noscript><script>x</script></body></html>", BlindReason.SCRIPT_ONLY),
        (b"\0" * 100_000, BlindReason.NOT_TEXT),
        (b"%PDF-1.7\n1 0 obj", BlindReason.NOT_TEXT),
        (bytes(range(256)) * 40, BlindReason.NOT_TEXT),
        (b"<p>within 30 days</p>" + b" " * LARGEST, BlindReason.TOO_LARGE),
        (b"<p>within 30 days</p>" * 300_000, BlindReason.TOO_LARGE),
    ],
)
def test_what_cannot_be_read_says_why(body: bytes, reason: BlindReason) -> None:
    with pytest.raises(ReadingError) as caught:
        read_bytes(body)
    assert caught.value.reason is reason


def test_a_page_of_20_megabytes_is_read() -> None:
    filler = "<script>" + "var a = 1;" * 100_000 + "</script>"
    body = "<p>within 30 days</p>" + filler * 19 + "<p>" + "word " * 200_000 + "</p>"
    assert len(body) > 19_000_000
    assert read_bytes(body).passages[0].text == "within 30 days"


def test_a_large_markdown_text_is_refused() -> None:
    with pytest.raises(ReadingError) as caught:
        read_bytes("within 30 days\n\n" * 150_000, "text/markdown")
    assert caught.value.reason is BlindReason.TOO_LARGE


FRAGMENTS = """<p> </p> <div> </div> <table> </table> <tr> <td·colspan=3> <th·rowspan=2> <ul> <li> </li> </ul> <dl> <dt>
<dd> <details> <summary> </details> <h1> </h1> <h2> <a·href=/x> </a> <b> </b> <sup> <br> <script> </script> <nav>
<main> <article> <pre> <button·aria-controls=p> <div·id=p·hidden> <del> <!-- --> <![CDATA[ &amp; &#0; &#xfdd0; 30·days
$5 # - > | |-| ``` ** _ ~~ [x](y) ![z](y) {{ }} {% %} --- : 1. \\ \ufdd2 \u200b é"""
PIECES = [fragment.replace("·", " ") for fragment in FRAGMENTS.split()]
SOUP = st.lists(st.sampled_from([*PIECES, " ", "\n", "\n\n", "\t", "\xa0"]), max_size=60).map("".join)
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check(article: Article) -> None:
    """What every article promises, whatever it was read from."""
    for passage in article.passages:
        assert passage.text
        assert passage.text == passage.text.strip()
        assert not set("\ufdd0\ufdd1\ufdd2\0") & set(passage.text)
        assert "  " not in passage.text
        offsets = [offset for offset, _ in passage.lines]
        assert offsets == sorted(set(offsets))
        assert all(0 <= offset < len(passage.text) for offset in offsets)


@QUICK
@given(st.binary(max_size=400), st.sampled_from(["text/html", "text/markdown", "text/plain", ""]), st.booleans())
def test_any_bytes_are_an_article_or_blind(body: bytes, media: str, declared: bool) -> None:
    try:
        article = read_bytes(body, media, "utf-16" if declared else None)
    except ReadingError:
        return
    check(article)


@QUICK
@given(SOUP, st.sampled_from(["text/html", "text/markdown", "text/plain"]))
def test_any_markup_is_an_article_or_blind(body: str, media: str) -> None:
    try:
        article = read_bytes(body, media)
    except ReadingError:
        return
    check(article)


@QUICK
@given(
    st.lists(st.sampled_from(["word", "**bold**", "`code`", "[link](a)", "<br>", "<i>x</i>", "\\", "\\*"]), min_size=1)
)
def test_markdown_lines_are_exact_whatever_stands_in_a_paragraph(words: list[str]) -> None:
    numbers = count(1)
    body = "\n".join(f"{word} unit{next(numbers)}end" for word in words)
    (passage,) = read_bytes(body, "text/markdown").passages
    for line in range(1, len(words) + 1):
        assert passage.line_at(passage.text.index(f"unit{line}end")) == line


def test_lines_are_known_after_a_raw_block_tag_in_a_paragraph() -> None:
    passages = read_bytes("before <p>after\nand on</p>", "text/markdown").passages
    assert [passage.line_at(0) for passage in passages] == [1, 1]
    assert passages[1].line_at(passages[1].text.index("on")) == 2
