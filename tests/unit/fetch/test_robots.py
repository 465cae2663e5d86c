"""robots.txt against real servers: what it forbids, and what follows where it cannot be had."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from drift.fetch.client import Client
from drift.fetch.gate import Gate
from drift.fetch.limits import Limits
from drift.fetch.pace import Tempo
from drift.fetch.polite_client import PoliteClient
from drift.model import Page
from drift.model.errors import BlindReason, FetchError

MakeClient = Callable[..., Client]
MakeCourier = Callable[..., PoliteClient]
Serve = Callable[..., Any]
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"


def text(body: str | bytes, status: str = "200 OK", extra: str = "") -> bytes:
    raw = body.encode() if isinstance(body, str) else body
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {len(raw)}\r\n{extra}\r\n"
    return head.encode() + raw


def to(location: str) -> bytes:
    return text("", "302 Moved", f"Location: {location}\r\n")


def outcome(courier: PoliteClient, address: str) -> BlindReason | None:
    try:
        courier.fetch(Page(address))
    except FetchError as error:
        return error.reason
    return None


RULES = {
    "everything": ("User-agent: *\nDisallow: /", "/a", BlindReason.ROBOTS),
    "nothing": ("User-agent: *\nDisallow:", "/a", None),
    "an empty file": ("", "/a", None),
    "another crawler": ("User-agent: otherbot\nDisallow: /", "/a", None),
    "us by name": ("User-agent: *\nDisallow: /\n\nUser-agent: drift\nAllow: /", "/a", None),
    "us alone": ("User-agent: Drift\nDisallow: /private", "/private/x", BlindReason.ROBOTS),
    "the longest rule": ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b", None),
    "a wildcard": ("User-agent: *\nDisallow: /*?print=", "/a?print=1", BlindReason.ROBOTS),
    "an end": ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf?x", None),
    "behind a byte order mark": ("\ufeffUser-agent: *\nDisallow: /", "/a", BlindReason.ROBOTS),
    "no text at all": (b"\xff\xfe\x00\x00<html>", "/a", None),
}


@pytest.mark.parametrize(("rules", "path", "reason"), RULES.values(), ids=RULES)
def test_rules(serve: Serve, courier: MakeCourier, rules: str | bytes, path: str, reason: BlindReason | None) -> None:
    server = serve({"/robots.txt": text(rules), "*": OK})
    assert outcome(courier(), server.url(path)) is reason
    assert server.asked() == ["/robots.txt"] + ([path] if reason is None else [])


STATUSES = {
    "401": None,
    "403": None,
    "404": None,
    "410": None,
    "418": None,
    "429": BlindReason.ROBOTS_UNREACHABLE,
    "500": BlindReason.ROBOTS_UNREACHABLE,
    "503": BlindReason.ROBOTS_UNREACHABLE,
}


@pytest.mark.parametrize(("status", "reason"), STATUSES.items())
def test_statuses(serve: Serve, courier: MakeCourier, status: str, reason: BlindReason | None) -> None:
    server = serve({"/robots.txt": text("no", f"{status} Told"), "*": OK})
    assert outcome(courier(), server.url("/a")) is reason
    assert ("/a" in server.asked()) is (reason is None)


def test_a_file_that_cannot_be_had_may_be_had_later(serve: Serve, courier: MakeCourier) -> None:
    server = serve({"/robots.txt": text("no", "500 Oops"), "*": OK})
    with pytest.raises(FetchError) as caught:
        courier().fetch(Page(server.url("/a")))
    assert caught.value.transient
    assert "HTTP 500" in caught.value.detail


def test_every_page_has_a_failure_of_its_own(serve: Serve, courier: MakeCourier) -> None:
    """One error raised again and again would keep the frames of all who met it."""
    server = serve({"/robots.txt": text("no", "500 Oops"), "*": OK})
    polite = courier()
    raised = []
    for path in ("/a", "/b"):
        with pytest.raises(FetchError) as caught:
            polite.fetch(Page(server.url(path)))
        raised.append(caught.value)
    assert raised[0] is not raised[1]
    assert raised[0].detail == raised[1].detail


def test_a_server_that_does_not_answer_for_it(serve: Serve, client: MakeClient, courier: MakeCourier) -> None:
    server = serve({"/robots.txt": lambda _send, stop: stop.wait(), "*": OK})
    assert outcome(courier(client(limits=Limits(read=0.3))), server.url("/a")) is BlindReason.ROBOTS_UNREACHABLE


def test_a_host_that_is_not_there_is_told_as_such(serve: Serve, client: MakeClient, courier: MakeCourier) -> None:
    def nowhere(_host: str, _port: int) -> list[str]:
        raise OSError("no such host")

    assert outcome(courier(client(gate=Gate(resolve=nowhere))), "http://gone.larkspur.example/a") is BlindReason.DNS
    server = serve(OK)
    server.close()
    assert outcome(courier(), server.url("/a")) is BlindReason.REFUSED
    assert outcome(courier(client(gate=Gate())), "http://127.0.0.1/a") is BlindReason.PRIVATE


def test_five_redirects_are_followed_and_without_end_there_is_no_file(serve: Serve, courier: MakeCourier) -> None:
    hops = {f"/{n}": to(f"/{n + 1}") for n in range(1, 5)}
    server = serve({"/robots.txt": to("/1"), **hops, "/5": text("User-agent: *\nDisallow: /"), "*": OK})
    assert outcome(courier(), server.url("/a")) is BlindReason.ROBOTS

    endless = serve({"/robots.txt": to("/robots.txt"), "*": OK})
    assert outcome(courier(), endless.url("/a")) is None


def test_of_a_large_file_the_first_500_kib_count(serve: Serve, courier: MakeCourier) -> None:
    filler = "#" * 1023 + "\n"
    head = "User-agent: *\n" + filler * 400 + "Disallow: /early\n" + filler * 200 + "Disallow: /late\n"
    server = serve({"/robots.txt": text(head), "*": OK})
    polite = courier()
    assert outcome(polite, server.url("/early")) is BlindReason.ROBOTS
    assert outcome(polite, server.url("/late")) is None


def test_the_file_is_asked_for_once_a_day(serve: Serve, courier: MakeCourier, passing: Any) -> None:
    server = serve({"/robots.txt": [text("User-agent: *\nDisallow: /old"), text("")], "*": OK})
    polite = courier()
    assert outcome(polite, server.url("/old")) is BlindReason.ROBOTS
    passing.now = 24 * 3600 - 1
    assert outcome(polite, server.url("/old")) is BlindReason.ROBOTS
    passing.now = 24 * 3600
    assert outcome(polite, server.url("/old")) is None
    assert server.asked() == ["/robots.txt", "/robots.txt", "/old"]


def test_one_that_failed_is_asked_for_again_after_ten_minutes(serve: Serve, courier: MakeCourier, passing: Any) -> None:
    server = serve({"/robots.txt": [*[text("no", "503 Busy")] * 3, text("")], "*": OK})
    polite = courier()
    assert outcome(polite, server.url("/a")) is BlindReason.ROBOTS_UNREACHABLE
    assert outcome(polite, server.url("/b")) is BlindReason.ROBOTS_UNREACHABLE
    assert server.asked() == ["/robots.txt"] * 3
    passing.now += 600
    assert outcome(polite, server.url("/a")) is None


def test_a_redirect_leads_to_no_page_that_is_forbidden(serve: Serve, courier: MakeCourier) -> None:
    server = serve({"/robots.txt": text("User-agent: *\nDisallow: /b"), "/a": to("/b"), "*": OK})
    assert outcome(courier(), server.url("/a")) is BlindReason.ROBOTS
    assert server.asked() == ["/robots.txt", "/a"]


def test_rules_that_run_out_on_the_way_wait_for_no_turn(serve: Serve, courier: MakeCourier, passing: Any) -> None:
    def slowly(send: Callable[[bytes], None], _stop: object) -> None:
        passing.now += 25 * 3600
        send(to("/b"))

    server = serve({"/robots.txt": text(""), "/a": slowly, "/b": OK})
    courier(tempo=Tempo(rate=None, together=1)).fetch(Page(server.url("/a")))
    assert server.asked() == ["/robots.txt", "/a", "/robots.txt", "/b"]


def test_a_crawl_delay_slows_down_and_is_bounded(serve: Serve, courier: MakeCourier, passing: Any) -> None:
    server = serve({"/robots.txt": text("User-agent: *\nCrawl-delay: 7"), "*": OK})
    polite = courier(tempo=Tempo(rate=100, jitter=0))
    for path in ("/a", "/b", "/c"):
        polite.fetch(Page(server.url(path)))
    assert passing.slept == [7, 7]

    eager = serve({"/robots.txt": text("User-agent: *\nCrawl-delay: 86400"), "*": OK})
    polite = courier()
    polite.fetch(Page(eager.url("/a")))
    polite.fetch(Page(eager.url("/b")))
    assert passing.slept[2:] == [60]


def test_sitemaps_are_named(serve: Serve, courier: MakeCourier) -> None:
    server = serve({"/robots.txt": text("Sitemap: https://help.larkspur.example/s1.xml\nsitemap: /s2.xml"), "*": OK})
    assert courier().sitemaps(server.url("/"))[0] == "https://help.larkspur.example/s1.xml"
    bare = serve({"/robots.txt": text("no", "404 Not Found"), "*": OK})
    assert courier().sitemaps(bare.url("/")) == ()
    broken = serve({"/robots.txt": text("no", "500 Oops"), "*": OK})
    with pytest.raises(FetchError):
        courier().sitemaps(broken.url("/"))
