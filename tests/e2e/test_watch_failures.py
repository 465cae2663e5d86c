"""Every way in which a page cannot be read, through whole passes: none opens or closes anything."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from typing import Any

import pytest

from drift.model.errors import BlindReason, InputError

RIGHT = "You can return unused goods within 30 days of delivery."
WRONG = "You can return unused goods within 14 days of delivery."
FETCHING = "timeouts: {connect: 1 second, read: 1 second, whole: 2 seconds}, retries: 0, blind_after: 3"


def _loops(site: Any) -> None:
    site.answers("/returns", 302, Location="/elsewhere")
    site.answers("/elsewhere", 302, Location="/returns")


def _forbids(site: Any) -> None:
    site.answers("/robots.txt", 200, b"User-agent: *\nDisallow: /returns\n", Content_Type="text/plain")


def _hangs(site: Any) -> None:
    site.pages["/returns"] = lambda _: threading.Event().wait(1.5)


def _breaks_off(site: Any) -> None:
    site.pages["/returns"] = lambda handler: handler.connection.shutdown(socket.SHUT_RDWR)


def _is_missing(site: Any) -> None:
    text = "<html lang=en><title>Page not found</title><body><h1>Page not found</h1></body></html>"
    site.answers("/returns", 200, text.encode())


FAILURES: dict[BlindReason, Callable[[Any], None]] = {
    BlindReason.REFUSED: _breaks_off,
    BlindReason.TIMEOUT: _hangs,
    BlindReason.REDIRECTS: _loops,
    BlindReason.UNAUTHORIZED: lambda site: site.answers("/returns", 401),
    BlindReason.FORBIDDEN: lambda site: site.answers("/returns", 403),
    BlindReason.THROTTLED: lambda site: site.answers("/returns", 429),
    BlindReason.CLIENT_ERROR: lambda site: site.answers("/returns", 418),
    BlindReason.SERVER_ERROR: lambda site: site.answers("/returns", 503),
    BlindReason.TOO_LARGE: lambda site: site.answers("/returns", 200, Content_Length="90000000"),
    BlindReason.NOT_TEXT: lambda site: site.answers("/returns", 200, b"\x89PNG", Content_Type="image/png"),
    BlindReason.EMPTY: lambda site: site.answers("/returns", 200),
    BlindReason.BOT_WALL: lambda site: site.answers("/returns", 403, b"<p>Wait</p>", cf_mitigated="challenge"),
    BlindReason.SOFT_404: _is_missing,
    BlindReason.ROBOTS: _forbids,
    BlindReason.ROBOTS_UNREACHABLE: lambda site: site.answers("/robots.txt", 500),
}
NO_PAGE = {BlindReason.NOT_FOUND: 404, BlindReason.GONE: 410}


@pytest.fixture
def watch(site: Any, watching: Callable[..., Any]) -> Any:
    """A watch over a page that is wrong, and one that is right."""
    site.says("/returns", WRONG)
    site.says("/about", RIGHT)
    made = watching(f"kind: urls, at: ['{site.url('/returns')}', '{site.url('/about')}']", FETCHING)
    made.crawls()
    assert made.lives == [("/returns", "open", "14 days")]
    return made


@pytest.mark.parametrize("why", FAILURES, ids=lambda why: why.value)
def test_a_failure_opens_and_closes_nothing_and_makes_a_page_blind(site: Any, watch: Any, why: BlindReason) -> None:
    before = watch.store.findings.find()
    read_at = watch.state(site.url("/returns")).read_at
    site.says("/about", RIGHT)
    FAILURES[why](site)
    kinds = []
    for _ in range(3):
        counts = watch.crawls(hours=25)  # what robots.txt said is kept for a day
        kinds.append([kind for kind in ("failed", "blind") if counts.get(kind)])
        assert watch.store.findings.find() == before
    assert kinds == [["failed"], ["failed"], ["blind"]]
    state = watch.state(site.url("/returns"))
    assert (state.blind, state.failures, state.blind_since, state.read_at) == (why, 3, watch.at(26), read_at)

    site.pages.pop("/robots.txt", None)
    site.says("/returns", WRONG)
    counts = watch.crawls(hours=25)
    assert counts == {"pages": 2, "unchanged": 2}
    state = watch.state(site.url("/returns"))
    assert (state.blind, state.failures, state.blind_since) == (None, 0, None)
    assert [one.state for one in watch.store.findings.find()] == ["open"]


@pytest.mark.parametrize("right", [True, False])
@pytest.mark.parametrize("why", NO_PAGE, ids=lambda why: why.value)
def test_a_page_that_is_no_more_takes_its_findings_along(site: Any, watch: Any, why: BlindReason, right: bool) -> None:
    site.asked.clear()
    site.answers("/returns", NO_PAGE[why])
    assert watch.crawls() == {"pages": 2, "unchanged": 1, "gone pages": 1, "gone": 1, "fetched twice": 1}
    assert site.counted()["/returns"] == 2
    assert watch.lives == [("/returns", "gone", "14 days")]
    assert watch.state(site.url("/returns")).gone_since == watch.at(2)
    assert watch.crawls() == {"pages": 2, "unchanged": 1, "gone pages": 1}
    site.says("/returns", RIGHT if right else WRONG)
    watch.crawls()
    assert [state for _, state, _ in watch.lives] == ["resolved" if right else "regressed"]
    assert watch.state(site.url("/returns")).gone_since is None


def test_a_page_that_is_missing_for_a_moment_is_not_gone(site: Any, watch: Any) -> None:
    page, asked = site.pages["/returns"], []

    def flickers(handler: Any) -> None:
        asked.append(1)
        status = 404 if len(asked) == 1 else 200
        body = b"" if status == 404 else page
        handler.send_response(status)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    site.pages["/returns"] = flickers
    watch.crawls()
    assert watch.lives == [("/returns", "open", "14 days")]
    assert watch.state(site.url("/returns")).gone_since is None


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://nowhere.invalid/{}", BlindReason.DNS),
        ("https://{host}/{{}}", BlindReason.TLS),
        ("http://127.0.0.1:9/{}", BlindReason.REFUSED),
    ],
    ids=["dns", "tls", "refused"],
)
def test_one_host_that_is_down_is_one_event(
    site: Any, watching: Callable[..., Any], address: str, why: BlindReason
) -> None:
    address = address.format("{}", host=site.address.partition("//")[2]) if "host" in address else address
    pages = [address.format(number) for number in range(40)]
    watch = watching(f"kind: urls, at: {pages}", FETCHING)
    assert watch.crawls() == {"pages": 40, "failed": 40, "unanswered": 40, "down": 1}
    assert {watch.state(page).blind for page in pages} == {why}
    assert watch.lives == []


def test_a_failure_that_passes_is_met_at_the_end_of_the_run(site: Any, watch: Any) -> None:
    page, asked = site.pages["/returns"], []

    def busy(handler: Any) -> None:
        asked.append(1)
        body = page if len(asked) > 1 else b""
        handler.send_response(200 if len(asked) > 1 else 503)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    site.pages["/returns"] = busy
    assert watch.crawls() == {"pages": 2, "unchanged": 2}


def test_a_clock_that_is_behind_what_is_remembered_reads_nothing(site: Any, watching: Callable[..., Any]) -> None:
    site.says("/returns", RIGHT)
    watch = watching(f"kind: urls, at: [{site.url('/returns')}]")
    watch.crawls()
    site.says("/returns", WRONG)
    with pytest.raises(
        InputError, match=r"the clock says 2026-10-31 10:00 UTC, and 'help' was read last on 2026-11-02"
    ):
        watch.crawls(hours=-48)
    assert watch.lives == []
    assert watch.crawls(hours=48 - 0.05) == {"pages": 1, "unchanged": 1}  # two machines
    assert watch.crawls()["open"] == 1
