"""A help centre on loopback whose articles change, and what a watch of it should have found: for the long trials."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

from drift.model.finding import State, Transition

RIGHT = 30  # days: what the policy says
WRONG = (7, 10, 14, 21, 45, 60)

POLICY = f"""\
policy: returns
owner: shop@larkspur.example
terms:
  - term: return-window
    says: Unused goods can be returned within {RIGHT} days of delivery.
    value: {RIGHT} days
    bound: at most
    topics: [return unused goods, send back goods]
    customer_prefers: more
"""

SETTINGS = """\
sources:
  - name: help
    kind: sitemap
    at: {address}/sitemap.xml
    schedule: {{every: {every}}}
fetching: {{rate: {rate}, concurrency: 4, allow_private: [127.0.0.0/8]}}
"""


@dataclass
class Site:
    """Articles by number, each with every value it ever stated. `wait` is the longest an answer takes, in seconds."""

    pages: int
    wait: float = 0.02
    stuck: bool = False  # answers nothing any more
    requests: int = 0
    answered: int = 0
    values: list[list[int]] = field(default_factory=list)
    address: str = ""

    def __post_init__(self) -> None:
        self.values = [[RIGHT] for _ in range(self.pages)]

    def public(self, number: int) -> str:
        """The address of an article."""
        return f"{self.address}/articles/{number}"

    def change(self, number: int, dice: random.Random) -> int:
        """Let an article state another value: the right one half of the time. Gives the value."""
        now = self.values[number][-1]
        wrong = dice.choice([value for value in WRONG if value != now])
        value = wrong if now == RIGHT or dice.random() < 0.5 else RIGHT
        self.values[number].append(value)
        return value

    def answer(self, path: str) -> bytes | None:
        """The body at a path, None where there is none."""
        if path == "/sitemap.xml":
            named = "".join(f"<url><loc>{self.public(number)}</loc></url>" for number in range(self.pages))
            return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{named}</urlset>'.encode()
        if not path.startswith("/articles/"):
            return None
        number = int(path.rpartition("/")[2])
        return (
            f"<html lang=en><title>Returns at shop {number}</title><h1>Returns at shop {number}</h1>"
            f"<p>Shop {number} of Larkspur Mobile is open all week and glad to help with every order.</p>"
            f"<p>You can return unused goods within {self.values[number][-1]} days of delivery.</p></html>"
        ).encode()


@contextmanager
def served(site: Site) -> Iterator[Site]:
    """Serve a site on a free port."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.requests += 1
            while site.stuck:
                time.sleep(0.1)
            time.sleep(random.random() * site.wait)
            body = site.answer(self.path)
            tag = f'"{hash(body)}"'
            same = body is not None and self.headers.get("If-None-Match") == tag
            self.send_response(404 if body is None else 304 if same else 200)
            self.send_header("Content-Type", "application/xml" if self.path.endswith(".xml") else "text/html")
            self.send_header("ETag", tag)
            self.send_header("Content-Length", "0" if same else str(len(body or b"")))
            self.end_headers()
            if body and not same:
                self.wfile.write(body)
            site.answered += 1

        def log_message(self, *_: object) -> None: ...

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None: ...  # whoever asked was killed

    with Server(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        site.address = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield site
        finally:
            site.stuck = False
            server.shutdown()


def laid_out(folder: Path, site: Site, *, every: str = "1 second", rate: str = "unlimited") -> Path:
    """The policies and a drift.yaml in a folder. Gives the drift.yaml."""
    (folder / "policies").mkdir(exist_ok=True)
    (folder / "policies" / "returns.yaml").write_text(POLICY, encoding="utf-8")
    settings = folder / "drift.yaml"
    settings.write_text(SETTINGS.format(address=site.address, every=every, rate=rate), encoding="utf-8")
    return settings


def expected(values: list[int]) -> list[tuple[State, str]]:
    """What the history of a page's finding should tell of its values: the state after each, what was published."""
    told: list[tuple[State, str]] = []
    for before, value in pairwise(values):
        if value == RIGHT:
            told.append((State.RESOLVED, f"{value} days"))
        elif before == RIGHT:
            told.append((State.REGRESSED if told else State.OPEN, f"{value} days"))
        else:
            told.append((told[-1][0], f"{value} days"))
    return told


def told(history: tuple[Transition, ...]) -> list[tuple[State, str]]:
    """A history in the words of `expected`."""
    return [(one.after, str(one.published)) for one in history]
