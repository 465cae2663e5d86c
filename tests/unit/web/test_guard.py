"""What every request must be, and what every answer carries."""

from __future__ import annotations

from typing import Any

import pytest

from drift.model.errors import InputError
from drift.web.guard import HEADERS, Guard, names
from drift.web.listening import address, bound, shown

ADDRESSES = (
    "/", "/findings", "/findings.csv", "/findings/F-00000000", "/pages", "/pages/1", "/policies", "/nothing",
    "/policies/returns/window", "/healthz", "/static/desk.css", "/static/icon.svg", "/static/nothing",
)  # fmt: skip


def safe(answer: Any) -> bool:
    """Whether an answer carries what every answer carries, and each once."""
    return all(answer.headers.get(name) == value for name, value in HEADERS.items())


@pytest.mark.parametrize("asked", ADDRESSES)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_every_answer_is_dressed(browser: Any, asked: str, method: str) -> None:
    answer = browser.get(asked, method=method)
    assert answer.status in (200, 404)
    assert safe(answer)
    assert "server" not in answer.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"])
def test_the_desk_only_looks(browser: Any, method: str) -> None:
    answer = browser.get("/findings", method=method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")
    assert safe(answer)


@pytest.mark.parametrize("host", ["localhost:8470", "127.0.0.1:8470", "[::1]:8470", "LOCALHOST:8470"])
def test_its_own_names_are_answered(browser: Any, host: str) -> None:
    assert browser.get("/", headers={"host": host}).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "evil.example:8470", "localhost", "127.0.0.1", "localhost:80", "localhost:8470.evil.example",
        "localhost.evil.example:8470", "127.0.0.2:8470", "[::]:8470", "0.0.0.0:8470", "2130706433:8470", "",
        "user@localhost:8470", "localhost:8470, evil.example", "localhost:08470", "\xa0localhost:8470",
    ],
)  # fmt: skip
def test_no_other_name_is(browser: Any, host: str) -> None:
    answer = browser.get("/", headers={"host": host})
    assert answer.status == 421
    assert safe(answer)


@pytest.mark.parametrize("hosts", [[], ["127.0.0.1:8470", "127.0.0.1:8470"], ["127.0.0.1:8470", "evil.example"]])
def test_a_request_names_one_host(browser: Any, hosts: list[str]) -> None:
    answer = browser.ask("/", "GET", [(b"host", host.encode()) for host in hosts])
    assert answer.status == 400
    assert safe(answer)


@pytest.mark.parametrize(
    "name", ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-forwarded-anything"]
)
def test_nothing_that_came_through_a_proxy_is_answered(browser: Any, name: str) -> None:
    for asked in ADDRESSES:
        answer = browser.get(asked, headers={name: "127.0.0.1"})
        assert answer.status == 403
        assert safe(answer)


def test_a_browser_leaves_out_the_port_of_http() -> None:
    assert {"localhost", "localhost:80"} <= names(80)
    assert "localhost" not in names(8470)


def test_a_page_that_fails_is_dressed_and_tells_nothing(browser: Any, caplog: pytest.LogCaptureFixture) -> None:
    async def failing(*_: object) -> None:
        raise ValueError("a secret of the page")

    answer = type(browser)(Guard(failing)).get("/")
    assert answer.status == 500
    assert safe(answer)
    assert "secret" not in answer.text
    assert "a page of the desk failed" in caplog.text


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("127.0.0.1:8470", ("127.0.0.1", 8470)),
        ("localhost:0", ("127.0.0.1", 0)),
        (" [::1]:9000 ", ("::1", 9000)),
    ],
)
def test_an_address_of_this_machine(text: str, where: tuple[str, int]) -> None:
    assert address(text) == where


@pytest.mark.parametrize(
    "text", ["0.0.0.0:8470", "192.0.2.1:80", "[::]:1", "desk.larkspur.example:8470", ":8470", "::1:8470"]
)
def test_any_other_is_refused_and_why(text: str) -> None:
    with pytest.raises(InputError, match="it has no login yet"):
        address(text)


@pytest.mark.parametrize(
    "text", ["", "8470", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", "127.0.0.1:-1"]
)
def test_what_is_no_address_is_told(text: str) -> None:
    with pytest.raises(InputError, match="is no address to listen on"):
        address(text)


def test_a_port_that_is_taken_is_told() -> None:
    with bound(address("127.0.0.1:0")) as first:
        port = first.getsockname()[1]
        with pytest.raises(InputError, match=f"cannot listen on 127.0.0.1:{port}: another program listens there"):
            bound(address(f"127.0.0.1:{port}"))
    assert shown(address("[::1]:80")) == "[::1]:80"
