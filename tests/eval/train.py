"""Learn the weights of both decisions from labelled claims, and say how well they do on companies left out.

    python tests/eval/train.py FOLDER...          # each FOLDER holds case files

Learns from fixtures/corpus too, by topic. Prints the coefficients for drift/engine/matching/weights.py and
drift/engine/verdicts/weights.py, and how often what they give a probability is true where the company was left out.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent))

from labelled import Labelled, from_corpus, load
from logistic import Array, learn, odds

from drift.engine import kinds
from drift.engine.matching import Matcher, match
from drift.engine.matching import weights as first
from drift.engine.verdicts import ALONE, Others, SourceContext, support
from drift.engine.verdicts import weights as second
from drift.engine.verdicts.doubt import Crowd, doubts, is_other_rate
from drift.model import Match, Stance, Term
from drift.model.values import Comparison, Kind, Value

AS_OF = date(2026, 11, 1)
RIDGE = 1.0
FOLDS = 20  # companies are left out in so many groups
PRETENDED = (Decimal(2), Decimal("0.5"))  # factors by which a pretended policy differs from the real one
PRETENDED_WEIGHT = 0.125  # of a real one: both factors together weigh a quarter
IS_PRETENDED = "pretended"  # a feature of the learning alone: pretended changes are true more often than real ones
BANDS = (0.25, 0.5, 0.7, 0.8, 0.9, 1.01)

Features = Mapping[str, float]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Row:
    company: str
    features: Features
    label: float
    weight: float = 1.0
    sentence: tuple[object, ...] = ()  # rows of one sentence count once


@dataclass(slots=True)
class Weighed:
    """A labelled article with the candidates of each claim, weighed once, and what its site says beside it."""

    labelled: Labelled
    ranked: tuple[list[match.Weighed], ...]
    others: Others = ALONE

    def matches(self) -> list[Match]:
        """What the weights in force choose."""
        return [
            match._chosen(claim, ranked, None, False)
            for claim, ranked in zip(self.labelled.claims, self.ranked, strict=True)
        ]


def weighed(folders: Sequence[Path]) -> list[Weighed]:
    matchers: dict[tuple[str, str], Matcher] = {}
    found = []
    for one in chain(from_corpus(), *(load(folder) for folder in folders)):
        key = (one.case, one.language.code)
        matcher = matchers.setdefault(key, Matcher(one.registry, one.language, AS_OF))
        setting = matcher.setting(one.article, one.claims)
        found.append(Weighed(one, tuple(matcher.weigh(claim, setting) for claim in one.claims)))
    return found


def rescore(articles: Iterable[Weighed]) -> None:
    """Score all candidates by the weights in force, and gather what each site says of its terms."""
    pages: dict[str, dict[str, Weighed]] = defaultdict(dict)
    for article in articles:
        article.ranked = tuple(
            sorted(
                (one._replace(score=first.score(one.fit.features)) for one in ranked),
                key=lambda one: (-one.score, one.fit.prepared.term.full_name),
            )
            for ranked in article.ranked
        )
        pages[article.labelled.case].setdefault(article.labelled.page, article)
    for article in articles:
        beside = pages[article.labelled.case]
        if len(beside) > 1:
            article.others = _context(article.labelled.case, beside).others(article.labelled.page)


_CONTEXTS: dict[str, tuple[object, SourceContext]] = {}


def _context(case: str, pages: Mapping[str, Weighed]) -> SourceContext:
    """What the first versions of a site's pages say; versions of the page itself are left out by its name."""
    known = _CONTEXTS.get(case)
    if known is None or known[0] is not pages:
        said = {page: support(one.matches(), AS_OF) for page, one in pages.items()}
        known = _CONTEXTS[case] = (pages, SourceContext(said))
    return known[1]


def first_rows(article: Weighed) -> Iterable[Row]:
    """A row for each claim and candidate term: is the claim about it?"""
    one = article.labelled
    for claim, ranked, terms, maybe in zip(one.claims, article.ranked, one.terms, one.maybe, strict=True):
        if claim.stance is not Stance.CURRENT:
            continue
        for candidate in ranked:
            name = candidate.fit.prepared.term.name
            if name not in maybe:
                sentence = (one.case, name, claim.quote, claim.start - claim.sentence[0], claim.passage.headings)
                yield Row(one.company, candidate.fit.features, float(name in terms), 1.0, sentence)


def second_rows(article: Weighed) -> Iterable[Row]:
    """A row for each claim with another value than its term's: is it a divergence? Real ones and pretended."""
    terms = {c.fit.prepared.term.full_name: c.fit.prepared for ranked in article.ranked for c in ranked}
    matches = article.matches()
    for prepared in terms.values():
        expected = prepared.value
        yield from _diverging(article, matches, prepared.term, expected, 1.0)
        for factor in PRETENDED:
            if expected.kind not in (Kind("date"), Kind("availability")):
                other = replace(expected, low=expected.low * factor, high=expected.high * factor)
                yield from _diverging(article, matches, prepared.term, other, PRETENDED_WEIGHT)


def _diverging(article: Weighed, matches: Sequence[Match], term: Term, expected: Value, weight: float) -> Iterable[Row]:
    one, real = article.labelled, weight == 1.0
    crowd = Crowd([m for m in matches if m.term is not None and m.claim.stance is Stance.CURRENT])
    for claim, found, truth, maybe in zip(one.claims, matches, one.terms, one.maybe, strict=True):
        if found.term is None or found.term.full_name != term.full_name or claim.stance is not Stance.CURRENT:
            continue
        if kinds.compare(claim.value, expected) not in (Comparison.DIFFERENT, Comparison.UNIT) or term.name in maybe:
            continue
        if is_other_rate(claim.value, expected):
            continue
        # Of a pretended change the other articles of the site know nothing: none of them agrees with it.
        features = doubts(found, term, expected, crowd, article.others if real else article.others.disagreeing(), AS_OF)
        sentence = (one.case, term.name, claim.quote, claim.start - claim.sentence[0], claim.passage.headings, expected)
        yield Row(one.company, {**features, IS_PRETENDED: float(not real)}, float(term.name in truth), weight, sentence)


def equal_rows(article: Weighed) -> Iterable[Row]:
    """A row for each claim with the very value of its term: is it about the term?"""
    one = article.labelled
    for found, truth, maybe in zip(article.matches(), one.terms, one.maybe, strict=True):
        claim = found.claim
        if found.term is None or claim.stance is not Stance.CURRENT or found.term.name in maybe:
            continue
        period = found.term.on(AS_OF)
        if period is not None and kinds.compare(claim.value, period.value) is Comparison.SAME:
            sentence = (one.case, found.term.name, claim.quote, claim.passage.headings)
            yield Row(one.company, {"fit": found.score}, float(found.term.name in truth), 1.0, sentence)


class Table:
    """Rows as arrays; those of one sentence share a weight of one."""

    def __init__(self, rows: Sequence[Row]) -> None:
        spread = Counter((row.sentence, row.label) for row in rows)
        self.names = [name for name in rows[0].features if name != IS_PRETENDED]
        names = list(rows[0].features)
        self.x: Array = np.array([[row.features[name] for name in names] for row in rows])
        self.y: Array = np.array([row.label for row in rows])
        self.w: Array = np.array([row.weight / spread[row.sentence, row.label] for row in rows])
        self.real = np.array([row.weight == 1.0 for row in rows])
        self.company = np.array([row.company for row in rows])

    def learn(self, among: Mask | None = None) -> tuple[float, dict[str, float]]:
        """Bias and weights, from all rows or those that are marked."""
        rows = np.ones(len(self.y), bool) if among is None else among
        beta = learn(self.x[rows], self.y[rows], self.w[rows], RIDGE)
        return float(beta[0]), dict(zip(self.names, map(float, beta[1:]), strict=False))

    def left_out(self) -> Array:
        """The probability of each row by weights learned without its company."""
        p = np.zeros(len(self.y))
        for out in folds(self.company):
            bias, weights = self.learn(~out)
            known = self.x[out][:, : len(self.names)]
            p[out] = odds(bias + known @ np.array([weights[name] for name in self.names]))
        return p


def folds(company: NDArray[np.str_]) -> Iterable[Mask]:
    """Rows to be left out together: a company is in one fold, whatever its size."""
    names = sorted(set(company))
    for at in range(FOLDS):
        out = np.isin(company, names[at::FOLDS])
        if out.any():
            yield out


def report(name: str, table: Table) -> None:
    """How often what is said with a probability is true, companies left out."""
    p = table.left_out()
    real = table.real
    for low, high in pairwise(BANDS):
        rows = real & (p >= low) & (p < high)
        total = table.w[rows].sum()
        if total:
            true = (table.w * table.y)[rows].sum() / total
            print(f"{name}: said {low:.2f} to {min(high, 1):.2f}: {true:.2f} of {total:.0f} true")


def show(name: str, bias: float, weights: Mapping[str, float]) -> None:
    print(f"{name}\nBIAS = {bias:.3f}")
    for key, value in weights.items():
        print(f'    "{key}": {value:.3f},')


def table(articles: Iterable[Weighed], rows: Callable[[Weighed], Iterable[Row]]) -> Table:
    return Table([row for article in articles for row in rows(article)])


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folders", type=Path, nargs="+")
    articles = weighed(ask.parse_args().folders)
    lost = sum(len(article.labelled.missed) for article in articles)
    print(f"{len(articles)} articles; labels that no claim fits: {lost}")
    one = table(articles, first_rows)
    report("first", one)
    first.BIAS, first.WEIGHTS = one.learn()
    show("first", first.BIAS, first.WEIGHTS)
    rescore(articles)
    equal = table(articles, equal_rows)
    report("equal", equal)
    show("equal", *equal.learn())
    two = table(articles, second_rows)
    report("second", two)
    second.BIAS, second.WEIGHTS = two.learn()
    show("second", second.BIAS, second.WEIGHTS)


if __name__ == "__main__":
    main()
