"""A desk over the store of a watch, asked for in the process: the whole application, guard included."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from drift.assembly.desk import Policies, StoreDesk
from drift.store import open_store
from drift.web.app import application
from drift.web.guard import Application

_KEPT: dict[Path, Policies] = {}  # what is read of a folder once serves all tests of a process
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
PORT = 8470
HOST = f"127.0.0.1:{PORT}"
POLICIES = Path(__file__).parents[3] / "policies"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


class Browser:
    """Asks an application as a server would hand a request on."""

    def __init__(self, app: Application) -> None:
        self._app = app

    def get(self, address: str, *, method: str = "GET", headers: Mapping[str, str] | None = None) -> Answer:
        """The answer to a request; `headers` stand in place of the usual Host where they have one."""
        sent = {"host": HOST, **(headers or {})}
        return self.ask(address, method, [(name.encode(), value.encode("latin-1")) for name, value in sent.items()])

    def ask(self, address: str, method: str, headers: list[tuple[bytes, bytes]]) -> Answer:
        parts = urlsplit(address)
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(parts.path),
            "raw_path": parts.path.encode(),
            "query_string": parts.query.encode(),
            "root_path": "",
            "headers": headers,
            "server": ("127.0.0.1", PORT),
            "client": ("127.0.0.1", 50_000),
        }
        got: list[MutableMapping[str, Any]] = []

        async def receive() -> MutableMapping[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: MutableMapping[str, Any]) -> None:
            got.append(message)

        asyncio.run(self._run(scope, receive, send))
        body = b"".join(each.get("body", b"") for each in got[1:])
        return Answer(got[0]["status"], {key.decode(): value.decode() for key, value in got[0]["headers"]}, body)

    async def _run(self, *asked: Any) -> None:
        await self._app(*asked)


Opened = Callable[..., Browser]


@pytest.fixture
def opened() -> Iterator[Opened]:
    """`opened(url, policies)`: a browser at the desk over a store, which is closed at the end."""
    with ExitStack() as leaving:

        def one(url: str, policies: Path = POLICIES) -> Browser:
            store = leaving.enter_context(open_store(url, create=False))
            return Browser(application(StoreDesk(store, _KEPT.setdefault(policies, Policies(policies)), lambda: NOW)))

        yield one


@pytest.fixture
def browser(opened: Opened, told_store: Any) -> Browser:
    """At the desk over a watch of four pages: one wrong, one wrong that was not read last, one mended, one gone."""
    return opened(told_store.url)
