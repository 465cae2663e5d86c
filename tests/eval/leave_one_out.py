"""What the engine says of companies that it has not learned from, from the claim to the verdict.

    python tests/eval/leave_one_out.py FOLDER...          # each FOLDER holds case files; only half a is read

For each company all weights are learned from the others, as train.py learns them, and its articles are judged with
those. A statement counts once an article, by its term, value and outcome; one that no claim fits (train.py lists them)
counts nowhere. `fixtures/corpus` teaches, and its long documents, by topic, are left out like companies.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from corpus import load
from train import AS_OF, Weighed, equal_rows, first_rows, learned, rescored, second_rows, weighed

from drift import kinds, languages, verdicts
from drift.matching import match
from drift.matching import weights as first
from drift.model import Outcome, Term
from drift.values import Value
from drift.verdicts import weights as second
from drift.verdicts.diagnose import states

WORDS = {Outcome.DIVERGES: "drift", Outcome.AGREES: "agreement"}


@dataclass(frozen=True, slots=True)
class Statement:
    """What an article says of a term, once."""

    term: str
    value: str
    outcome: Outcome


def learn_from(articles: Sequence[Weighed]) -> None:
    """Put weights in force that are learned from these articles."""
    first.BIAS, first.WEIGHTS = learned([row for article in articles for row in first_rows(article)])
    scored = [rescored(article) for article in articles]
    second.EQUAL_BIAS, weights = learned([row for article in scored for row in equal_rows(article)])
    second.EQUAL_FIT = weights["fit"]
    second.BIAS, second.WEIGHTS = learned([row for article in scored for row in second_rows(article)])


def said(article: Weighed) -> set[Statement]:
    """What the weights in force make of an article, without what is unclear."""
    one, ranked = article.labelled, rescored(article).ranked
    matches = [
        match._chosen(claim, candidates, None, False) for claim, candidates in zip(one.claims, ranked, strict=True)
    ]
    judged = verdicts.judge(matches, one.article, one.registry, AS_OF, languages.load("en"))
    return {
        Statement(verdict.match.term.name, kinds.show(verdict.match.claim.value), verdict.outcome)
        for verdict in judged
        if verdict.match.term is not None and verdict.outcome in WORDS
    }


def labels(article: Weighed) -> tuple[set[Statement], set[Statement]]:
    """The statements that must be found, and all that may be."""
    one = article.labelled
    terms = {term.name: term for term in one.registry.terms}
    sure: set[Statement] = set()
    allowed: set[Statement] = set()
    for claim, names, maybe in zip(one.claims, one.terms, one.maybe, strict=True):
        allowed |= {_statement(terms[name], claim.value) for name in names | maybe}
        sure |= {_statement(terms[name], claim.value) for name in names}
    return sure, allowed


def _statement(term: Term, value: Value) -> Statement:
    expected = (term.on(AS_OF) or term.timeline[0]).value
    outcome = Outcome.AGREES if states(value, term, expected) else Outcome.DIVERGES
    return Statement(term.name, kinds.show(value), outcome)


def count(article: Weighed, counts: Counter[str]) -> None:
    sure, allowed = labels(article)
    found = said(article)
    for outcome, word in WORDS.items():
        wanted, have = ({one for one in some if one.outcome is outcome} for some in (sure, found))
        counts[f"{word} wanted"] += len(wanted)
        counts[f"{word} found"] += len(wanted & have)
        counts[f"{word} right"] += len(have & allowed)
        counts[f"{word} said"] += len(have)


def line(group: str, counts: Counter[str]) -> str:
    figures = [
        f"{word} recall {counts[f'{word} found']}/{counts[f'{word} wanted']}"
        f" precision {counts[f'{word} right']}/{counts[f'{word} said']}"
        for word in WORDS.values()
    ]
    return f"{group}: {', '.join(figures)}"


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folders", type=Path, nargs="+")
    folders = ask.parse_args().folders
    groups = {path.stem: folder.name for folder in folders for path in folder.glob("*.yaml")}
    groups |= {f"{case.topic}/{case.name}": case.length for case in load() if case.length == "long documents"}
    articles = list(weighed(folders))
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for company in sorted({one.labelled.company for one in articles if one.labelled.case in groups}):
        learn_from([article for article in articles if article.labelled.company != company])
        for article in articles:
            if article.labelled.company == company:
                count(article, counts[groups[article.labelled.case]])
    for group in sorted(counts):
        print(line(group, counts[group]))


if __name__ == "__main__":
    main()
