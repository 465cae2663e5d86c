"""What passes over a help centre cost, against fetching and reading the same pages in a bare loop.

    python tests/bench/bench_crawl.py [--pages 2000] [--rounds 3] [--terms 85] [--json]

The server is a process of its own on loopback, rate limits are off. Of 25 pages 24 agree with the policies or state
nothing, and one diverges: a help centre that is looked after. In every round a bare loop fetches and reads some pages,
a first pass over all of them fills a new store, a second one is answered 304 throughout, and a third one gets other
bytes with the same text. The first pass is held against the loop by the clock, in pages a second; the others by CPU
time a page: against parsing a page with lxml.html, and against the loop. Each is the best of the rounds. Memory is the
most that `drift crawl` takes in a first pass.
"""

from __future__ import annotations

import argparse
import json


def table(result: dict[str, float]) -> str:
    return "\n".join(
        (
            f"{result['pages']:.0f} pages, {result['workers']:.0f} processes that read",
            f"one lxml.html parse        {result['parse']:6.2f} ms",
            f"fetched and read, bare     {result['bare']:6.2f} ms {result['bare pages/s']:6.0f} pages/s",
            f"first pass                 {result['first']:6.2f} ms {result['first pages/s']:6.0f} pages/s"
            f"   {result['speed']:.2f} of the bare loop",
            f"second pass, answered 304  {result['same']:6.2f} ms   {result['same of a parse']:.2f} parses",
            f"other bytes, the same text {result['other bytes']:6.2f} ms"
            f"   {result['other bytes of the loop']:.2f} times fetching and reading",
            f"memory at most             {result['memory']:6.0f} MB",
        )
    )


def main() -> None:
    """Print the figures, as a table or as JSON."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--pages", type=int, default=2000)
    ask.add_argument("--rounds", type=int, default=3)
    ask.add_argument("--terms", type=int, default=85)
    ask.add_argument("--json", action="store_true")
    args = ask.parse_args()
    from passes import measure  # here, because a process that reads imports again what this file imports

    result = measure(args.pages, args.rounds, args.terms)
    print(json.dumps(result | {"table": table(result)}) if args.json else table(result))


if __name__ == "__main__":
    main()
