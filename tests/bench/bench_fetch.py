"""What fetching costs the client, against parsing the same bytes with lxml.html; and whether to fetch ahead.

    python tests/bench/bench_fetch.py [--pages 100] [--json]

The server is a process of its own on loopback, rate limits are off. Costs are CPU time of this process for one page,
the quickest of ROUNDS: of a page that is the same (304), of one that comes whole (200), both through the courier with
robots.txt, pace and outages. Pages a second are by the clock, for fetching and reading every page, one after another
and with pages on their way; once from this machine and once from a server that takes 20 ms to answer.
"""

from __future__ import annotations

import argparse
import json
import random
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path

import lxml.html
from make_pages import make_pages

from drift.engine import reading
from drift.fetch.client import Client
from drift.fetch.delivery import ahead
from drift.fetch.gate import Gate
from drift.fetch.pace import Tempo
from drift.fetch.polite_client import PoliteClient
from drift.model import Page, Snapshot, Validators

HERE = Path(__file__).resolve().parent
ROUNDS = 5
DISTANT = 0.02  # seconds


@contextmanager
def served(folder: Path, wait: float = 0.0) -> Iterator[str]:
    """The address of a server of a folder's files."""
    command = [sys.executable, str(HERE / "serve_pages.py"), str(folder), "--wait", str(wait)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield f"http://127.0.0.1:{server.stdout.readline().strip()}"
        finally:
            server.terminate()


def courier() -> PoliteClient:
    def now() -> datetime:
        return datetime.now(UTC)

    tls = ssl.create_default_context()
    client = Client(now, gate=Gate(allow=(ip_network("127.0.0.0/8"),)), tls=tls)
    tempo = Tempo(rate=None, together=4)
    return PoliteClient(client, now, timer=time.monotonic, sleep=time.sleep, dice=random.random, tempo=tempo)


def cost(work: Callable[[], None], pages: int, timer: Callable[[], float] = time.process_time) -> float:
    """Milliseconds for one page, in the quickest round."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = timer()
        work()
        best = min(best, timer() - start)
    return best * 1000 / pages


def measure(count: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        files = make_pages(folder, count)
        bodies = [file.read_bytes() for file in files]
        result = {"bytes": sum(map(len, bodies)) / count}

        def parse() -> None:
            for body in bodies:
                lxml.html.document_fromstring(body)

        with served(folder) as address:
            pages = [Page(f"{address}/{file.name}") for file in files]
            polite = courier()
            known = Validators('"1"')

            def same() -> None:
                for page in pages:
                    polite.fetch(page, known)

            def whole() -> None:
                for page in pages:
                    polite.fetch(page)

            result["parse"] = cost(parse, count)
            result["304"] = cost(same, count)
            result["200"] = cost(whole, count)
            result["parse"] = min(result["parse"], cost(parse, count))
            result |= {f"near, {how}": value for how, value in throughput(polite, pages).items()}
        with served(folder, DISTANT) as address:
            pages = [Page(f"{address}/{file.name}") for file in files]
            result |= {f"distant, {how}": value for how, value in throughput(courier(), pages).items()}
    result["ratio"] = result["304"] / result["parse"]
    return result


def throughput(polite: PoliteClient, pages: list[Page]) -> dict[str, float]:
    """Pages a second, fetched and read."""

    def in_turn() -> None:
        for page in pages:
            snapshot = polite.fetch(page)
            assert isinstance(snapshot, Snapshot)
            reading.read(snapshot)

    def on_their_way() -> None:
        left = iter(pages)
        for delivery in ahead(lambda: next(left, None), polite.fetch):
            assert isinstance(delivery.got, Snapshot)
            reading.read(delivery.got)

    return {
        "one after another": 1000 / cost(in_turn, len(pages), time.perf_counter),
        "fetched ahead": 1000 / cost(on_their_way, len(pages), time.perf_counter),
    }


def table(result: dict[str, float]) -> str:
    rows = [
        f"pages of {result['bytes'] / 1000:.0f} kB",
        f"one lxml.html parse    {result['parse']:6.2f} ms",
        f"a 304                  {result['304']:6.2f} ms   {result['ratio']:.2f} parses",
        f"a 200                  {result['200']:6.2f} ms   {result['200'] / result['parse']:.2f} parses",
    ]
    ways = [(where, how) for where in ("near", "distant") for how in ("one after another", "fetched ahead")]
    rows += [f"{where}, {how:17}  {result[f'{where}, {how}']:6.0f} pages/s" for where, how in ways]
    return "\n".join(rows)


def main() -> None:
    """Print the figures, as a table or as JSON."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--pages", type=int, default=100)
    ask.add_argument("--json", action="store_true")
    args = ask.parse_args()
    result = measure(args.pages)
    print(json.dumps(result | {"table": table(result)}) if args.json else table(result))


if __name__ == "__main__":
    main()
