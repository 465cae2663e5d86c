"""What following statements through real histories finds: a finding for each change of value, and for nothing else.

    python tests/eval/replayed.py FOLDER [--half a] [--bar 0.9] [--show]

FOLDER holds cases as `labelled.py` reads them. The quiet versions of each, then the one before its change and the one
after it, are read a week apart, each its own confirmation. Wanted is every (term, value) that is labelled as diverging
after the change and not before; any other finding is false, debatable ones apart. `--show` prints half a alone.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from labelled import policies_of

from drift import findings, kinds, languages, reading
from drift.findings import Memory, follow, take
from drift.flows.readings import reading_of
from drift.model import Article, Finding, Page, Snapshot
from drift.pipeline import Standard, judge

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
        memory = memory.after(take(memory, one), at)
    return memory


def spelled(value: str) -> str:
    """A value so that the same ones are spelled alike: 12 months and 1 year are told apart by nobody."""
    try:
        return kinds.show(kinds.parse(value))
    except ValueError:
        return value


def said(version: dict[str, Any], verdict: str, *, sure: bool) -> set[tuple[str, str]]:
    return {
        (label["term"], spelled(str(label["value"])))
        for label in version["statements"]
        if label["verdict"] == verdict and not (sure and label.get("optional"))
    }


def case_figures(folder: Path, case: dict[str, Any], show: bool, cold: bool) -> tuple[int, int, int]:
    """(wanted, found, false) of one case."""
    before, after = case["versions"][0], case["versions"][-1]
    quiet = [version for version in case.get("quiet") or [] if isinstance(version, dict)]
    articles = [article_of(folder, version) for version in (*quiet, before, after)]
    standard = Standard(policies_of(case), START.date(), languages.load)
    memory = replayed(articles, standard, followed=not cold)
    want = said(after, "diverges", sure=True) - said(before, "diverges", sure=False)
    got: dict[tuple[str, str], Finding] = {
        (finding.term, spelled(finding.statement.published)): finding for finding in memory.findings
    }
    allowed = said(after, "diverges", sure=False) | said(before, "diverges", sure=False)
    if show and case["half"] == "a":
        for row in sorted(want - set(got)):
            print(case["case"], "MISSED", *row, sep="\t")
        for row in sorted(set(got) - allowed):
            one = got[row].statement
            print(case["case"], "FALSE", *row, one.followed, one.confidence, one.quote[:300], sep="\t")
            print("     before:", got[row].before and got[row].before.quote[:300])
    return len(want), len(want & set(got)), len(set(got) - allowed)


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", type=Path)
    ask.add_argument("--half", default="", help="a or b; both where it is not given")
    ask.add_argument("--bar", type=float, default=follow.BAR)
    ask.add_argument("--cold", action="store_true", help="follow nothing: what every version says on its own")
    ask.add_argument("--show", action="store_true")
    args = ask.parse_args()
    follow.BAR = args.bar
    wanted = found = false = 0
    for path in sorted(args.folder.glob("*.yaml")):
        case = yaml.safe_load(path.read_text(encoding="utf-8"))
        if args.half not in ("", case["half"]) or case["change"] == "site" or len(case["versions"]) < 2:
            continue
        figures = case_figures(args.folder, case, args.show, args.cold)
        wanted, found, false = wanted + figures[0], found + figures[1], false + figures[2]
    print(json.dumps({"bar": args.bar, "wanted": wanted, "found": found, "false": false}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
