"""What a page of the desk costs the server, with a store as large as they get.

    python tests/bench/bench_desk.py [--pages 20000] [--findings 5000] [--terms 500] [--json]

The whole application is asked in this process, guard, flows, store and templates included, and its CPU time counted,
threads and all: ROUNDS times a page, of which the median is told, and beside it what `/healthz` takes, which asks
nothing. The first round is not counted: it compiles templates and reads the policies.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Iterator, MutableMapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from drift.assembly.desk import Policies, StoreDesk
from drift.engine import reading
from drift.findings import text_of
from drift.model import Diagnosis, Outcome, Page, Severity, Snapshot
from drift.model.errors import BlindReason
from drift.model.finding import Finding, PageState, Reading, State, Transition
from drift.model.memory import PageOutcome
from drift.model.statement import Cause, Statement
from drift.store import open_store
from drift.web.app import application
from drift.web.guard import Application

ROUNDS = 9
BATCH = 500
STATED = 4  # statements of a page
OF_A_POLICY = 10  # terms
SOURCES = ("help", "shop", "forum")
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
STATES = (State.OPEN, State.RESOLVED, State.OPEN, State.GONE, State.SUSPECTED, State.OPEN, State.ACKNOWLEDGED)
TERM = """\
  - term: rule-{n}
    says: The charge for service {n} is 12.50 pounds.
    value: £12.50
    topics: [charge for service {n}]
"""


def write_policies(folder: Path, terms: int) -> None:
    """A policy file for every few of the terms."""
    for number in range(0, terms, OF_A_POLICY):
        text = "".join(TERM.format(n=n) for n in range(number, min(terms, number + OF_A_POLICY)))
        name = f"policy-{number // OF_A_POLICY}"
        head = f"policy: {name}\ntitle: Charges {number}\nowner: team-{number % 7}@larkspur.example\n"
        (folder / f"{name}.yaml").write_text(f"{head}terms:\n{text}", encoding="utf-8")


def seed(url: str, pages: int, findings: int, terms: int) -> None:
    """A store of so many pages and findings; one page in a hundred is blind."""
    outcomes: list[PageOutcome] = []
    with open_store(url) as store:
        for number in range(pages):
            outcomes.append(_outcome(number, number < findings, terms))
            if len(outcomes) == BATCH or number == pages - 1:
                store.record(outcomes)
                outcomes.clear()


def _outcome(number: int, found: bool, terms: int) -> PageOutcome:
    page = Page(f"https://help.larkspur.example/{number % 40}/article-{number}")
    stated = [_statement((number + at * 7) % terms, at, found and not at) for at in range(STATED)]
    paragraphs = "\n\n".join(f"{each.quote} It was last looked at by team {number}." for each in stated)
    snapshot = Snapshot(page, f"# Article {number}\n\n{paragraphs}\n".encode(), "text/markdown", "utf-8", 200)
    snapshot = replace(snapshot, fetched_at=NOON, final_url=page.address)
    text = text_of(reading.read(snapshot))
    blind = BlindReason.TIMEOUT if number % 100 == 99 else None
    state = PageState(
        page, SOURCES[number % 3], text=text, first_read=NOON, read_at=NOON, full_read_at=NOON, tried_at=NOON,
        failures=9 if blind else 0, blind=blind, blind_since=NOON if blind else None,
    )  # fmt: skip
    read = Reading(page, NOON, text, "p", "r", f"Article {number}", tuple(stated), claims=STATED)
    if not found:
        return PageOutcome(state, read, snapshot)
    finding, made = _finding(number, page, stated[0], text)
    return PageOutcome(state, read, snapshot, None, (finding,), (made,))


def _statement(term: int, at: int, wrong: bool) -> Statement:
    value = "£9.00" if wrong else "£12.50"
    quote = f"The charge for service {term} is {value} a month, whatever else you have with us."
    policy, name = f"policy-{term // OF_A_POLICY}", f"rule-{term}"
    return Statement(
        f"s{at}", policy, name, Outcome.DIVERGES if wrong else Outcome.AGREES, "GBP 9.00" if wrong else "GBP 12.50",
        "GBP 12.50", quote, quote.replace(value, "◊"), 1, quote, value, quote.index(value), 0.97,
        because=f"names 'charge for service {term}'", diagnosis=Diagnosis.WRONG if wrong else None,
        severity=tuple(Severity)[term % 4], published_text=value, expected_text="£12.50",
    )  # fmt: skip


def _finding(number: int, page: Page, said: Statement, text: str) -> tuple[Finding, Transition]:
    state = STATES[number % len(STATES)]
    at = NOON - timedelta(hours=number % 5_000)
    if state is State.SUSPECTED:
        said = replace(said, outcome=Outcome.SUSPECT)
    name = f"F-{number:08x}"
    finding = Finding(
        name, said.slot, said.policy, said.term, page.public, state, said, Cause.PAGE, at, at, at,
        last_agreed=at - timedelta(days=1), before=replace(said, outcome=Outcome.AGREES), text=text,
    )  # fmt: skip
    return finding, Transition(name, at, None, state, None, Cause.PAGE, said.published, said.expected)


ADDRESSES = {
    "health": "/healthz",
    "front": "/",
    "findings": "/findings",
    "all findings": "/findings?state=all",
    "findings, searched": "/findings?state=all&words=article+service&sort=newest&page=30",
    "findings, filtered": "/findings?owner=team-3%40larkspur.example&severity=high&source=shop",
    "a finding": "/findings/F-00000000",
    "pages to mend": "/pages",
    "all pages": "/pages?kind=&page=200",
    "pages, searched": "/pages?kind=&words=article-19",
    "blind pages": "/pages?kind=blind",
    "a page": "/pages/100",
    "policies": "/policies",
    "a term": "/policies/policy-3/rule-30",
}


def measure(folder: Path, pages: int, findings: int, terms: int) -> dict[str, float]:
    """CPU milliseconds of each page, the median."""
    (folder / "policies").mkdir()
    write_policies(folder / "policies", terms)
    url = f"sqlite:///{folder / 'drift.db'}"
    seed(url, pages, findings, terms)
    with open_store(url, create=False) as store:
        app = application(StoreDesk(store, Policies(folder / "policies"), lambda: NOON))
        return asyncio.run(_all(app))


async def _all(app: Application) -> dict[str, float]:
    return {name: await _median(app, address) for name, address in ADDRESSES.items()}


async def _median(app: Application, address: str) -> float:
    taken = []
    for _ in range(ROUNDS + 1):
        start = time.process_time()
        status = await _ask(app, address)
        taken.append((time.process_time() - start) * 1e3)
        if status != 200:
            raise RuntimeError(f"{address}: {status}")
    return statistics.median(taken[1:])


async def _ask(app: Application, address: str) -> int:
    path, _, query = address.partition("?")
    got: list[int] = []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        if "status" in message:
            got.append(message["status"])

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
        "path": path, "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
        "headers": [(b"host", b"127.0.0.1:8470")], "server": ("127.0.0.1", 8470), "client": ("127.0.0.1", 5),
    }  # fmt: skip
    await app(scope, receive, send)
    return got[0]


def table(measured: dict[str, float]) -> str:
    """The figures for people."""

    def lines() -> Iterator[str]:
        yield f"{'page':<22}{'CPU ms':>10}{'times health':>15}"
        for name, taken in measured.items():
            yield f"{name:<22}{taken:>10.1f}{taken / measured['health']:>15.0f}"

    return "\n".join(lines())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--findings", type=int, default=5_000)
    parser.add_argument("--terms", type=int, default=500)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measured = measure(Path(folder), asked.pages, asked.findings, asked.terms)
    if asked.json:
        print(json.dumps({"milliseconds": measured, "table": table(measured)}))
    else:
        print(table(measured))


if __name__ == "__main__":
    main()
