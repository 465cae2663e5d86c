"""Forty stand-ins and forty real changes, each at the address of an article that says one thing wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from help_of_larkspur import Page, dressed, pages
from help_of_larkspur import policies as right
from other_texts import CHANGES, STAND_INS, Answer, Served

OTHER = dressed(
    "Bills on paper",
    "<h1>Bills on paper</h1><p>Customers of long standing may have bills sent by post.</p>"
    "<p>Change the address for bills in the app. A copy can be printed there as well.</p>",
)


def serve(site: Any, served: Served) -> None:
    for path, said in served.items():
        if isinstance(said, bytes):
            site.pages[path] = said
        elif isinstance(said, Answer):
            site.pages[path] = partial(_answer, said)
        else:
            site.pages[path] = partial(_made, said)


def _made(make: Callable[[], bytes], handler: BaseHTTPRequestHandler) -> None:
    _answer(Answer(make()), handler)


def _answer(answer: Answer, handler: BaseHTTPRequestHandler) -> None:
    headers = {"Content-Type": "text/html; charset=utf-8", **dict(answer.headers)}
    body = answer.body if answer.cut is None else answer.body[: answer.cut]
    headers["Connection" if answer.cut is not None else "Content-Length"] = (
        "close" if answer.cut is not None else str(len(body))
    )
    handler.send_response_only(answer.status)
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    handler.flush_headers()
    handler.wfile.write(f"{head}\r\n".encode() + body)
    handler.close_connection = answer.cut is not None


@pytest.fixture
def begun(site: Any, watching: Callable[..., Any], policies: Path) -> Callable[..., Any]:
    """`begun(articles)`: a watch that has read them all, and found each of them wrong."""

    def start(articles: list[Page]) -> Any:
        (policies / "returns.yaml").unlink(missing_ok=True)
        (policies / "devices.yaml").write_text(right(), encoding="utf-8")
        for page in articles:
            site.pages[page.path] = page.html()
        site.pages["/other-article"] = OTHER
        places = [site.url(path) for path in (*(page.path for page in articles), "/other-article")]
        watch = watching(f"kind: urls, at: {places}")
        watch.crawls()
        assert {(path, state) for path, state, _ in watch.lives} == {(page.path, "open") for page in articles}
        return watch

    return start


def states(watch: Any) -> dict[str, str]:
    return {path: state for path, state, _ in watch.lives}


def test_nothing_is_closed_by_what_stands_in_for_an_article(site: Any, begun: Callable[..., Any]) -> None:
    articles = pages()
    assert len(STAND_INS) == len(articles) == 40
    watch = begun(articles)
    opened = watch.store.findings.find()
    for page, make in zip(articles, STAND_INS.values(), strict=True):
        serve(site, make(page))
    for hours in (1, 6, 6):
        watch.crawls(hours=hours)
        assert watch.store.findings.find() == opened
        names = dict(zip((page.path for page in articles), STAND_INS, strict=True))
        read = [name for path, name in names.items() if watch.state(site.url(path)).blind is None]
        assert read == []
    for page in articles:
        site.pages[page.path] = page.html()
    counts = watch.crawls()
    assert counts == {"pages": 41, "unchanged": 41}
    assert [one.state for one in watch.store.findings.find()] == ["open"] * 40
    assert [len(watch.store.findings.history(one.id)) for one in opened] == [1] * 40
    assert all(watch.state(site.url(page.path)).replaced_by is None for page in articles)


def test_real_changes_are_seen_and_none_is_held_longer_than_the_setting(site: Any, begun: Callable[..., Any]) -> None:
    articles = pages()
    assert len(CHANGES) == len(articles) == 40
    watch = begun(articles)
    wanted = dict(zip((page.path for page in articles), CHANGES.items(), strict=True))
    for page, change in zip(articles, CHANGES.values(), strict=True):
        serve(site, change.make(page))
    late = []
    for hours in (1, 12, 12):
        watch.crawls(hours=hours)
        found = states(watch)
        late.append([name for path, (name, change) in wanted.items() if found[path] != change.becomes])
    assert late == [[name for name, change in CHANGES.items() if not change.at_once]] * 2 + [[]]
