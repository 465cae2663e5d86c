"""Learn the weights of both decisions from labelled claims, and say how well they do on companies left out.

    python tests/eval/train.py FOLDER...          # each FOLDER holds case files; only half a is read

Learns from fixtures/corpus too. Prints the coefficients for drift/matching/weights.py and drift/verdicts/weights.py,
and the figures that weights learned without a company reach on it. The same input gives the same digits.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import chain
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from labelled import Labelled, from_corpus, load
from logistic import learn, odds

from drift import kinds, languages
from drift.matching import Matcher, match
from drift.matching import weights as first
from drift.model import Match, Stance, Term
from drift.values import Comparison, Kind, Value
from drift.verdicts import weights as second
from drift.verdicts.doubt import Crowd, doubts

AS_OF = date(2026, 11, 1)
RIDGE = 2.0
PRETENDED = (Decimal(2), Decimal("0.5"))  # factors by which a pretended policy differs from the real one


@dataclass(frozen=True, slots=True)
class Row:
    company: str
    features: Mapping[str, float]
    label: float
    weight: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """A labelled article with the candidates of each claim, weighed once."""

    labelled: Labelled
    ranked: tuple[list[match.Weighed], ...]


def weighed(folders: Sequence[Path]) -> Iterator[Weighed]:
    language = languages.load("en")
    matchers: dict[str, Matcher] = {}
    for one in chain(from_corpus(), *(load(folder, "a") for folder in folders)):
        matcher = matchers.setdefault(one.case, Matcher(one.registry, language, AS_OF))
        setting = matcher.setting(one.article, one.claims)
        yield Weighed(one, tuple(matcher.weigh(claim, setting) for claim in one.claims))


def first_rows(article: Weighed) -> Iterator[Row]:
    """A row for each claim and candidate term: is the claim about it?"""
    one = article.labelled
    for claim, ranked, terms, maybe in zip(one.claims, article.ranked, one.terms, one.maybe, strict=True):
        if claim.stance is not Stance.CURRENT:
            continue
        for candidate in ranked:
            name = candidate.fit.prepared.term.name
            if name not in maybe:
                yield Row(one.company, candidate.fit.features, float(name in terms), one.weight)


def second_rows(article: Weighed) -> Iterator[Row]:
    """A row for each claim with another value than its term's: is it a divergence? Real ones and pretended."""
    one = article.labelled
    terms = {c.fit.prepared.term.full_name: c.fit.prepared for ranked in article.ranked for c in ranked}
    for prepared in terms.values():
        expected = prepared.value
        yield from _diverging(article, prepared.term, expected, one.weight)
        for factor in PRETENDED:
            if expected.kind not in (Kind.DATE, Kind.AVAILABILITY):
                other = replace(expected, low=expected.low * factor, high=expected.high * factor)
                yield from _diverging(article, prepared.term, other, one.weight / 4)


def equal_rows(article: Weighed) -> Iterator[Row]:
    """A row for each claim with the very value of its term: is it about the term?"""
    one = article.labelled
    for claim, ranked, truth, maybe in zip(one.claims, article.ranked, one.terms, one.maybe, strict=True):
        found = match._chosen(claim, ranked, None, False)
        if found.term is None or claim.stance is not Stance.CURRENT or found.term.name in maybe:
            continue
        period = found.term.on(AS_OF)
        if period is not None and kinds.compare(claim.value, period.value) is Comparison.SAME:
            yield Row(one.company, {"fit": found.score}, float(found.term.name in truth), one.weight)


def _diverging(article: Weighed, term: Term, expected: Value, weight: float) -> Iterator[Row]:
    one = article.labelled
    matches = tuple(
        _chosen(claim, ranked, term, expected) for claim, ranked in zip(one.claims, article.ranked, strict=True)
    )
    crowd = Crowd([m for m in matches if m.term is not None and m.claim.stance is Stance.CURRENT])
    for claim, found, truth, maybe in zip(one.claims, matches, one.terms, one.maybe, strict=True):
        if found.term is None or found.term.full_name != term.full_name or claim.stance is not Stance.CURRENT:
            continue
        if kinds.compare(claim.value, expected) not in (Comparison.DIFFERENT, Comparison.UNIT) or term.name in maybe:
            continue
        features = doubts(found, term, expected, crowd, one.registry, AS_OF)
        yield Row(one.company, features, float(term.name in truth), weight)


def _chosen(claim: object, ranked: list[match.Weighed], term: Term, expected: Value) -> Match:
    pretended = [
        one._replace(fit=one.fit._replace(prepared=one.fit.prepared._replace(value=expected)))
        if one.fit.prepared.term.full_name == term.full_name
        else one
        for one in ranked
    ]
    return match._chosen(claim, pretended, None, False)  # type: ignore[arg-type]


def rescored(article: Weighed) -> Weighed:
    """The article with its candidates scored by the weights in force."""
    ranked = tuple(
        sorted(
            (one._replace(score=first.score(one.fit.features)) for one in ranked),
            key=lambda one: (-one.score, one.fit.prepared.term.full_name),
        )
        for ranked in article.ranked
    )
    return replace(article, ranked=ranked)


def learned(rows: Sequence[Row]) -> tuple[float, dict[str, float]]:
    names = list(rows[0].features)
    beta = learn(
        [[row.features[name] for name in names] for row in rows],
        [row.label for row in rows],
        [row.weight for row in rows],
        RIDGE,
    )
    return beta[0], dict(zip(names, beta[1:], strict=True))


def report(name: str, rows: Sequence[Row], floor: float) -> None:
    """Leave one company out: precision and recall at a probability."""
    right = wrong = missed = 0.0
    for company in sorted({row.company for row in rows}):
        bias, weights = learned([row for row in rows if row.company != company])
        for row in rows:
            if row.company == company:
                p = odds(bias + sum(weights[n] * v for n, v in row.features.items()))
                right += row.weight * (p >= floor) * row.label
                wrong += row.weight * (p >= floor) * (1 - row.label)
                missed += row.weight * (p < floor) * row.label
    print(
        f"{name}: left out, p >= {floor}: recall {right / (right + missed):.3f} precision {right / (right + wrong):.3f}"
    )


def show(name: str, bias: float, weights: Mapping[str, float]) -> None:
    print(f"{name}\nBIAS = {bias:.3f}")
    for key, value in weights.items():
        print(f'    "{key}": {value:.3f},')


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folders", type=Path, nargs="+")
    folders = ask.parse_args().folders
    articles = list(weighed(folders))
    lost: dict[str, int] = defaultdict(int)
    for article in articles:
        for label in article.labelled.missed:
            lost[f"{article.labelled.case} {label}"] += 1
    print(f"{len(articles)} articles; labels that no claim fits: {sum(lost.values())}")
    for name, count in sorted(lost.items()):
        print(f"    {count} {name}")
    rows = [row for article in articles for row in first_rows(article)]
    for floor in (0.3, 0.5, 0.7):
        report("first", rows, floor)
    first.BIAS, first.WEIGHTS = learned(rows)
    show("first", first.BIAS, first.WEIGHTS)
    articles = [rescored(article) for article in articles]
    rows = [row for article in articles for row in equal_rows(article)]
    report("equal", rows, 0.5)
    show("equal", *learned(rows))
    rows = [row for article in articles for row in second_rows(article)]
    for floor in (0.3, 0.5, 0.7):
        report("second", rows, floor)
    second.BIAS, second.WEIGHTS = learned(rows)
    show("second", second.BIAS, second.WEIGHTS)


if __name__ == "__main__":
    main()
