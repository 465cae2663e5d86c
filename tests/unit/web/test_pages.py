"""Every page of the desk, walked over a real store: what it says, and that each link of it leads somewhere."""

from __future__ import annotations

import re
import sqlite3
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from drift.assembly.desk import Policies, StoreDesk
from drift.model import Owner
from drift.model.desk import PageQuery
from drift.settings import load
from drift.store import open_store

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
HREF = re.compile(r'(?:href|action)="(/[^"]*)"')
FINDING = re.compile(r"/findings/(F-[0-9a-f]{8})")


def text_of(page: str) -> str:
    """What a reader sees of a page."""
    body = re.sub(r"<(title|svg).*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())


def finding_of(browser: Any, state: str) -> str:
    """The id of a finding in a state."""
    found = FINDING.search(browser.get(f"/findings?state={state}").text)
    assert found
    return found[1]


def test_every_link_of_the_desk_leads_to_a_page(browser: Any) -> None:
    waiting, met = ["/"], {"/"}
    while waiting:
        address = waiting.pop()
        answer = browser.get(address)
        assert answer.status == 200, address
        for found in HREF.findall(answer.text) if "html" in answer.headers["content-type"] else ():
            if (link := unescape(found)) not in met:
                met.add(link)
                waiting.append(link)
        assert len(met) < 3_000
    parts = {link.partition("?")[0].split("/")[1] for link in met}
    assert parts == {"", "findings", "findings.csv", "pages", "policies", "static"}


def test_the_front_page_says_what_is_open_whose_it_is_and_what_was_read(browser: Any) -> None:
    said = text_of(browser.get("/").text)
    assert "2 findings open" in said
    assert "Oldest open 7 days wireless/unlock Wireless policy" in said
    assert "shop failed 2026-03-07 10:00 UTC 403 at https://help.larkspur.example/sitemap.xml" in said
    assert "help 2026-03-05 10:00 UTC took 1 hour 2 0 1 0" in said


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ("", ["wireless/unlock", "shop/returns"]),
        ("?state=all", ["wireless/unlock", "shop/returns", "promo", "returns"]),
        ("?state=resolved", ["returns"]),
        ("?state=all&policy=returns&sort=page", ["promo", "returns", "shop/returns"]),
        ("?state=all&source=shop", ["shop/returns"]),
        ("?severity=high", ["wireless/unlock"]),
        ("?state=all&words=UNLOCK+wireless", ["wireless/unlock"]),
        ("?state=all&words=SIM+lock", ["wireless/unlock"]),  # of the rule, which the page does not say
        ("?state=all&sort=newest", ["shop/returns", "returns", "wireless/unlock", "promo"]),
        ("?state=all&owner=nobody", []),
        ("?state=nonsense", []),
        ("?page=99", ["wireless/unlock", "shop/returns"]),
        ("?page=-1&sort=nonsense", ["wireless/unlock", "shop/returns"]),
    ],
)
def test_findings_are_chosen_and_ordered(browser: Any, asked: str, titles: list[str]) -> None:
    page = browser.get(f"/findings{asked}").text
    found = re.findall(r'class="strong" href="/findings/[^"]*">([^<]*)<', page)
    assert sorted(found) == sorted(titles) if "newest" in asked else found == titles
    table = browser.get(f"/findings.csv{asked}").text.splitlines()
    assert len(table) == len(titles) + 1


def test_counts_of_states_stand_under_the_other_filters(browser: Any) -> None:
    said = text_of(browser.get("/findings?policy=returns").text)
    assert "standing 1 resolved 1 regressed 1 gone 1 all 3" in said


def test_a_finding_shows_both_sides_what_changed_and_what_happened(browser: Any) -> None:
    page = browser.get(f"/findings/{finding_of(browser, 'open')}").text
    said = text_of(page)
    assert "A customer who reads this page is told 30 days. The policy says at least 60 days." in said
    assert '<mark class="wrong">30 days</mark>' in page
    assert "<del>after 60</del><ins>30</ins>" in page
    assert "Honour 30 days for anyone who activated while the article said so" in said
    assert "2026-03-02 09:00 UTC last agreed 60 days 2026-03-03 09:00 UTC opened 30 days, should be 60 days" in said
    assert 'href="https://help.larkspur.example/wireless/unlock#:~:text=30%20days"' in page


def test_a_page_shows_what_to_change_and_what_it_states(browser: Any) -> None:
    page = browser.get("/pages?kind=&words=unlock").text
    number = re.search(r'href="(/pages/\d+)"', page)
    assert number
    shown = browser.get(number[1]).text
    said = text_of(shown)
    assert "It reads You can unlock your phone 30 days after you buy it." in said
    assert "It should say 60 days instead of 30 days" in said
    assert "Ask in a shop or in the app." in said


def test_a_page_that_cannot_be_read_is_never_said_to_be_right(opened: Any, own_store: Any) -> None:
    with sqlite3.connect(own_store.url.removeprefix("sqlite:///")) as database:
        database.execute("UPDATE pages SET failures = 9 WHERE blind IS NOT NULL")
        database.execute("UPDATE findings SET state = 'resolved'")
    browser = opened(own_store.url)
    said = text_of(browser.get("/").text)
    assert "No finding is open That is no all-clear: 1 page could not be read" in said
    assert "shop/returns it refuses us, since 2026-03-07" in said
    pages = browser.get("/pages?kind=blind").text
    number = re.search(r'class="strong" href="(/pages/\d+)"', pages)
    assert number
    said = text_of(browser.get(number[1]).text)
    assert "Blind. The page cannot be read since 2026-03-07" in said
    assert "nothing is known of what the page says now" in said
    term = text_of(browser.get("/policies/returns/window").text)
    assert "blind said so when last read: diverges" in term
    assert "1 page of it cannot be read now" in term


def test_a_rule_that_no_page_states_is_told_as_that(browser: Any) -> None:
    said = text_of(browser.get("/policies").text)
    assert "No page that was read states" in said
    stated = text_of(browser.get("/policies/device-unlock/postpaid-wait").text)
    assert "30 days" in stated
    assert "in force" in stated


def test_an_empty_store_teaches(opened: Any, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'drift.db'}"
    open_store(url).close()
    browser = opened(url, tmp_path / "none")
    assert "Nothing is watched yet" in text_of(browser.get("/").text)
    assert "There never was a finding" in text_of(browser.get("/findings").text)
    assert "No page was read yet" in text_of(browser.get("/pages").text)
    assert "There is no folder of policies" in text_of(browser.get("/policies").text)


@pytest.mark.parametrize(
    "address",
    [
        "/nothing", "/findings/F-00000000", "/findings/", "/findings/%00", "/findings/..%2f", "/pages/0", "/pages/x",
        "/pages/" + "9" * 30, "/pages/%D9%A1", "/policies/a/b", "/policies/a", "/static/..%2fapp.py", "/docs",
        "/openapi.json", "/redoc", "/findings/%ed%a0%80", "/policies/%ff/%00",
    ],
)  # fmt: skip
def test_what_is_not_there_is_a_page_that_says_so(browser: Any, address: str) -> None:
    answer = browser.get(address)
    assert answer.status == 404
    assert "There is nothing here" in text_of(answer.text)


def test_policies_are_read_again_when_they_change_and_the_last_good_ones_stay(
    opened: Any, told_store: Any, place: Path
) -> None:
    browser = opened(told_store.url, place / "policies")
    assert "return-window" in browser.get("/policies").text
    file = place / "policies" / "returns.yaml"
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace("return-window", "window"), encoding="utf-8")
    assert "/policies/returns/window" in browser.get("/policies").text
    file.write_text("policy: [", encoding="utf-8")
    page = browser.get("/policies").text
    assert "/policies/returns/window" in page
    assert "The policies cannot be used, and those read before are shown" in text_of(page)


def test_a_store_that_fails_is_a_page_that_says_so(opened: Any, own_store: Any) -> None:
    browser = opened(own_store.url)
    with sqlite3.connect(own_store.url.removeprefix("sqlite:///")) as database:
        database.execute("DROP TABLE statements")
    answer = browser.get("/policies")
    assert answer.status == 503
    assert "So nothing can be said of your pages" in text_of(answer.text)
    assert "Traceback" not in answer.text
    assert browser.get("/healthz").text == "ok\n"


def test_settings_name_owners_of_pages_sources_and_when_a_page_is_blind(told_store: Any, tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    file = tmp_path / "drift.yaml"
    file.write_text(
        "policies: policies\n"
        "fetching: {blind_after: 1}\n"
        "sources:\n"
        "  - {name: help, kind: urls, at: ['https://help.larkspur.example/wireless/unlock'],"
        " owners: {'https://help.larkspur.example/wireless/**': web-team@larkspur.example}}\n"
        "  - {name: new, kind: urls, at: ['https://new.larkspur.example/a']}\n",
        encoding="utf-8",
    )
    with open_store(told_store.url, create=False) as store:
        desk = StoreDesk(store, Policies(tmp_path / "policies"), lambda: NOW, load(file, {}, ()))
        front = desk.front()
        assert [(source.name, source.run is None) for source in front.sources] == [
            ("help", False),
            ("new", True),
            ("shop", False),
        ]
        assert front.blind_pages == 1
        (row,) = desk.pages(PageQuery(kind="", words="unlock")).rows
        page = desk.page(row.id)
        assert page is not None
        assert page.owner == Owner(email="web-team@larkspur.example")


def test_a_source_that_never_gave_a_page_is_told_and_is_no_quiet_store(opened: Any, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'drift.db'}"
    with open_store(url) as store:
        run = store.runs.start("shop", "crawl", NOW)
        store.runs.end(run, NOW, {}, "403 at https://shop.larkspur.example/sitemap.xml")
    said = text_of(opened(url, tmp_path / "none").get("/").text)
    assert "shop failed 2026-03-10 12:00 UTC 403 at https://shop.larkspur.example/sitemap.xml" in said
    assert "Nothing is watched yet" not in said
    assert "Nothing was read" in said
