"""Score drift against labelled pages of the project's own.

    python tests/eval/score.py [--root DIR] [--topic NAME] [--show] [--json] [--reversed]

Each topic is one run of `check` over its pages, on a fixed day. What is said is held against the labels page by page,
by (term, value); equal values count as one ('48 hours' and '2 days'). Figures:

    drift recall         labelled divergences reported as such for the right term and value
    caught recall        those reported as divergences or as suspects
    drift precision      reported divergences that are labelled ones; one about anything unlabelled is a false alarm
    agreement recall, agreement precision      the same for agreements
    diagnosis            of the divergences found whose label names a diagnosis, those with the right one
    false alarms         false divergences per 100 pages
    suspects             suspects per 100 pages

`suspect` and `unclear` count neither for nor against: abstaining costs recall, guessing costs precision.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from corpus import ROOT, Case, Label, load

from drift.assembly import check as check_room
from drift.assembly import registry as registry_room
from drift.assembly.check import CheckOptions
from drift.engine import kinds
from drift.model import Diagnosis, Examined, Outcome, Term
from drift.model.values import Comparison, Value

AS_OF = date(2026, 11, 21)  # the day the labels were written for
JUDGED = (Outcome.DIVERGES, Outcome.AGREES)
CAUGHT = (Outcome.DIVERGES, Outcome.SUSPECT)
WORDS = {Outcome.DIVERGES: "drift", Outcome.AGREES: "agreement"}


@dataclass(frozen=True, slots=True)
class Said:
    """One statement as drift reports it, by term and value; repeated ones are one."""

    term: str
    value: Value
    outcome: Outcome
    diagnosis: Diagnosis | None

    def meets(self, label: Label) -> bool:
        """Whether this is what the label says, diagnosis apart."""
        return self.outcome is label.verdict and self.is_about(label)

    def is_about(self, label: Label) -> bool:
        """Whether this is said of what the label is about."""
        return self.term == label.term and kinds.compare(self.value, label.value) is Comparison.SAME


@dataclass(slots=True)
class Tally:
    """Counts by group ('all', 'kind: money', 'structure: table') and by name, and the rows to study."""

    counts: dict[str, Counter[str]]
    rows: list[tuple[str, ...]]

    def add(self, groups: Iterable[str], name: str, number: int = 1) -> None:
        """Count something in every group it belongs to."""
        for group in groups:
            self.counts.setdefault(group, Counter())[name] += number


def score(cases: Iterable[Case], root: Path = ROOT, *, backwards: bool = False) -> Tally:
    """Check every topic and count; `backwards`, the last page first.

    Raises InputError for a registry that does not load, and KeyError for a label that names none of its terms.
    """
    tally = Tally({}, [])
    for topic, group in groupby(cases, key=lambda case: case.topic):
        pages = {case.name: case for case in group}
        policies = root / topic / "policies"
        terms = {term.name: term for term in registry_room.registry(policies).terms}
        found = {examined.page.address: examined for examined in _checked(policies, pages.values(), backwards)}
        for _, examined in sorted(found.items()):
            case = pages[Path(examined.page.address).stem]
            if examined.blind:
                tally.rows.append((f"{topic}/{case.name}", "BLIND", str(examined.blind), examined.detail))
                tally.add(["all"], "blind")
            _count(case, terms, _said(examined), tally)
    return tally


def _checked(policies: Path, cases: Iterable[Case], backwards: bool) -> tuple[Examined, ...]:
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, f"{case.name}.{case.fmt}") for case in cases]
        for file, case in zip(files, cases, strict=True):
            file.write_text(case.page, encoding="utf-8")
        sources = tuple(map(str, reversed(files) if backwards else files))
        options = CheckOptions(sources, policies, as_of=AS_OF)
        return check_room.check(options, lambda: datetime(2026, 11, 21, 12, tzinfo=UTC)).examined


def _said(examined: Examined) -> list[Said]:
    said: list[Said] = []
    for verdict in examined.verdicts:
        if verdict.match.term is None:
            continue
        one = Said(verdict.match.term.name, verdict.match.claim.value, verdict.outcome, verdict.diagnosis)
        if not any(_same(one, other) for other in said):
            said.append(one)
    return said


def _same(one: Said, other: Said) -> bool:
    return (one.term, one.outcome) == (other.term, other.outcome) and (
        kinds.compare(one.value, other.value) is Comparison.SAME
    )


def _count(case: Case, terms: Mapping[str, Term], said: list[Said], tally: Tally) -> None:
    place = f"{case.topic}/{case.name}"
    page = ["all", *_pairs(case, f"structure: {case.structure}"), case.length, f"topic: {case.topic}"]
    page += [f"stance: {stance}" for stance in case.stances] + [f"about: {tag}" for tag in case.about]
    tally.add(page, "pages")
    for label in case.labels:
        if label.optional or label.verdict not in JUDGED:
            continue
        groups, word = [*page, *_pairs(case, f"kind: {terms[label.term].kind}")], WORDS[label.verdict]
        tally.add(groups, f"{word} wanted")
        named = any(one.is_about(label) and one.outcome in CAUGHT for one in said)
        tally.add(groups, f"{word} caught", int(named))
        hit = next((one for one in said if one.meets(label)), None)
        if hit is None:
            tally.rows.append((place, "MISSED", word, label.term, kinds.show(label.value), _instead(label, said)))
            continue
        tally.add(groups, f"{word} found")
        if label.diagnosis:
            tally.add(groups, "diagnosed")
            tally.add(groups, "diagnosed right", int(hit.diagnosis is label.diagnosis))
            if hit.diagnosis is not label.diagnosis:
                tally.rows.append((place, "DIAGNOSIS", str(hit.diagnosis), label.term, kinds.show(label.value)))
    for one in said:
        if one.outcome not in JUDGED:
            tally.add(page, f"{one.outcome} said")
            continue
        groups, word = [*page, *_pairs(case, f"kind: {terms[one.term].kind}")], WORDS[one.outcome]
        right = any(one.meets(label) for label in case.labels)
        tally.add(groups, f"{word} {'right' if right else 'false'}")
        if not right:
            tally.rows.append((place, "FALSE", word, one.term, kinds.show(one.value)))


def _pairs(case: Case, group: str) -> tuple[str, str]:
    """A group of all pages, and of those as long as this one."""
    return group, f"{case.length}, {group}"


def _instead(label: Label, said: list[Said]) -> str:
    """What was said of the missed label's value, or of its term."""
    of_value = [f"{s.outcome} {s.term}" for s in said if kinds.compare(s.value, label.value) is Comparison.SAME]
    return f"said: {', '.join(of_value) or 'nothing'}"


def figures(counts: Counter[str]) -> dict[str, float | None]:
    """The figures of one group; None where there is nothing to divide by."""
    rows: dict[str, float | None] = {"pages": counts["pages"]}
    for word in WORDS.values():
        rows[f"{word} recall"] = _rate(counts[f"{word} found"], counts[f"{word} wanted"])
        reported = counts[f"{word} right"] + counts[f"{word} false"]
        rows[f"{word} precision"] = _rate(counts[f"{word} right"], reported)
    rows["caught recall"] = _rate(counts["drift caught"], counts["drift wanted"])
    rows["diagnosis"] = _rate(counts["diagnosed right"], counts["diagnosed"])
    rows["false alarms"] = _rate(100 * counts["drift false"], counts["pages"])
    rows["suspects"] = _rate(100 * counts["suspect said"], counts["pages"])
    rows["blind"] = counts["blind"]
    return rows


def _rate(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def told(tally: Tally) -> dict[str, Any]:
    """The figures by group, the counts of all pages, and the rows to study: what `--json` writes."""
    groups = {group: figures(counts) for group, counts in sorted(tally.counts.items())}
    return {"groups": groups, "counts": tally.counts["all"], "rows": tally.rows}


def _table(tally: Tally) -> str:
    names = [name for name in figures(Counter()) if name != "blind"]
    lines = ["  ".join([f"{'':42}", *names])]
    for group in sorted(tally.counts):
        row = figures(tally.counts[group])
        cells = [f"{'-' if row[name] is None else row[name]:>{len(name)}}" for name in names]
        lines.append("  ".join([f"{group:42}", *cells]))
    return "\n".join(lines)


def main() -> int:
    """Print the figures; 1 where a page was blind."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--root", type=Path, default=ROOT)
    ask.add_argument("--topic", help="only the cases of this topic")
    ask.add_argument("--show", action="store_true", help="print every miss, false report and wrong diagnosis")
    ask.add_argument("--json", action="store_true", help="figures by group, and the rows, as JSON")
    ask.add_argument("--reversed", action="store_true", help="the last page first: the figures must be the same")
    args = ask.parse_args()
    cases = [case for case in load(args.root) if args.topic in (None, case.topic)]
    tally = score(cases, args.root, backwards=args.reversed)
    if args.json:
        print(json.dumps(told(tally), indent=1))
    else:
        if args.show:
            print(*("\t".join(row) for row in tally.rows), "", sep="\n")
        print(_table(tally))
    return 1 if tally.counts["all"]["blind"] else 0


if __name__ == "__main__":
    sys.exit(main())
