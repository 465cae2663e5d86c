"""Another text at the addresses of articles that are known by several of them, and in passes that were killed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from drift.assembly.alerts import scenes
from drift.model.errors import BlindReason
from drift.watch.announce import remind

RIGHT = "You can return unused goods within 30 days of delivery."
WRONG = "You can return unused goods within 14 days of delivery."


def dressed(title: str, said: str) -> bytes:
    return f"<html lang=en><head><title>{title}</title></head><body><main>{said}</main></body></html>".encode()


AWAY = dressed("Help", "<h1>Back soon</h1><p>Our help centre is being improved. Please come back later today.</p>")
BODIES = (
    "Bring the box, the receipt and all that came with it to any of our shops, where staff look it over.",
    "Print the label from your account, tape it over the old one and hand it to the driver, who comes before noon.",
    "Gift cards that paid for a purchase are charged anew, so keep the plastic until you see the refund.",
    "Opened earphones and razors stay yours unless they are faulty; a technician looks first, and writes to you.",
    "Furniture is fetched from the room where it stands. Empty the drawers, and note the number on the underside.",
    "Sellers of the marketplace answer for their own sales. Write to them from the order page, with two photographs.",
)
ALERTS = """\
alerts:
  notifiers: {desk: {kind: webhook, url: {env: HOOK}, key: {env: KEY}}}
  routes: [{name: content, to: [desk]}]
  default: content
"""


class Shop:
    """A site of articles that each say one thing wrong, each under an address of its own and some with session ids."""

    def __init__(self, site: Any, articles: int, copies: int) -> None:
        self.site = site
        self.made: dict[str, bytes] = {}
        for number in range(articles):
            said = f"<h1>Goods {number}</h1><p>{WRONG}</p><p>{BODIES[number]} {BODIES[number - 1]}</p>"
            for path in (f"/goods-{number}", *(f"/goods-{number}?sid={copy}a{number}" for copy in range(copies))):
                self.made[path] = dressed(f"Goods {number}", said)
        site.says("/", RIGHT, links=self.made)
        self.opens()

    def opens(self) -> None:
        self.site.pages.update(self.made)

    def closes(self, *paths: str) -> None:
        self.site.pages.update(dict.fromkeys(paths or self.made, AWAY))


def begun(site: Any, watching: Callable[..., Any], alerts: str = "") -> Any:
    watch = watching(f"kind: crawl, at: ['{site.url('/')}']", alerts=alerts)
    watch.crawls()
    watch.crawls()
    return watch


def blind(watch: Any) -> dict[str, BlindReason | None]:
    return {public: state.blind for public, state in watch.store.pages.states().items() if state.blind is not None}


def said(watch: Any) -> list[str]:
    """The subjects of all that was said but of findings that opened, after what a pass leaves to say."""
    remind(watch.store, scenes(watch.settings, watch.watch.registry()), lambda: watch.now)
    told = {one.event.key: one.event for one in watch.store.outbox.find()}
    return [one.subject for one in told.values() if one.told.reason.value != "opened"]


@pytest.mark.parametrize("copies", [1, 2, 4])
def test_a_text_at_all_addresses_of_an_article_is_read_at_none(
    site: Any, watching: Callable[..., Any], copies: int
) -> None:
    shop = Shop(site, 2, copies)
    watch = begun(site, watching, ALERTS)
    opened = watch.store.findings.find()
    gone_off = [path for path in shop.made if path.startswith("/goods-0")]
    shop.closes(*gone_off)
    for _ in range(4):
        assert watch.crawls()["replaced"] == copies + 1
        assert blind(watch) == {site.url(path): BlindReason.REPLACED for path in gone_off}
    assert said(watch) == [f"page {site.url('/goods-0')}"]  # of its other addresses nothing is held against anything
    shop.opens()
    assert watch.crawls() == {"pages": 2 * copies + 3, "unchanged": 3, "duplicates": 2 * copies}
    assert blind(watch) == {}
    assert watch.store.findings.find() != opened  # they were seen again
    assert [len(watch.store.findings.history(one.id)) for one in opened] == [1, 1]


def test_an_article_goes_on_at_another_address_and_is_known_by_the_first_again(
    site: Any, watching: Callable[..., Any]
) -> None:
    shop = Shop(site, 2, 2)
    watch = begun(site, watching)
    shop.closes("/goods-0")
    assert watch.crawls()["moved"] == 1
    assert blind(watch) == {site.url("/goods-0"): BlindReason.REPLACED}
    shop.opens()
    assert watch.crawls() == {"pages": 7, "unchanged": 3, "duplicates": 4}
    assert blind(watch) == {}
    assert [state for _, state, _ in watch.lives] == ["open", "open"]


def test_a_duplicate_that_comes_to_say_what_another_article_says_is_its_duplicate(
    site: Any, watching: Callable[..., Any]
) -> None:
    shop = Shop(site, 2, 1)
    watch = begun(site, watching)
    site.pages["/goods-0?sid=0a0"] = shop.made["/goods-1"]
    assert watch.crawls() == {"pages": 5, "unchanged": 3, "duplicates": 2}
    shop.opens()
    assert watch.crawls() == {"pages": 5, "unchanged": 3, "duplicates": 2}


def test_another_text_at_a_duplicate_is_an_article_once_it_stays(site: Any, watching: Callable[..., Any]) -> None:
    Shop(site, 2, 1)
    watch = begun(site, watching)
    site.pages["/goods-0?sid=0a0"] = dressed(
        "Lamps", "<h1>Lamps</h1><p>Of glass, and of paper, for tables and for walls.</p>"
    )
    for hours in (1, 12):
        assert watch.crawls(hours=hours)["replaced"] == 1
    assert watch.crawls(hours=12)["changed"] == 1
    assert blind(watch) == {}


def test_many_addresses_of_one_article_are_no_mass(site: Any, watching: Callable[..., Any]) -> None:
    shop = Shop(site, 6, 4)
    watch = begun(site, watching, ALERTS)
    shop.closes(*(path for path in shop.made if path.startswith("/goods-0")))
    for _ in range(3):
        assert watch.crawls()["replaced"] == 5
    assert said(watch) == [f"page {site.url('/goods-0')}"]


def test_a_mass_of_articles_with_many_addresses_is_one_event_and_closes_nothing_however_long(
    site: Any, watching: Callable[..., Any]
) -> None:
    shop = Shop(site, 6, 4)
    watch = begun(site, watching, ALERTS)
    shop.closes()
    for _ in range(6):
        assert watch.crawls(hours=12)["replaced"] >= 6
        assert said(watch) == ["source help"]
    assert {state for _, state, _ in watch.lives} == {"open"}
    assert said(watch) == ["source help"]
    shop.opens()
    watch.crawls()
    assert blind(watch) == {}
    assert said(watch) == ["source help"]


def test_a_page_that_is_new_in_an_outage_ends_no_patience(site: Any, watching: Callable[..., Any]) -> None:
    shop = Shop(site, 6, 0)
    watch = begun(site, watching, ALERTS)
    shop.closes()
    site.says("/", RIGHT, links=[*shop.made, "/new"])
    site.pages["/new"] = AWAY
    for _ in range(5):
        assert watch.crawls(hours=12)["replaced"] == 6
    assert said(watch) == ["source help"]
    assert {state for _, state, _ in watch.lives} == {"open"}
    shop.opens()
    site.pages["/new"] = dressed("Lamps", f"<h1>Lamps</h1><p>{WRONG}</p><p>Of glass, and of paper, for tables.</p>")
    assert watch.crawls()["open"] == 1
    assert blind(watch) == {}


@pytest.mark.parametrize("left", [6, 2])
def test_a_pass_that_was_killed_knows_of_the_mass_that_it_had_seen(
    site: Any, watching: Callable[..., Any], left: int
) -> None:
    shop = Shop(site, 6, 0)
    watch = begun(site, watching, ALERTS)
    shop.closes()
    for _ in range(4):
        visited: list[Any] = []
        watch.crawls(on_visited=visited.append, stopped=lambda: len(visited) >= 7 - left)  # noqa: B023 - in the call
        assert watch.crawls(hours=0)["done before"] == len(visited)
        assert said(watch) == ["source help"]
