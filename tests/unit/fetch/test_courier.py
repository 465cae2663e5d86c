"""What is tried again, when, and what is left alone."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from drift.fetch.after import seconds
from drift.fetch.origin_headers import OriginHeaders
from drift.fetch.polite_client import PoliteClient, Retries
from drift.model import NotModified, Page, Snapshot, Validators
from drift.model.errors import BlindReason, FetchError

MakeCourier = Callable[..., PoliteClient]
Serve = Callable[..., Any]
# Closes, because what breaks on a connection that was used before is asked for again on a new one.
NO_RULES = b"HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


def reply(status: str = "200 OK", extra: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n{extra}\r\nok".encode()


def site(**answers: Any) -> dict[str, Any]:
    """A site without a robots.txt; `a=...` answers '/a', anything else is 'ok'."""
    return {"/robots.txt": NO_RULES, "*": reply()} | {f"/{path}": answer for path, answer in answers.items()}


def failure(courier: PoliteClient, address: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        courier.fetch(Page(address))
    return caught.value


BUSY = reply("503 Busy")
RETRIED = {
    "a server that recovers": ([BUSY, BUSY, reply()], [0.75, 1.5], None),
    "a server that does not": ([BUSY], [0.75, 1.5], BlindReason.SERVER_ERROR),
    "a connection that breaks once": ([b"junk\r\n\r\n", reply()], [0.75], None),
    "slow down, in seconds": ([reply("429 Slow", "Retry-After: 7\r\n"), reply()], [7], None),
    "slow down, until a date": (
        [reply("429 Slow", "Retry-After: Sat, 21 Nov 2026 12:00:09 GMT\r\n"), reply()],
        [9],
        None,
    ),
    "slow down, in no time": ([reply("429 Slow", "Retry-After: 0\r\n"), reply()], [0.75], None),
    "slow down, in words": ([reply("429 Slow", "Retry-After: soon\r\n"), reply()], [0.75], None),
    "slow down, for longer than we wait": ([reply("503 Busy", "Retry-After: 61\r\n")], [], BlindReason.SERVER_ERROR),
    "no page": ([reply("404 Not Found"), reply()], [], BlindReason.NOT_FOUND),
    "a refusal": ([reply("403 Forbidden"), reply()], [], BlindReason.FORBIDDEN),
}


@pytest.mark.parametrize(("answers", "slept", "reason"), RETRIED.values(), ids=RETRIED)
def test_only_what_may_pass_is_tried_again(
    serve: Serve,
    courier: MakeCourier,
    passing: Any,
    answers: list[bytes],
    slept: list[float],
    reason: BlindReason | None,
) -> None:
    server = serve(site(a=list(answers)))
    polite = courier()
    if reason is None:
        polite.fetch(Page(server.url("/a")))
    else:
        assert failure(polite, server.url("/a")).reason is reason
    assert passing.slept == slept
    assert server.asked() == ["/robots.txt"] + ["/a"] * (len(slept) + 1)


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("120", 120),
        (" 3 ", 3),
        ("Sat, 21 Nov 2026 12:01:00 GMT", 60),
        ("Sat, 21 Nov 2026 11:00:00 GMT", 0),
        ("Saturday, 21-Nov-26 12:01:00 GMT", 60),
        ("-5", None),
        ("1.5", 1.5),
        ("", None),
        (None, None),
        ("²", None),
    ],
)
def test_retry_after(header: str | None, wait: float | None) -> None:
    assert seconds(header, datetime(2026, 11, 21, 12, tzinfo=UTC)) == wait


def test_waits_grow_and_are_bounded() -> None:
    retries = Retries(attempts=9, first=1, longest=4)
    assert [retries.wait(failed, None, lambda: 0.0) for failed in range(1, 6)] == [0.5, 1, 2, 2, 2]
    assert retries.wait(9, None, lambda: 0.0) is None


def test_one_host_down_is_one_event(serve: Serve, courier: MakeCourier) -> None:
    server = serve(site(**{f"p{n}": [b"junk\r\n\r\n"] for n in range(6)}))
    polite = courier(retries=Retries(attempts=1))
    failures = [failure(polite, server.url(f"/p{n}")) for n in range(6)]
    assert {error.reason for error in failures} == {BlindReason.REFUSED}
    assert all(error.transient for error in failures)
    assert server.asked() == ["/robots.txt", "/p0", "/p1", "/p2"]
    assert "was given up" in failures[3].detail
    assert polite.down() == (server.url(""),)


def test_an_answer_in_between_shows_that_the_host_is_there(serve: Serve, courier: MakeCourier) -> None:
    junk = [b"junk\r\n\r\n"]
    server = serve(site(a=junk, b=junk, c=reply("404 Not Found"), d=junk, e=junk))
    polite = courier(retries=Retries(attempts=1))
    for path in "abcde":
        failure(polite, server.url(f"/{path}"))
    assert polite.down() == ()


def test_errors_of_a_server_that_answers_are_borne_longer(serve: Serve, courier: MakeCourier) -> None:
    server = serve({"/robots.txt": NO_RULES, "*": reply("500 Oops")})
    polite = courier(retries=Retries(attempts=1))
    for number in range(8):
        failure(polite, server.url(f"/{number}"))
    assert len(server.asked()) == 1 + 6


def test_a_host_that_wants_to_be_left_alone_is(serve: Serve, courier: MakeCourier) -> None:
    later = [reply("429 Slow", "Retry-After: 3600\r\n")]
    server = serve(site(a=later, b=later, c=later, d=later))
    polite = courier()
    for path in "abcd":
        assert failure(polite, server.url(f"/{path}")).reason is BlindReason.THROTTLED
    assert server.asked() == ["/robots.txt", "/a", "/b", "/c"]


@pytest.mark.parametrize("status", ["429 Slow", "503 Busy", "403 Forbidden"])
def test_one_page_that_names_next_year_keeps_no_other_unread(serve: Serve, courier: MakeCourier, status: str) -> None:
    server = serve(site(a=[reply(status, "Retry-After: 31536000\r\n")], b=reply(), c=reply()))
    polite = courier()
    failure(polite, server.url("/a"))
    for path in "bc":
        assert isinstance(polite.fetch(Page(server.url(f"/{path}"))), Snapshot)
    assert polite.down() == ()


def test_a_host_without_rules_is_one_event_too(serve: Serve, courier: MakeCourier) -> None:
    server = serve({"/robots.txt": reply("500 Oops"), "*": reply()})
    polite = courier(retries=Retries(attempts=1))
    assert {failure(polite, server.url(f"/{n}")).reason for n in range(5)} == {BlindReason.ROBOTS_UNREACHABLE}
    assert server.asked() == ["/robots.txt"]
    assert len(polite.down()) == 1


@pytest.mark.parametrize("again", ["once_more", "begin"])
def test_what_failed_may_be_offered_again(serve: Serve, courier: MakeCourier, again: str) -> None:
    junk = b"junk\r\n\r\n"
    server = serve(site(a=[junk, junk, reply()], b=[junk, reply()], c=[junk, reply()]))
    polite = courier(retries=Retries(attempts=1))
    for path in "abc":
        failure(polite, server.url(f"/{path}"))
    assert "was given up" in failure(polite, server.url("/c")).detail

    getattr(polite, again)()
    assert failure(polite, server.url("/a")).detail
    if again == "once_more":  # one more failure, and the host is down again
        assert "was given up" in failure(polite, server.url("/b")).detail
    else:
        assert isinstance(polite.fetch(Page(server.url("/b"))), Snapshot)


def test_unchanged_pages_and_fresh_ones(serve: Serve, courier: MakeCourier) -> None:
    server = serve(site(a=[b"HTTP/1.1 304 Not Modified\r\n\r\n", reply()]))
    polite = courier()
    assert isinstance(polite.fetch(Page(server.url("/a")), Validators('"1"')), NotModified)
    assert isinstance(polite.fetch(Page(server.url("/a")), Validators('"1"'), fresh=True), Snapshot)
    assert "no-cache" in server.requests[2]


def test_a_source_shows_its_headers_to_its_own_host(serve: Serve, courier: MakeCourier) -> None:
    server = serve(site())
    polite = courier()
    bearing = polite.bearing(OriginHeaders.of({"X-Key": "sesame"}, [server.url()]))
    bearing.fetch(Page(server.url("/a")))
    bearing.document(server.url("/sitemap.xml"))
    polite.fetch(Page(server.url("/b")))
    shown = ["X-Key: sesame" in request for request in server.requests]
    assert dict(zip(server.asked(), shown, strict=True)) == {
        "/robots.txt": False,
        "/a": True,
        "/sitemap.xml": True,
        "/b": False,
    }


def test_documents_are_read_whatever_their_media(serve: Serve, courier: MakeCourier) -> None:
    packed = gzip.compress(b"<urlset/>")
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/x-gzip\r\nContent-Length: %d\r\n\r\n" % len(packed)
    bomb = gzip.compress(b"a" * 300_000)
    large = b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: %d\r\n\r\n" % len(bomb)
    server = serve(site(a=head + packed, b=large + bomb))
    assert courier().document(server.url("/a")) == b"<urlset/>"
    with pytest.raises(FetchError) as caught:
        courier().document(server.url("/b"))
    assert caught.value.reason is BlindReason.TOO_LARGE
