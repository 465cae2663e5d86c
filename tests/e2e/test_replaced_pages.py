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

from drift.assembly.alerts import scene_of
from drift.model.errors import BlindReason
from drift.watch.announce import remind

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

    def start(articles: list[Page], alerts: str = "") -> Any:
        (policies / "returns.yaml").unlink(missing_ok=True)
        (policies / "devices.yaml").write_text(right(), encoding="utf-8")
        for page in articles:
            site.pages[page.path] = page.html()
        site.pages["/other-article"] = OTHER
        places = [site.url(path) for path in (*(page.path for page in articles), "/other-article")]
        watch = watching(f"kind: urls, at: {places}", alerts=alerts)
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


ALERTS = """\
alerts:
  notifiers: {desk: {kind: webhook, url: {env: HOOK}, key: {env: KEY}},
              operators: {kind: webhook, url: {env: HOOK}, key: {env: KEY}}}
  routes: [{name: content, to: [desk]}, {name: operators, to: [operators]}]
  default: content
  operator: operators
"""


def said(watch: Any) -> list[tuple[str, str]]:
    """(subject, reason) of all that was said beyond what opened, the newest first, after what a pass leaves to say."""
    scenes = (scene_of(watch.settings, watch.settings.sources[0], watch.watch.registry()),)
    remind(watch.store, scenes, lambda: watch.now)
    told = {one.event.key: one.event for one in watch.store.outbox.find()}
    return [(one.subject, one.told.reason.value) for one in told.values() if one.told.reason.value != "opened"]


def test_a_mass_of_replaced_pages_is_one_event_and_closes_nothing_however_long(
    site: Any, begun: Callable[..., Any]
) -> None:
    articles = pages()[:8]
    watch = begun(articles, ALERTS)
    opened = watch.store.findings.find()
    down = STAND_INS["the rate limit"](articles[0])[articles[0].path]
    for page in articles:
        serve(site, {page.path: down})
    for _ in range(8):
        assert watch.crawls(hours=12) == {"pages": 9, "replaced": 8, "unchanged": 1}
        assert said(watch) == [("source help", "blind")]
    assert watch.store.findings.find() == opened
    for page in articles:
        site.pages[page.path] = page.html()
    assert watch.crawls(hours=12) == {"pages": 9, "unchanged": 9}
    assert said(watch) == [("source help", "blind")]


@pytest.mark.parametrize("status", [503, 429])
def test_a_mass_of_pages_that_a_server_does_not_answer_for_is_one_event(
    site: Any, begun: Callable[..., Any], status: int
) -> None:
    """Of eight articles six are not answered for, and one is replaced: less than a mass by itself."""
    articles = pages()[:8]
    watch = begun(articles, ALERTS)
    opened = states(watch)
    down = [page.path for page in articles[:6]]
    serve(site, STAND_INS["a login"](articles[6]))
    for heard in ([], [], [("source help", "blind")], [("source help", "blind")], [("source help", "blind")]):
        serve(site, {path: Answer(b"Busy.", status=status) for path in down})
        counts = watch.crawls(hours=5)
        assert (counts["pages"], counts["unanswered"], counts["replaced"]) == (9, 6, 1)
        assert said(watch) == heard
    assert states(watch) == opened
    for page in articles:
        site.pages[page.path] = page.html()
    assert watch.crawls(hours=12) == {"pages": 9, "unchanged": 9}
    assert said(watch) == [("source help", "blind")]


def test_one_page_that_a_server_does_not_answer_for_is_told_by_itself(site: Any, begun: Callable[..., Any]) -> None:
    articles = pages()[:8]
    watch = begun(articles, ALERTS)
    for heard in ([], [], ["page"], ["page"]):
        serve(site, {articles[0].path: Answer(b"Busy.", status=503)})
        assert watch.crawls(hours=12)["unanswered"] == 1
        assert [subject.split()[0] for subject, _ in said(watch)] == heard


def test_a_replaced_page_is_told_by_itself_and_closed_once_it_stays(site: Any, begun: Callable[..., Any]) -> None:
    articles = pages()[:8]
    watch = begun(articles, ALERTS)
    serve(site, CHANGES["another article at its address"].make(articles[0]))
    found = next(one for one in watch.store.findings.find() if one.article.endswith(articles[0].path))
    for hours in (6, 6, 6, 5):
        counts = watch.crawls(hours=hours)
        assert counts == {"pages": 9, "replaced": 1, "unchanged": 8}
    state = watch.state(found.article)
    assert (state.blind, state.detail) == (BlindReason.REPLACED, "another text stands there: 0% of its text is left")
    assert said(watch) == [(f"page {found.article}", "blind")]
    assert watch.crawls(hours=7)["gone"] == 1
    assert said(watch) == [(found.id, "resolved"), (f"page {found.article}", "blind")]


def test_a_text_that_stayed_for_a_while_begins_anew_after_the_article_was_back(
    site: Any, begun: Callable[..., Any]
) -> None:
    articles = pages()[:8]
    watch = begun(articles)
    page, other = articles[0], STAND_INS["a login"](articles[0])
    for _ in range(3):
        serve(site, other)
        watch.crawls(hours=12)
        watch.crawls(hours=12)
        site.pages[page.path] = page.html()
        assert watch.crawls(hours=12) == {"pages": 9, "unchanged": 9}
    assert set(states(watch).values()) == {"open"}


def test_a_page_that_takes_the_text_of_another_article_is_replaced_and_mirrors_are_not(
    site: Any, begun: Callable[..., Any]
) -> None:
    """Articles of one template, of which a redirect or a mistake shows one in place of the other."""
    articles = pages()[:8]
    watch = begun(articles)
    one, sibling = articles[0], articles[1]
    site.pages[one.path] = sibling.html()
    mirror = articles[2].other(path="/mirror", wrong="You can return unused watches within 30 days of delivery.")
    site.pages[articles[2].path] = mirror.html()
    counts = watch.crawls()
    assert counts == {"pages": 9, "replaced": 1, "changed": 1, "resolved": 1, "unchanged": 7, "fetched twice": 1}
    assert watch.state(site.url(one.path)).detail == f"it says what {site.url(sibling.path)} says"


def test_a_second_fetch_that_gives_another_text_confirms_nothing(site: Any, begun: Callable[..., Any]) -> None:
    articles = pages()[:8]
    watch = begun(articles)
    page = articles[0]
    bodies = [page.other(wrong="").html(), STAND_INS["a login"](page)[page.path]]
    serve(site, {page.path: lambda: bodies.pop(0)})  # type: ignore[dict-item,return-value]
    assert watch.crawls() == {"pages": 9, "unchanged": 9, "fetched twice": 1}
    assert set(states(watch).values()) == {"open"}
