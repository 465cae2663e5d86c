"""What `explain` says of claims that were judged, and of those that were not."""

from __future__ import annotations

import dataclasses
import json
import re
from decimal import Decimal

import pytest

from drift.model import CheckReport, Evidence, Match, Outcome, Period, Term
from drift.model.edits import Edit, EditAction, Suggestion
from drift.model.errors import Place
from drift.model.values import Kind, Unit, Value
from drift.reports import PLAIN
from drift.reports.explain import Wanted, advice, render, render_json

DAYS = (Period(Value(Kind("duration"), Decimal(1), Decimal(1), Unit("day"))),)
POSTPAID = Term("device-unlock", "postpaid-wait", "", DAYS)
WINDOW = Term("returns", "window", "", DAYS)
FEE = Term("returns", "fee", "", (Period(Value(Kind("percentage"), Decimal(1), Decimal(1), Unit("%"))),))


@pytest.mark.parametrize(
    ("wanted", "values"),
    [
        (Wanted(), ["30 days", "2 days", "4 days", "90 days", "30 days", "30 days"]),
        (Wanted(term=POSTPAID), ["30 days"]),
        (Wanted(line=12), ["30 days", "2 days", "4 days", "90 days"]),
        (Wanted(term=WINDOW), ["30 days", "30 days"]),
        (Wanted(term=WINDOW, line=12), ["30 days", "2 days", "4 days", "90 days"]),  # none of them a candidate
        (Wanted(term=WINDOW, line=13), []),
        (Wanted(term=FEE, line=12), []),
    ],
)
def test_which_claims_are_explained(sample_report: CheckReport, wanted: Wanted, values: list[str]) -> None:
    assert [claim["published"] for claim in json.loads(render_json(sample_report, wanted))["claims"]] == values
    assert f"{len(values)} of 6 claims shown" in render(sample_report, PLAIN, wanted)


def test_a_line_without_a_claim_is_told_with_those_that_have_one(sample_report: CheckReport) -> None:
    told = "No claim that is asked for stands on line 11; the nearest"
    assert f"{told} is on line 12\n" in render(sample_report, PLAIN, Wanted(line=11))
    assert "No claim" not in render(sample_report, PLAIN, Wanted(line=12))


def test_a_claim_that_was_not_judged_says_why(sample_report: CheckReport) -> None:
    assert "not judged: the article says it was so ('until 2024')" in render(sample_report, PLAIN)


def test_a_claim_without_a_good_candidate_names_the_nearest_rule(sample_report: CheckReport) -> None:
    examined = dataclasses.replace(sample_report.examined[0], verdicts=())
    text = render(dataclasses.replace(sample_report, examined=(examined,)), PLAIN)
    assert "not judged: the words around it do not name one rule clearly enough; the nearest is device-unlock/" in text


def test_a_claim_without_any_candidate_says_so(sample_report: CheckReport) -> None:
    claim = sample_report.examined[0].matches[0].claim
    examined = dataclasses.replace(sample_report.examined[0], verdicts=(), matches=(Match(claim, None, 0.0),))
    text = render(dataclasses.replace(sample_report, examined=(examined,)), PLAIN)
    assert "not judged: no term of its kind shares a word with it" in text


def test_one_claim_fits_on_one_screen(sample_report: CheckReport) -> None:
    examined = sample_report.examined[0]
    match = examined.matches[0]
    many = dataclasses.replace(match, candidates=match.candidates * 10)
    report = dataclasses.replace(sample_report, examined=(dataclasses.replace(examined, matches=(many,), verdicts=()),))
    text = render(report, PLAIN)
    assert "and 15 weaker candidates" in text
    assert len(text.splitlines()) <= 24


def test_a_page_that_could_not_be_read_explains_that(sample_report: CheckReport) -> None:
    assert "BLIND  404: there is no page" in render(sample_report, PLAIN)
    assert json.loads(render_json(sample_report))["blind"][0]["why"] == "404"


def test_the_weights_shown_add_up_to_the_score(sample_report: CheckReport) -> None:
    examined = sample_report.examined[0]
    match = examined.matches[0]
    evidence = [
        Evidence(f"e{number}", weight / 8, f"reason {number}") for number, weight in enumerate(range(-9, 10, 2))
    ]
    words = Evidence("words", 0.0, "names 'unlock' in the heading")
    score = sum(one.weight for one in evidence)
    candidate = match.candidates[0]._replace(score=score, evidence=(words, *evidence))
    match = dataclasses.replace(match, candidates=(candidate,))
    text = render(
        dataclasses.replace(sample_report, examined=(dataclasses.replace(examined, matches=(match,), verdicts=()),)),
        PLAIN,
    )
    shown = next(line for line in text.splitlines() if "reason" in line)
    assert shown.strip().startswith("names 'unlock' in the heading; ")
    assert "5 lesser ones (" in shown
    weights = [Decimal(weight) for weight in re.findall(r"\(([+-]\d+\.\d\d)\)", shown)]
    assert len(weights) == 6
    assert sum(weights) == Decimal(f"{score:.2f}")


@pytest.mark.parametrize(
    ("edit", "states", "outcome", "words"),
    [
        (
            Edit(EditAction.ADD, "topics", "release the lock", "device-unlock/postpaid-wait", Place("unlock.yaml", 9)),
            True,
            Outcome.DIVERGES,
            "to make it a statement of device-unlock/postpaid-wait: add 'release the lock' to `topics` of "
            "device-unlock/postpaid-wait (unlock.yaml:9); it then diverges, and nothing else here changes",
        ),
        (
            Edit(EditAction.TAKE_OUT, "must", "unlock", "device-unlock/postpaid-wait"),
            True,
            Outcome.AGREES,
            "to make it a statement of device-unlock/postpaid-wait: take 'unlock' out of `must` of "
            "device-unlock/postpaid-wait; it then agrees, and nothing else here changes",
        ),
        (
            Edit(EditAction.SET, "scopes.plan.default", "postpaid", "scopes.yaml"),
            True,
            Outcome.AGREES,
            "to make it a statement of device-unlock/postpaid-wait: set `scopes.plan.default` to 'postpaid' in "
            "scopes.yaml; it then agrees, and nothing else here changes",
        ),
        (
            Edit(EditAction.ADD, "not_topics", "screen", "device-unlock/postpaid-wait"),
            False,
            None,
            "to make it no statement of device-unlock/postpaid-wait: add 'screen' to `not_topics` of "
            "device-unlock/postpaid-wait; it then states none, and nothing else here changes",
        ),
        (
            None,
            False,
            None,
            "to make it no statement of device-unlock/postpaid-wait: none of 7 edits tried does it alone; "
            "only a review settles it",
        ),
    ],
    ids=["topics", "must", "scope", "not_topics", "none"],
)
def test_a_suggestion_in_words(
    sample_report: CheckReport, edit: Edit | None, states: bool, outcome: Outcome | None, words: str
) -> None:
    examined = sample_report.examined[0]
    verdict = next((one for one in examined.verdicts if one.outcome is outcome), None)
    why = "" if edit else "only a review settles it"
    claim = examined.matches[0].claim
    suggestion = Suggestion(claim, "device-unlock/postpaid-wait", states, edit, verdict, 7, why)
    assert advice(suggestion) == words
    assert f"  to teach   {words}\n" in render(sample_report, PLAIN, suggestions=[suggestion])
    claims = json.loads(render_json(sample_report, suggestions=[suggestion]))["claims"]
    assert [each["suggestions"][0]["words"] for each in claims if each["suggestions"]] == [words]
