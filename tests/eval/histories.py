"""What following statements through real histories finds: a finding for each change of value, and for nothing else.

    python tests/eval/histories.py FOLDER [--half a] [--bar 0.9] [--show]

FOLDER holds cases as `labelled.py` reads them. The quiet versions of each, then the one before its change and the one
after it, are read a week apart, each its own confirmation. Wanted is every (term, value) that is labelled as diverging
after the change and not before; any other finding is false, debatable ones apart. `--show` prints half a alone.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from labelled import policies_of

from drift import findings
from drift.engine import kinds, languages, reading
from drift.engine.pipeline import Standard, judge
from drift.findings import Memory, follow, take
from drift.model import Article, Page, Snapshot
from drift.model.values import Comparison, Unit, Value
from drift.watch.readings import reading_of

Said = tuple[str, Value]  # a term and the value that is said of it
START = datetime(2025, 1, 6, tzinfo=UTC)


def article_of(folder: Path, version: dict[str, Any]) -> Article:
    text = (folder / version["file"]).read_text(encoding="utf-8")
    if (version.get("path") or "").endswith(".json"):
        page = json.loads(text)
        text = f"# {page['title']}\n\n{page['content']}\n"
    return reading.read(Snapshot(Page("article.md"), text.encode(), "text/markdown"))


def replayed(articles: list[Article], standard: Standard, followed: bool = True) -> Memory:
    """What is remembered of a page after all its versions."""
    memory = Memory()
    for week, article in enumerate(articles):
        at = START + timedelta(weeks=week)
        known = findings.followed(memory) if followed else ()
        examined = judge(article, standard, known)
        text = findings.text_of(article)
        one = reading_of(examined, at, standard.registry, standard.as_of, text=text, policies="", reader="")
        memory = memory.after(take(memory, one), one)
    return memory


def spelled(case: dict[str, Any], term: str, value: str) -> Value:
    """A value of a term, as the labels tell values apart: without what it is per, or what it counts."""
    own = next(kinds.parse(str(one["value"])).kind for one in case["registry"] if one["term"] == term)
    try:
        read = kinds.parse(value, kind=own)
    except ValueError:
        read = kinds.parse(value)
    return replace(read, per=(), unit=Unit("") if read.kind == "count" else read.unit)


def said(case: dict[str, Any], version: dict[str, Any], verdict: str, *, sure: bool) -> list[Said]:
    return [
        (label["term"], spelled(case, label["term"], str(label["value"])))
        for label in version["statements"]
        if label["verdict"] == verdict and not (sure and label.get("optional"))
    ]


def among(one: Said, others: list[Said]) -> bool:
    return any(one[0] == term and kinds.compare(one[1], value) is Comparison.SAME for term, value in others)


def case_figures(folder: Path, case: dict[str, Any], show: bool, cold: bool) -> tuple[int, int, int]:
    """(wanted, found, false) of one case."""
    before, after = case["versions"][0], case["versions"][-1]
    quiet = [version for version in case.get("quiet") or [] if isinstance(version, dict)]
    articles = [article_of(folder, version) for version in (*quiet, before, after)]
    standard = Standard(policies_of(case), START.date(), languages.load)
    memory = replayed(articles, standard, followed=not cold)
    wrong_before = said(case, before, "diverges", sure=False)
    want: list[Said] = []
    for one in said(case, after, "diverges", sure=True):
        if not among(one, wrong_before) and not among(one, want):
            want.append(one)
    allowed = said(case, after, "diverges", sure=False) + wrong_before
    held = [finding for finding in memory.findings if finding.held]
    got = [(one.term, spelled(case, one.term, one.statement.published)) for one in held]
    missed = [one for one in want if not among(one, got)]
    false = [finding for one, finding in zip(got, held, strict=True) if not among(one, allowed)]
    if show and case["half"] == "a":
        for term, value in missed:
            print(case["case"], "MISSED", term, kinds.show(value), sep="\t")
        for finding in false:
            print(case["case"], "FALSE", finding.term, finding.statement.published, finding.statement.quote, sep="\t")
    return len(want), len(want) - len(missed), len(false)


def figures(folder: Path, half: str = "", *, show: bool = False, cold: bool = False) -> tuple[int, int, int]:
    """(wanted, found, false) of all cases of a half, of both where none is named."""
    totals = [0, 0, 0]
    for path in sorted(folder.glob("*.yaml")):
        case = yaml.safe_load(path.read_text(encoding="utf-8"))
        if half not in ("", case["half"]) or case["change"] == "site" or len(case["versions"]) < 2:
            continue
        totals = [total + more for total, more in zip(totals, case_figures(folder, case, show, cold), strict=True)]
    return totals[0], totals[1], totals[2]


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", type=Path)
    ask.add_argument("--half", default="", help="a or b; both where it is not given")
    ask.add_argument("--bar", type=float, default=follow.BAR)
    ask.add_argument("--cold", action="store_true", help="follow nothing: what every version says on its own")
    ask.add_argument("--show", action="store_true")
    args = ask.parse_args()
    follow.BAR = args.bar
    wanted, found, false = figures(args.folder, args.half, show=args.show, cold=args.cold)
    print(json.dumps({"bar": args.bar, "wanted": wanted, "found": found, "false": false}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
