"""What `explain` says of claims that were judged, and of those that were not."""

from __future__ import annotations

import dataclasses
import json

import pytest

from drift.model import CheckReport, Match
from drift.reports import PLAIN
from drift.reports.explain import Wanted, render, render_json


@pytest.mark.parametrize(
    ("wanted", "values"),
    [
        (Wanted(), ["30 days", "2 days", "4 days", "90 days", "30 days", "30 days"]),
        (Wanted(term="device-unlock/postpaid-wait"), ["30 days"]),
        (Wanted(line=12), ["30 days", "2 days", "4 days", "90 days"]),
        (Wanted(term="returns/window", line=12), []),
    ],
)
def test_which_claims_are_explained(sample_report: CheckReport, wanted: Wanted, values: list[str]) -> None:
    assert [claim["published"] for claim in json.loads(render_json(sample_report, wanted))["claims"]] == values
    assert f"{len(values)} of 6 claims shown" in render(sample_report, PLAIN, wanted)


def test_a_claim_that_was_not_judged_says_why(sample_report: CheckReport) -> None:
    assert "not judged: the article says it was so ('until 2024')" in render(sample_report, PLAIN)


def test_a_claim_without_a_good_candidate_says_how_near_the_best_came(sample_report: CheckReport) -> None:
    examined = dataclasses.replace(sample_report.examined[0], verdicts=())
    text = render(dataclasses.replace(sample_report, examined=(examined,)), PLAIN)
    assert "not judged: no candidate fits well enough (the best has +2.25)" in text


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
