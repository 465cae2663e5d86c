"""What the engine says of companies that it has not learned from, from the claim to the verdict.

    python tests/eval/leave_one_out.py FOLDER...          # each FOLDER holds case files

All weights are learned without a company (in groups, as train.py leaves them out), and its articles are judged with
those, beside what its other pages say. A statement counts once an article, by its term, value and outcome; one that no
claim fits (train.py counts them) counts as missed. `fixtures/corpus` teaches, and is left out by topic.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from train import AS_OF, FOLDS, Weighed, equal_rows, first_rows, rescore, second_rows, table, weighed

from drift.engine import kinds, verdicts
from drift.engine.matching import weights as first
from drift.engine.verdicts import weights as second
from drift.engine.verdicts.diagnose import states
from drift.model import Outcome, Term
from drift.model.values import Kind, Value

OWN = "our own pages"


@dataclass(frozen=True, slots=True)
class Statement:
    """What an article says of a term, once."""

    term: str
    value: str
    outcome: Outcome


def learn_from(articles: Sequence[Weighed]) -> None:
    """Put weights in force that are learned from these articles."""
    first.BIAS, first.WEIGHTS = table(articles, first_rows).learn()
    rescore(articles)
    second.EQUAL_BIAS, weights = table(articles, equal_rows).learn()
    second.EQUAL_FIT = weights["fit"]
    second.BIAS, second.WEIGHTS = table(articles, second_rows).learn()


def said(article: Weighed) -> set[Statement]:
    """What the weights in force make of an article, without what is unclear."""
    one = article.labelled
    judged = verdicts.judge(article.matches(), one.article.page, one.registry, AS_OF, one.language, article.others)
    return {
        Statement(verdict.match.term.name, kinds.show(verdict.match.claim.value), verdict.outcome)
        for verdict in judged
        if verdict.match.term is not None and verdict.outcome is not Outcome.UNCLEAR
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
    for name, spelled, _ in one.missed:
        sure.add(_statement(terms[name], _parsed(spelled, terms[name].kind)))
    return sure, allowed | sure


def _parsed(spelled: str, kind: Kind | None) -> Value:
    """A labelled value, which need not be of its term's kind: a fee may be published as a share."""
    try:
        return kinds.parse(spelled, kind=kind)
    except ValueError:
        return kinds.parse(spelled)


def _statement(term: Term, value: Value) -> Statement:
    expected = (term.on(AS_OF) or term.timeline[0]).value
    outcome = Outcome.AGREES if states(value, term, expected) else Outcome.DIVERGES
    return Statement(term.name, kinds.show(value), outcome)


def count(article: Weighed, counts: Counter[str]) -> None:
    sure, allowed = labels(article)
    found = said(article)
    for outcome in (Outcome.DIVERGES, Outcome.AGREES):
        wanted, have = ({one for one in some if one.outcome is outcome} for some in (sure, found))
        counts[f"{outcome} wanted"] += len(wanted)
        counts[f"{outcome} found"] += len(wanted & have)
        counts[f"{outcome} right"] += len(have & allowed)
        counts[f"{outcome} said"] += len(have)
    named = {(one.term, one.value) for one in found if one.outcome in (Outcome.DIVERGES, Outcome.SUSPECT)}
    counts["caught"] += sum((one.term, one.value) in named for one in sure if one.outcome is Outcome.DIVERGES)
    counts["suspects"] += sum(one.outcome is Outcome.SUSPECT for one in found)


def line(group: str, counts: Counter[str]) -> str:
    def share(of: str, among: str) -> str:
        return f"{counts[of] / counts[among]:.3f} ({counts[of]}/{counts[among]})" if counts[among] else "-"

    figures = [
        f"{word} recall {share(f'{word} found', f'{word} wanted')} precision {share(f'{word} right', f'{word} said')}"
        for word in (Outcome.DIVERGES, Outcome.AGREES)
    ]
    return f"{group}: {', '.join(figures)}, caught {share('caught', 'diverges wanted')}, suspects {counts['suspects']}"


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folders", type=Path, nargs="+")
    folders = ask.parse_args().folders
    groups = {path.stem: "/".join(folder.parts[-2:]) for folder in folders for path in folder.glob("*.yaml")}
    articles = weighed(folders)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    companies = sorted({article.labelled.company for article in articles})
    for at in range(FOLDS):
        out = set(companies[at::FOLDS])
        learn_from([article for article in articles if article.labelled.company not in out])
        left_out = [article for article in articles if article.labelled.company in out]
        rescore(left_out)
        for article in left_out:
            count(article, counts[groups.get(article.labelled.case, OWN)])
    for group in sorted(counts):
        print(line(group, counts[group]))


if __name__ == "__main__":
    main()
