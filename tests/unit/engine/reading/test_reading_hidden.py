"""What a page holds without showing it is read and marked; what a reader opens is no such thing; struck out is gone."""

from __future__ import annotations

import pytest

from drift.engine.reading import read
from drift.model import Article, Page, Passage, Snapshot

SAID = "You can return a phone within 30 days."


def article(inner: str) -> Article:
    html = f"<html><body><h1>Returns</h1><p>Here is how.</p>{inner}<p>Thank you.</p></body></html>"
    return read(Snapshot(Page("returns"), html.encode(), "text/html"))


def said(inner: str) -> Passage:
    return next(passage for passage in article(inner).passages if SAID in passage.text)


@pytest.mark.parametrize(
    "inner",
    [
        f"<p hidden>{SAID}</p>",
        f'<div style="display: none"><p>{SAID}</p></div>',
        f'<div style="color:red;visibility:hidden">{SAID}</div>',
        f'<div class="sr-only">{SAID}</div>',
        f'<p class="visually-hidden">{SAID}</p>',
        f'<section class="screen-reader-text"><div><p>{SAID}</p></div></section>',
        f'<div class="d-none">{SAID}</div>',
        f'<div class="card hidden">{SAID}</div>',
        f'<div style="position:absolute;left:-9999px">{SAID}</div>',
        f'<p style="text-indent: -1000em">{SAID}</p>',
        f'<p style="position:absolute;clip:rect(0 0 0 0)">{SAID}</p>',
        f'<p style="font-size:0">{SAID}</p>',
        f"<dialog><p>{SAID}</p></dialog>",
        f'<dialog id="d">{SAID}</dialog>',
        f'<div role="dialog" aria-hidden="true"><p>{SAID}</p></div>',
        f'<ul style="display:none"><li>{SAID}</li></ul>',
        f"<ul><li hidden>{SAID}</li><li>Bring it back.</li></ul>",
        f"<table><tr hidden><td>Window</td><td>{SAID}</td></tr><tr><td>Fee</td><td>$5</td></tr></table>",
        f"<table hidden><tr><td>Window</td><td>{SAID}</td></tr><tr><td>Fee</td><td>$5</td></tr></table>",
        f"<h2 hidden>{SAID}</h2>",
        f"<details><summary>More</summary><p hidden>{SAID}</p></details>",
    ],
)
def test_what_nobody_sees_is_read_and_hidden(inner: str) -> None:
    passage = said(inner)
    assert passage.hidden
    assert not passage.visible


@pytest.mark.parametrize(
    "inner",
    [
        f"<details><summary>More</summary><p>{SAID}</p></details>",
        f'<div role="tabpanel" hidden>{SAID}</div>',
        f'<div class="accordion-body" style="display:none">{SAID}</div>',
        f'<div class="tab-pane d-none">{SAID}</div>',
        f'<button aria-expanded="false" aria-controls="a1">When?</button><div id="a1" hidden>{SAID}</div>',
        f'<h3>When can I return it?</h3><div style="display:none"><p>{SAID}</p></div>',
        f"<dl><dt>When?</dt><dd hidden>{SAID}</dd></dl>",
        f'<p class="faq-question">Returns</p><div hidden><p>{SAID}</p></div>',
        f'<div aria-hidden="true">{SAID}</div>',
    ],
)
def test_what_a_reader_opens_is_not_hidden(inner: str) -> None:
    passage = said(inner)
    assert not passage.hidden
    assert not passage.visible


@pytest.mark.parametrize(
    "inner",
    [
        f"<p>{SAID}</p>",
        f'<div class="d-none d-md-block">{SAID}</div>',
        f'<div class="hidden md:block">{SAID}</div>',
        f'<div class="overflow-hidden">{SAID}</div>',
        f'<div style="margin-left:-15px">{SAID}</div>',
        f"<dialog open><p>{SAID}</p></dialog>",
        f'<div style="opacity:0" data-animate="in">{SAID}</div>',
    ],
)
def test_what_is_shown_is_visible(inner: str) -> None:
    passage = said(inner)
    assert passage.visible
    assert not passage.hidden


def test_hidden_words_in_a_sentence_are_left_out() -> None:
    text = article('<p>Within <span hidden>14</span><span class="sr-only">7</span> 30 days.</p>').passages[2].text
    assert text == "Within 30 days."


@pytest.mark.parametrize(
    "inner",
    [
        "<s>$35</s>",
        '<span style="text-decoration: line-through">$35</span>',
        '<span style="color:#999;text-decoration-line:line-through">$35</span>',
        '<span class="line-through text-gray-500">$35</span>',
        '<span class="text-decoration-line-through">$35</span>',
        '<span class="strike">$35</span>',
        '<b class="old-price">$35</b>',
        '<em class="is-struck">$35</em>',
    ],
)
def test_what_is_struck_out_is_left_out(inner: str) -> None:
    assert article(f"<p>The fee is {inner} $20.</p>").passages[2].text == "The fee is $20."
    cell = article(f"<table><tr><th>Fee</th></tr><tr><td>{inner} $20</td></tr></table>").passages[3].text
    assert cell == "$20"


@pytest.mark.parametrize("style", ['class="line-through"', 'style="text-decoration:line-through"'])
@pytest.mark.parametrize("name", ["p", "div", "li", "h2", "td"])
def test_a_struck_block_is_left_out(name: str, style: str) -> None:
    inner = f"<{name} {style}>Within 30 days</{name}>"
    inner = {"td": f"<table><tr>{inner}<td>a</td></tr></table>", "li": f"<ul>{inner}</ul>"}.get(name, inner)
    assert not any("30 days" in passage.text for passage in article(inner).passages)


@pytest.mark.parametrize("classes", ["strike", "hover:line-through", "no-line-through", "striking", "underline"])
def test_other_classes_strike_nothing_out(classes: str) -> None:
    assert any(SAID in passage.text for passage in article(f'<div class="{classes}">{SAID}</div>').passages)
