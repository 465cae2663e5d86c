"""What each cue of a stance does on labelled pages: how often it fires, at how many companies, and what it hides.

    python tests/eval/cues.py FOLDER... [--language en]      # each FOLDER holds case files

A cue that fires takes a value out of what an article asserts today. It hides a statement where a label that no claim
fits has that very value: its precision is the share of its firings that hide none. A sentence counts once a company,
in however many versions it stands. Our own pages do not count: the cues were written for them.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from labelled import Labelled, load

from drift.engine import kinds, languages
from drift.engine.claims.cues import CueSheet
from drift.engine.claims.stance import _ELLIPSIS, _NAMES, _QUOTED, _TIGHT
from drift.model import Claim, Stance
from drift.model.values import Comparison

Firing = tuple[str, str, str]  # company, sentence, value

fired: dict[str, str] = {}  # what a cue is told by -> the cue that was found last by these words


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folders", type=Path, nargs="+")
    ask.add_argument("--language", default="en")
    args = ask.parse_args()
    firings: dict[str, set[Firing]] = defaultdict(set)
    hiding: dict[str, set[Firing]] = defaultdict(set)
    watch(firings, hiding, args.folders, args.language)
    cues = [
        (name + scope, text)
        for name in _NAMES.values()
        for scope in ("", " in headings")
        for text in languages.load(args.language).stances.get(name + scope, ())
    ]
    print("| stance | cue | firings | companies | precision |\n| --- | --- | --- | --- | --- |")
    for name, text in sorted(cues, key=lambda cue: (-len(firings[cue[1]]), cue)):
        count, hidden = len(firings[text]), len(hiding[text])
        companies = len({company for company, _, _ in firings[text]})
        precision = f"{1 - hidden / count:.2f}" if count else "-"
        print(f"| {name} | `{text.replace('|', '/')[:90]}` | {count} | {companies} | {precision} |")
    silent = sum(not firings[text] for _, text in cues)
    print(f"\n{len(cues)} cues, of which {silent} never fire")


def watch(
    firings: dict[str, set[Firing]], hiding: dict[str, set[Firing]], folders: Sequence[Path], language: str
) -> None:
    """Read all pages, and note which cue gave each claim its stance."""
    find = CueSheet.find

    def noted(sheet: CueSheet[Any], words: Sequence[str]) -> Any:
        found = find(sheet, words)
        if found is not None:
            line = f" {' '.join(words)} "
            told = next(
                cue
                for _, cue in sorted({c.rank: c for cs in sheet.by_key.values() for c in cs}.items())
                if cue.label is found[0] and cue.pattern.search(line)
            )
            fired[found[1].group()] = told.text
        return found

    setattr(CueSheet, "find", noted)  # noqa: B010 - to be told of every cue that is found
    for folder in folders:
        for one in load(folder):
            if one.language.code == language:
                for claim in one.claims:
                    if claim.stance not in (Stance.CURRENT, Stance.QUESTION):
                        _note(one, claim, firings, hiding)


def _note(one: Labelled, claim: Claim, firings: dict[str, set[Firing]], hiding: dict[str, set[Firing]]) -> None:
    said = (claim.stance_why or "").removeprefix("under ").strip("'")
    texts = [text for words, text in fired.items() if _quoted(words) == said]
    if not texts:
        return
    firing = (one.company, claim.quote, kinds.show(claim.value))
    firings[texts[-1]].add(firing)
    if any(_same(claim, spelled) for _, spelled, _ in one.missed):
        hiding[texts[-1]].add(firing)


def _quoted(words: str) -> str:
    return _TIGHT.sub("", _ELLIPSIS.sub("…", " ".join(words.split()[:_QUOTED])))


def _same(claim: Claim, spelled: str) -> bool:
    kind = claim.value.kind
    try:
        value = kinds.parse(spelled, kind=kind if kind != "availability" else None)
    except ValueError:
        return False
    return kinds.compare(claim.value, value) is Comparison.SAME


if __name__ == "__main__":
    main()
