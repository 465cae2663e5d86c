"""Runs of `drift` that end, each in a process of its own which the kernel ends when it takes more than its share; and
watches over a site on loopback."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from waiting import PATIENCE

from drift.assembly.watch import Watch
from drift.model.finding import PageState
from drift.settings import Settings, load
from drift.store import SqlStore, open_store

# Each run takes under 6 s and 250 MB on one core of 2026; anything quadratic takes minutes.
SECONDS = 20
BYTES = 1_500_000_000

POLICY = """\
policy: returns
owner: shop@larkspur.example
terms:
  - term: return-window
    says: Unused goods can be returned within 30 days of delivery.
    value: 30 days
    bound: at most
    topics: [return unused goods, send back goods]
    examples:
      silent: [The screen locks itself after 60 seconds.]
"""

RUNNER = f"""
import resource, signal, sys
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
resource.setrlimit(resource.RLIMIT_AS, ({BYTES}, {BYTES}))
if sys.argv[1] == "killed":
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
from drift.__main__ import main
sys.exit(main(sys.argv[2:]))
"""


@dataclass(frozen=True, slots=True)
class Run:
    """How a run ended, and the report it gave."""

    status: int
    report: dict[str, Any]

    @property
    def read(self) -> dict[str, str | None]:
        """File name -> None where it was read, or why it is blind."""
        return {Path(one["article"]).name: one["why"] for one in self.report["articles"]}


def _start(*arguments: str | bytes, mode: str = "", **options: Any) -> subprocess.Popen[bytes]:
    """A bounded `drift` in a process of its own."""
    command = [sys.executable, "-c", RUNNER, mode, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)


def _check(*arguments: str | bytes) -> Run:
    """The outcome of `drift check`, which says nothing on standard error."""
    process = _start("check", *arguments, "--format", "json")
    out, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode in (0, 1, 3), (process.returncode, errors.decode()[-2000:])
    assert errors == b""
    return Run(process.returncode, json.loads(out))


@pytest.fixture(scope="session")
def start() -> Callable[..., subprocess.Popen[bytes]]:
    """Starts a bounded `drift` with these arguments."""
    return _start


@pytest.fixture(scope="session")
def check() -> Callable[..., Any]:
    """Runs `drift check` with these arguments and gives its Run."""
    return _check


@pytest.fixture(scope="session")
def policy() -> str:
    """The text of one policy file."""
    return POLICY


@pytest.fixture
def policies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "policies"
    folder.mkdir()
    (folder / "returns.yaml").write_text(POLICY, encoding="utf-8")
    return folder


START = datetime(2026, 11, 2, 9, tzinfo=UTC)
Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """A site on loopback whose pages are changed while it serves: `site.says('/returns', 'within 30 days')`.

    `asked` has every request since it was cleared: (path, whether it named a version, whether it went past caches).
    """

    address: str = ""
    pages: dict[str, bytes | Answer] = field(default_factory=dict)
    asked: list[tuple[str, bool, bool]] = field(default_factory=list)
    etags: bool = True

    def url(self, path: str) -> str:
        return f"{self.address}{path}"

    def says(self, path: str, text: str, *, links: Iterable[str] = (), head: str = "", noise: str = "") -> None:
        """Publish an article. `head` and `noise` are markup that no reader sees."""
        linked = "".join(f'<p><a href="{link}">More about it</a></p>' for link in links)
        made = f"<html lang=en><head><title>{path}</title>{head}</head><body><main><h1>Goods</h1><p>{text}</p>{linked}"
        self.pages[path] = f"{made}</main><script>{noise}</script></body></html>".encode()

    def lists(self, *paths: str) -> None:
        """Publish a sitemap."""
        places = "".join(f"<url><loc>{self.url(path)}</loc></url>" for path in paths)
        made = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>'
        self.pages["/sitemap.xml"] = partial(_given, 200, {"Content-Type": "application/xml"}, made.encode())

    def answers(self, path: str, status: int, body: bytes = b"", **headers: str) -> None:
        """Answer with a status, `headers` by their names with '_' for '-', and bytes that are HTML unless they say."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = partial(_given, status, {"Content-Type": "text/html", **named}, body)

    def counted(self) -> dict[str, int]:
        """How often each page was asked for since the last time."""
        counts = Counter(path for path, _, _ in self.asked if path != "/robots.txt")
        self.asked.clear()
        return dict(counts)


def _given(status: int, headers: dict[str, str], body: bytes, handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            version = self.headers.get("If-None-Match")
            site.asked.append((self.path, version is not None, "no-cache" in self.headers.get("Cache-Control", "")))
            page = site.pages.get(self.path)
            if page is None:
                _given(404, {}, b"", self)
            elif callable(page):
                page(self)
            else:
                etag = f'"{hashlib.sha256(page).hexdigest()[:12]}"'
                named = {"ETag": etag} if site.etags else {}
                same = site.etags and version == etag
                _given(304 if same else 200, {"Content-Type": "text/html", **named}, b"" if same else page, self)

        def log_message(self, *_: object) -> None:
            return

    return Handler


@pytest.fixture
def site() -> Iterator[Site]:
    """A site without a page."""
    made = Site()
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(made)) as server:
        made.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield made
        server.shutdown()
        thread.join()


@dataclass
class Watching:
    """A watch over one source, 'help', whose clock is turned by hand: every pass is an hour after the last."""

    settings: Settings
    store: SqlStore
    now: datetime = START
    told: list[str] = field(default_factory=list)
    watch: Watch = field(init=False)

    def __post_init__(self) -> None:
        self.watch = Watch(
            self.settings,
            self.store,
            lambda: self.now,
            sleep=lambda _: None,
            dice=lambda: 0.0,
            workers=0,
            tell=lambda _, words: self.told.append(words),
        )

    def crawls(self, *, hours: float = 1, **options: Any) -> dict[str, int]:
        """Go over the source after some hours; what was counted, judging again included."""
        self.now += timedelta(hours=hours)
        counts: Counter[str] = Counter()
        for run in self.watch.crawl("help", **options):
            counts.update(run.counts)
        return dict(counts)

    def at(self, hours: float) -> datetime:
        return START + timedelta(hours=hours)

    @property
    def lives(self) -> list[tuple[str, str, str]]:
        """(path, state, published) of every finding."""
        found = self.store.findings.find()
        return [(urlsplit(one.article).path, one.state.value, one.statement.published) for one in found]

    def state(self, address: str) -> PageState:
        found = self.store.pages.state(address)
        assert found is not None
        return found


@pytest.fixture
def watching(policies: Path) -> Iterator[Callable[..., Watching]]:
    """`watching('{kind: urls, at: [...]}', fetching='{...}')`: a watch by such a drift.yaml, with its store."""
    with ExitStack() as opened:

        def begun(source: str, fetching: str = "{}", alerts: str = "") -> Watching:
            file = policies.parent / "drift.yaml"
            asked = "rate: unlimited, allow_private: [127.0.0.0/8]"
            given = fetching.strip("{}")
            text = f"sources:\n  - {{name: help, {source.strip('{}')}}}\n"
            file.write_text(f"{text}fetching: {{{asked}{', ' if given else ''}{given}}}\n{alerts}", encoding="utf-8")
            settings = load(file, {"HOOK": "https://desk.larkspur.example/", "KEY": "k3y"})
            made = Watching(settings, opened.enter_context(open_store(settings.store.address)))
            opened.callback(made.watch.close)
            return made

        yield begun
