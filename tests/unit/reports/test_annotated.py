"""What only an annotator vouches for says so wherever it is shown, with the annotator's own words as a quotation."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sample_messages import ANNOTATED, QUESTIONS

from drift.model import CheckReport, Examined, Grounds, Outcome, wording
from drift.model.alert import Delivery, DeliveryState, Event, Fact
from drift.model.annotation import Annotation
from drift.model.finding import Finding, State
from drift.model.review import Question, ReviewReport, Spot
from drift.model.views import AnnotatorPlan, AnnotatorView, FindingView, WatchStatus
from drift.reports import (
    PLAIN,
    alerts,
    explain,
    export,
    finding,
    findings,
    findings_json,
    json_report,
    questions,
    replay,
    status,
    text,
)
from drift.reports.replay import Row

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
MODEL = "llama3.1:8b"
HOSTILE = 'it is”, said we, “right" \x1b[31m\u202e' + "long " * 100
SAYS = f"{MODEL} says that it states device-unlock/postpaid-wait (p .93): “it is about unlocking”"
NONE = f"{MODEL} says that it states none of the rules it was shown (p .93): “it is about unlocking”"
SHARE = "this annotator agreed with 97 of 100 answers given by people"
STATED = {
    "model": MODEL,
    "term": "device-unlock/postpaid-wait",
    "probability": 0.93,
    "why": "it is about unlocking",
    "agreed": [97, 100],
}


def said(
    term: str | None, why: str = "it is about unlocking", agreed: tuple[int, int] | None = (97, 100)
) -> Annotation:
    return Annotation("k", term, 0.931, why, MODEL, "which-rule/1", NOON, agreed=agreed)


def annotated(report: CheckReport, annotation: Annotation, outcome: Outcome = Outcome.DIVERGES) -> CheckReport:
    """The report with what an annotator says of its first divergence."""
    first = report.examined[0]
    verdict = next(one for one in first.verdicts if one.outcome is Outcome.DIVERGES)
    match = replace(verdict.match, annotation=annotation)
    grounds = Grounds.ANNOTATED if outcome is Outcome.DIVERGES else None
    made = replace(verdict, match=match, outcome=outcome, grounds=grounds)
    examined = Examined(first.page, first.title, claims=1, verdicts=(made,), matches=(match,))
    return replace(report, examined=(examined,))


@pytest.fixture
def affirmed(sample_report: CheckReport) -> CheckReport:
    return annotated(sample_report, said("device-unlock/postpaid-wait"))


@pytest.fixture
def denied(sample_report: CheckReport) -> CheckReport:
    return annotated(sample_report, said(None), Outcome.SUSPECT)


def test_the_report_for_people(affirmed: CheckReport, denied: CheckReport) -> None:
    told = text.render(affirmed, PLAIN)
    assert "grounds    annotated: an annotator says so of this sentence, and no person confirmed it\n" in told
    assert f"annotator  {SAYS}; {SHARE} (one answer settles it: drift review)\n" in told
    assert f"annotator  {NONE}; {SHARE}\n" in text.render(denied, PLAIN)


def test_the_report_for_programs(affirmed: CheckReport, denied: CheckReport, sample_report: CheckReport) -> None:
    (statement,) = json_report.document(affirmed)["statements"]
    assert (statement["grounds"], statement["annotated"]) == ("annotated", STATED)
    (statement,) = json_report.document(denied)["statements"]
    assert (statement["grounds"], statement["annotated"]) == (None, STATED | {"term": None})
    assert {one["annotated"] for one in json_report.document(sample_report)["statements"]} == {None}


def test_what_more_is_known_of_needs_no_annotator(affirmed: CheckReport) -> None:
    (examined,) = affirmed.examined
    (verdict,) = examined.verdicts
    reviewed = replace(verdict, match=replace(verdict.match, reviewed=True), grounds=Grounds.REVIEWED)
    report = replace(affirmed, examined=(replace(examined, verdicts=(reviewed,)),))
    assert json_report.document(report)["statements"][0]["annotated"] is None
    assert MODEL not in text.render(report, PLAIN)


def test_explain(affirmed: CheckReport, denied: CheckReport) -> None:
    assert f"annotator  {SAYS}; {SHARE}\n" in explain.render(affirmed, PLAIN)
    (claim,) = json.loads(explain.render_json(affirmed))["claims"]
    assert claim["annotated"] == claim["statement"]["annotated"] == STATED
    unjudged = replace(denied, examined=(replace(denied.examined[0], verdicts=()),))
    assert f"not judged: {NONE}; {SHARE}\n" in explain.render(unjudged, PLAIN)
    (claim,) = json.loads(explain.render_json(unjudged))["claims"]
    assert (claim["statement"], claim["annotated"]) == (None, STATED | {"term": None})


@pytest.mark.parametrize("agreed", [None, (0, 0)])
def test_a_share_that_is_not_known_is_not_told(sample_report: CheckReport, agreed: tuple[int, int] | None) -> None:
    told = text.render(annotated(sample_report, said("device-unlock/postpaid-wait", agreed=agreed)), PLAIN)
    assert SAYS in told
    assert "given by people" not in told


def test_an_annotators_words_stay_a_quotation(sample_report: CheckReport) -> None:
    """Nothing in them ends the quotation, speaks to the terminal or goes on for ever."""
    report = annotated(sample_report, said("device-unlock/postpaid-wait", HOSTILE))
    (line,) = [line for line in text.render(report, PLAIN).splitlines() if line.lstrip().startswith("annotator")]
    quote = line.partition("“")[2].partition("”")[0]
    assert quote.startswith("it is', said we, 'right' \\x1b[31m\\u202elong long")
    assert line.count("“") == line.count("”") == 1
    assert len(quote) < 220  # two marks are spelled out
    document = json.loads(json_report.render(report))["statements"][0]["annotated"]
    assert len(document["why"]) <= 210
    assert "\x1b" not in json_report.render(report)
    assert "\u202e" not in json_report.render(report)


def question(report: CheckReport, annotation: Annotation | None) -> Question:
    (examined,) = report.examined
    match = examined.matches[0]
    assert match.term is not None
    verdict = examined.verdicts[0] if examined.verdicts else None
    spot = Spot(examined.page, examined.title, match.claim, match.claim.quote, 1)
    return Question("q1", (spot,), match.term, verdict, (match.term,), annotation=annotation)


def asked(report: CheckReport, *found: Question) -> ReviewReport:
    return ReviewReport(report.registry, report.as_of, report.examined, found)


def test_the_questions_of_a_review(affirmed: CheckReport, denied: CheckReport) -> None:
    one = question(affirmed, said("device-unlock/postpaid-wait"))
    assert f"annotator  {SAYS}; {SHARE}\n" in questions.one(one, date(2026, 11, 30), PLAIN)
    (document,) = json.loads(questions.render_json(asked(affirmed, one)))["questions"]
    assert document["annotated"] == STATED
    unjudged = replace(denied, examined=(replace(denied.examined[0], verdicts=()),))
    other = question(unjudged, said(None))
    assert f"annotator  {NONE}" in questions.render(asked(unjudged, other), PLAIN)
    (document,) = json.loads(questions.render_json(asked(unjudged, other)))["questions"]
    assert document["why"] == (
        "is not held against a rule: an annotator says that it states none of those it was shown"
    )


def test_agreements_that_are_asked_together_name_those_an_annotator_vouches_for(affirmed: CheckReport) -> None:
    plain, vouched = question(affirmed, None), question(affirmed, said("device-unlock/postpaid-wait"))
    together = replace(plain, members=(plain, vouched))
    told = questions.one(together, date(2026, 11, 30), PLAIN)
    assert told.count(f"(annotated by {MODEL}, not confirmed by a person)") == 1
    (document,) = json.loads(questions.render_json(asked(affirmed, together)))["questions"]
    assert [one["annotated"] for one in document["group"]] == [None, STATED]


@pytest.fixture
def view(told_finding: Finding) -> FindingView:
    return FindingView(told_finding, timedelta(hours=1), None, "since noon", "still there")


@pytest.fixture
def told_finding(own_store: Any) -> Finding:
    with own_store.store() as store:
        found: Finding = next(one for one in store.findings.find() if one.state is State.OPEN)
    statement = replace(
        found.statement,
        annotated=MODEL,
        annotated_sure=0.931,
        annotated_why="it is about unlocking",
        annotated_agreed=(97, 100),
    )
    return replace(found, statement=statement)


def test_a_finding(view: FindingView) -> None:
    shown = finding.render(view, PLAIN)
    assert f"\nAnnotated by {MODEL}, not confirmed by a person: one answer settles it: drift review.\n" in shown
    assert f"annotator  {SAYS}; {SHARE}\n" in shown
    document = findings_json.finding(view)
    assert (document["grounds"], document["annotated"]) == ("annotated", STATED)
    gone = replace(view, finding=replace(view.finding, state=State.GONE))
    assert f"\nAnnotated by {MODEL}, not confirmed by a person.\n" in finding.render(gone, PLAIN)


def test_the_list_of_findings(view: FindingView) -> None:
    told = findings.render([view], PLAIN)
    assert "open ~" in told
    assert told.endswith("; 1 annotated, not confirmed by a person (~)\n")


def test_a_table_for_spreadsheets(view: FindingView) -> None:
    (header, row) = export.render_csv([view]).splitlines()
    assert header.endswith("says,grounds,annotated_by,annotated_probability,annotated_why,annotated_agreed")
    assert row.endswith(f",annotated,{MODEL},0.93,it is about unlocking,97 of 100")


def test_a_replay_marks_it(told_finding: Finding) -> None:
    row = Row(told_finding, None, NOON, NOON, None)
    told = replay.render([row], {}, [], [], PLAIN)
    assert f"{told_finding.full_name} ~ " in told
    assert "\n~ annotated, not confirmed by a person\n" in told
    bare = replace(row, finding=replace(told_finding, statement=replace(told_finding.statement, annotated="")))
    assert "~" not in replay.render([bare], {}, [], [], PLAIN)


def test_an_alert_in_the_terminal() -> None:
    def shown(said: Fact) -> str:
        event = Event("F-3f9a1c20/opened/1", "F-3f9a1c20", said, "all", ("slack",))
        return alerts.render_one(Delivery(1, event, "slack", DeliveryState.SENT), PLAIN)

    assert f"grounds    {ANNOTATED.unconfirmed}\n" in shown(ANNOTATED)
    asked = replace(QUESTIONS, asked=tuple(replace(one, annotated=MODEL) for one in QUESTIONS.asked))
    assert shown(asked).count(f"{MODEL} says that it states this rule.") == 2
    assert shown(QUESTIONS).count("says that it states") == 0


def test_every_kind_of_grounds_has_its_words() -> None:
    assert all(wording.grounds(each) for each in Grounds)


def test_an_annotator_in_the_status() -> None:
    plan = AnnotatorPlan(f"{MODEL} which-rule/1", MODEL, 1_000, 50_000, 0.9)
    seen = AnnotatorView(plan, 12, 7_680, 2, (97, 100), NOON)
    whole = WatchStatus(NOON, (), (), {}, 0, 0, annotator=seen)
    told = status.render(whole, PLAIN)
    spent = "12 of 1000 questions and 7680 tokens of 50000 in 24 hours; 2 pages with unanswered questions"
    assert f"annotator {MODEL}: {spent}\n" in told
    assert "  it agreed with 97 of 100 answers given by people (checked 2026-11-30)\n" in told
    assert "below its floor" not in told
    assert json.loads(status.render_json(whole))["annotator"] == {
        "model": MODEL,
        "questions": 12,
        "questions_a_day": 1_000,
        "tokens": 7_680,
        "tokens_a_day": 50_000,
        "waiting": 2,
        "agreed": [97, 100],
        "checked": "2026-11-30T12:00:00Z",
        "trusted": True,
    }
    doubted = replace(whole, annotator=replace(seen, agreed=(80, 100), trusted=False))
    assert "below its floor (0.9): what it says is a question, and no alarm" in status.render(doubted, PLAIN)
    unknown = replace(whole, annotator=replace(seen, agreed=None, checked=None))
    assert "nobody has compared it with people yet: drift annotator check" in status.render(unknown, PLAIN)
    assert "annotator" not in status.render(replace(whole, annotator=None), PLAIN)
