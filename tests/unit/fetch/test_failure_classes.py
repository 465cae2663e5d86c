"""Every way in which a page on the web can be blind has a class of its own, raised here by a real server."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import trustme
import yaml

from drift.engine import languages
from drift.engine.pipeline import Standard, examine
from drift.fetch.client import Client
from drift.fetch.gate import Gate
from drift.fetch.limits import Limits
from drift.fetch.polite_client import PoliteClient, Retries
from drift.model import Page, Registry, Snapshot
from drift.model.errors import BlindReason, FetchError

FIXTURES = Path(__file__).parents[3] / "fixtures" / "blind"
CASES: list[dict[str, Any]] = yaml.safe_load((FIXTURES / "cases.yaml").read_text(encoding="utf-8"))
OF_FILES = {BlindReason.MISSING}
NO_ANSWER = {BlindReason.FAULT, BlindReason.REPLACED}  # what no single answer of a server raises
NO_RULES = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"
MakeClient = Callable[..., Client]
MakeCourier = Callable[..., PoliteClient]
Serve = Callable[..., Any]


def outcome(courier: PoliteClient, address: str) -> BlindReason | None:
    try:
        snapshot = courier.fetch(Page(address))
    except FetchError as error:
        return error.reason
    assert isinstance(snapshot, Snapshot)
    standard = Standard(Registry(()), date(2026, 11, 21), languages.load)
    return examine(snapshot, standard).blind


def answer(case: dict[str, Any]) -> bytes:
    body = bytes.fromhex(str(case["bytes"])) if "bytes" in case else (FIXTURES / case["page"]).read_bytes()
    headers = {"content-type": "text/html", "content-length": str(len(body))} | case.get("headers", {})
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {case['status']}\r\n{head}\r\n".encode() + body


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_a_server_sends(serve: Serve, courier: MakeCourier, case: dict[str, Any]) -> None:
    server = serve({"/robots.txt": NO_RULES, "/page": answer(case)})
    assert outcome(courier(), server.url("/page")) == case["why"]


def dns(serve: Serve, client: MakeClient, courier: MakeCourier) -> BlindReason | None:
    def nowhere(_host: str, _port: int) -> list[str]:
        raise OSError("no such host")

    return outcome(courier(client(gate=Gate(resolve=nowhere))), serve(OK).url())


def refused(serve: Serve, client: MakeClient, courier: MakeCourier) -> BlindReason | None:
    server = serve(OK)
    server.close()
    return outcome(courier(client()), server.url())


def tls(serve: Serve, client: MakeClient, courier: MakeCourier) -> BlindReason | None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("help.larkspur.example").configure_cert(context)
    stranger = ssl.create_default_context()  # which trusts other authorities
    return outcome(courier(client(tls=stranger)), serve(OK, tls=context).url(scheme="https"))


def timeout(serve: Serve, client: MakeClient, courier: MakeCourier) -> BlindReason | None:
    def silent(_send: Callable[[bytes], None], stop: threading.Event) -> None:
        stop.wait()

    limits = Limits(read=3.0)  # in which the rules of robots.txt have to come
    once = Retries(attempts=1, first=1.0, patience=60.0)
    return outcome(courier(client(limits=limits), retries=once), serve({"/robots.txt": NO_RULES, "*": silent}).url())


def private(serve: Serve, client: MakeClient, courier: MakeCourier) -> BlindReason | None:
    return outcome(courier(client(gate=Gate(resolve=lambda _host, _port: ["127.0.0.1"]))), serve(OK).url())


def robots(serve: Serve, client: MakeClient, courier: MakeCourier) -> BlindReason | None:
    rules = b"User-agent: *\nDisallow: /"
    said = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%b" % (len(rules), rules)
    return outcome(courier(client()), serve({"/robots.txt": said, "*": OK}).url())


def robots_unreachable(serve: Serve, client: MakeClient, courier: MakeCourier) -> BlindReason | None:
    oops = b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"
    return outcome(courier(client()), serve({"/robots.txt": oops, "*": OK}).url())


CONNECTIONS = {
    BlindReason.DNS: dns,
    BlindReason.REFUSED: refused,
    BlindReason.TLS: tls,
    BlindReason.TIMEOUT: timeout,
    BlindReason.PRIVATE: private,
    BlindReason.ROBOTS: robots,
    BlindReason.ROBOTS_UNREACHABLE: robots_unreachable,
}


@pytest.mark.parametrize("reason", CONNECTIONS)
def test_what_keeps_from_a_server(serve: Serve, client: MakeClient, courier: MakeCourier, reason: BlindReason) -> None:
    assert CONNECTIONS[reason](serve, client, courier) is reason


def test_every_class_is_raised_here() -> None:
    raised = {case["why"] for case in CASES} | set(CONNECTIONS)
    assert set(BlindReason) - OF_FILES - NO_ANSWER == raised - {None}


def test_every_page_is_used() -> None:
    assert {case.get("page") for case in CASES} - {None} == {path.name for path in FIXTURES.glob("*.html")}
