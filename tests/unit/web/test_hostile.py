"""What pages, policies and people wrote is text, in every view: no markup, no link of another kind, no formula."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from drift.assembly.desk import StoreDesk
from drift.model.errors import StoreError, StoreFailure
from drift.reports.export import cell

EVIL = (
    "<script>alert(1)</script>'\"><img src=x onerror=alert(1)>{{ 7*7 }}\u202ekcab\x1b[2J"
    '=HYPERLINK("http://evil.example")'
)
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", " =1+1", "\r\n=1+1", "\u00ad=1+1")
TEMPLATES = Path(__file__).parents[3] / "drift" / "web" / "templates"
ELEMENTS = {
    "html", "head", "meta", "title", "link", "body", "a", "header", "nav", "p", "main", "footer", "h1", "h2", "section",
    "div", "svg", "rect", "ul", "ol", "li", "span", "b", "br", "table", "thead", "tbody", "tr", "th", "td", "time",
    "code", "form", "input", "label", "select", "option", "button", "q", "mark", "del", "ins",
    "dl", "dt", "dd", "blockquote",
}  # fmt: skip


class Markup(HTMLParser):
    """What a browser would make of a page: its elements, attributes and links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.links: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links |= {value or "" for name, value in attrs if name in ("href", "src", "action")}


def spoiled(url: str) -> None:
    """Put hostile text wherever a store holds text that a page, a policy or a person wrote."""
    with sqlite3.connect(url.removeprefix("sqlite:///")) as database:
        for key, document in database.execute("SELECT id, statement FROM findings").fetchall():
            said = json.loads(document)
            start = said["value_start"]
            said |= {
                "quote": EVIL[:9] + said["quote"][:start] + said["value_text"] + EVIL,
                "value_start": start + 9,
                "published_text": f"={EVIL}",
                "expected_text": EVIL,
                "heading": [EVIL],
                "row": [EVIL],
                "column": [EVIL],
                "caption": EVIL,
                "question": EVIL,
                "defines": EVIL,
                "because": EVIL,
                "annotated": EVIL,
                "annotated_why": EVIL,
                "link": "javascript:alert(1)",
                "policy": EVIL,
                "term": EVIL,
            }
            written = json.dumps(said)
            database.execute(
                "UPDATE findings SET statement = ?, before = ?, policy = ?, term = ? WHERE id = ?",
                (written, written, EVIL, f"-{EVIL}", key),
            )
        stated = database.execute("SELECT page_id, position, document FROM statements").fetchall()
        for key, position, document in stated:
            said = json.loads(document) | {"policy": EVIL, "term": EVIL}
            said |= {"quote": EVIL, "value_text": EVIL[:8], "value_start": 0}
            database.execute(
                "UPDATE statements SET document = ?, policy = ?, term = ? WHERE page_id = ? AND position = ?",
                (json.dumps(said), EVIL, EVIL, key, position),
            )
        database.execute("UPDATE readings SET title = ?", (EVIL,))
        database.execute("UPDATE pages SET source = ?, detail = ?, failures = 9", (EVIL, EVIL))
        database.execute("UPDATE transitions SET note = ?, made_by = ?, published = ?", (EVIL, EVIL, EVIL))
        database.execute("UPDATE runs SET source = ?, failure = ?", (EVIL, EVIL))
        for number in (1, 2):
            database.execute(f"UPDATE pages SET article = 'javascript:alert({number})' WHERE id = {number}")
        database.execute(
            "INSERT INTO silences VALUES ('S-1', ?, ?, ?, '2027-03-01 00:00:00', NULL, ?, NULL, NULL, 0)",
            (EVIL, EVIL, "2026-03-01 00:00:00", EVIL),
        )


def addresses(browser: Any) -> set[str]:
    """Every page that can be reached, with a search for hostile words."""
    asked = quote(EVIL)
    waiting = ["/", f"/findings?state=all&words={asked}", f"/pages?kind={asked}&words={asked}&source={asked}"]
    waiting += [f"/findings?state={asked}&sort={asked}&owner={asked}&severity={asked}"]
    waiting += ["/findings?state=all", "/pages?kind="]
    met = set(waiting)
    while waiting:
        answer = browser.get(waiting.pop())
        if answer.status == 200 and "html" in answer.headers["content-type"]:
            for link in Markup(answer.text).links:
                if link.startswith("/") and link not in met and "csv" not in link:
                    met.add(link)
                    waiting.append(link)
    return met


def test_stored_text_is_text_in_every_view(opened: Any, own_store: Any) -> None:
    spoiled(own_store.url)
    browser = opened(own_store.url)
    met = addresses(browser)
    assert {part.partition("?")[0].split("/")[1] for part in met} >= {"", "findings", "pages", "policies"}
    seen = 0
    for address in met:
        answer = browser.get(address)
        assert answer.status in (200, 404), address
        if "html" not in answer.headers["content-type"]:
            continue
        page = Markup(answer.text)
        assert page.elements <= ELEMENTS, address
        assert not any(name.startswith("on") or name in ("style", "src", "srcdoc") for name in page.attributes)
        assert all(re.match(r"/|#main$|https?://", link) for link in page.links), address
        assert not re.search(r"[\x00-\x08\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]", answer.text)
        seen += "&lt;script&gt;" in answer.text
    assert seen >= 8


def test_no_cell_of_the_table_is_a_formula(opened: Any, own_store: Any) -> None:
    spoiled(own_store.url)
    table = opened(own_store.url).get("/findings.csv?state=all")
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert table.headers["content-disposition"] == 'attachment; filename="findings.csv"'
    rows = list(csv.reader(StringIO(table.text)))
    assert len(rows) == 5
    assert any("HYPERLINK" in each for row in rows for each in row)
    assert not [each for row in rows for each in row if each.lstrip().startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_would_be_a_formula_begins_with_an_apostrophe(text: str) -> None:
    assert cell(text).startswith("'")


def test_a_store_error_is_escaped(opened: Any, own_store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_: object) -> None:
        raise StoreError(StoreFailure.UNREACHABLE, EVIL)

    monkeypatch.setattr(StoreDesk, "front", failing)
    answer = opened(own_store.url).get("/")
    assert answer.status == 503
    assert Markup(answer.text).elements <= ELEMENTS
    assert "&lt;script&gt;" in answer.text


def test_templates_have_no_way_round_escaping_and_nothing_inline() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*")}
    assert texts
    forbidden = re.compile(r"\|\s*safe|autoescape|<script|<style|\bstyle=|\son\w+=|javascript:|https?://|\bsrc=")
    assert {name: forbidden.findall(text) for name, text in texts.items() if forbidden.search(text)} == {}
