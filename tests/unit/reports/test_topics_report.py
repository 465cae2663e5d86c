"""How found phrases are told: a table with an example of each, what they were counted in, and what to do next."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from drift.model import CheckReport, Examined, Page
from drift.model.errors import BlindReason
from drift.model.topics import Phrase, PhrasePlace, TopicsReport
from drift.reports import PLAIN, Display
from drift.reports.topics import render, render_json

SENTENCE = "A SIM lock \x1b[31mgoes[/] 60 days after that."
AT = PhrasePlace(Page("help/unlock.md"), 7, "sentence", SENTENCE, 2, 10)
HEADING = PhrasePlace(Page("help/unlock.md"), 7, "heading", "Freeing your handset", 0, 20)


@pytest.fixture
def report(sample_report: CheckReport) -> TopicsReport:
    term = sample_report.registry.terms[0]
    return TopicsReport(
        datetime(2026, 11, 21, 19, tzinfo=UTC),
        date(2026, 11, 21),
        term,
        (Examined(Page("help/unlock.md"), language="en"),),
        unread_files=0,
        stating=5,
        annotated=0,
        open=0,
        others=180,
        phrases=(Phrase("SIM lock", 4, 1, 30.125, AT), Phrase("Freeing your handset", 3, 0, 22.2, HEADING)),
    )


def test_each_phrase_with_its_counts_and_an_example(report: TopicsReport) -> None:
    told = render(report, PLAIN).splitlines()
    assert [line.split() for line in told if line.startswith("phrase")] == [
        ["phrase", "sentences", "others", "example"]
    ]
    (lock,) = [line for line in told if line.startswith("SIM lock  ")]
    assert lock.split()[2:4] == ["4", "1"]
    assert "“A SIM lock " in lock
    assert any("heading “Freeing your handset”" in line for line in told)
    assert "5 sentences of 1 article are known to state it, 180 with other values; as of 2026-11-21" in told
    assert "Nothing was written" in told[-1]


@pytest.mark.parametrize("look", [PLAIN, Display(width=60), Display(colour=True, width=100)])
def test_what_a_page_says_is_text_wherever_it_is_shown(report: TopicsReport, look: Display) -> None:
    told = render(report, look)
    assert "\x1b[31m" not in told
    assert "[/]" in told
    assert "\x1b" not in render_json(report)


def test_a_long_sentence_is_cut_around_its_phrase(report: TopicsReport) -> None:
    long = PhrasePlace(AT.page, 1, "sentence", f"{'before ' * 50}SIM lock{' after' * 50}", 350, 358)
    told = render(replace(report, phrases=(Phrase("SIM lock", 4, 1, 30, long),)), PLAIN)
    (line,) = [line for line in told.splitlines() if line.startswith("SIM lock")]
    assert len(line) < 160
    assert "before SIM lock after" in line


def test_what_an_annotator_added_is_said(report: TopicsReport) -> None:
    told = render(replace(report, annotated=2, annotator="larch-2 x/1", note="9 questions for the annotator"), PLAIN)
    assert "2 of them only because larch-2 x/1 says so, confirmed by nobody." in told
    assert "9 questions for the annotator" in told


@pytest.mark.parametrize(
    ("changes", "advice"),
    [
        (
            {"stating": 0},
            "No sentence is known to state device-unlock/postpaid-wait, so nothing can be counted: name more",
        ),
        ({"stating": 0, "open": 3}, "'drift review' settles which of the open sentences state it"),
        ({"others": 0}, "There is no other sentence with a value to hold them against: name more articles."),
        ({}, "no phrase stands by them clearly more often than by others: name more articles."),
        ({"open": 3}, "name more articles, or 'drift review' settles which of the open sentences state it."),
    ],
)
def test_where_nothing_is_found_it_says_what_to_do(report: TopicsReport, changes: dict[str, int], advice: str) -> None:
    told = render(replace(report, phrases=(), **changes), PLAIN)  # type: ignore[arg-type]
    assert advice in told
    assert "Nothing was written" not in told


def test_what_was_not_read_is_told(report: TopicsReport) -> None:
    blind = Examined(Page("help/gone.md"), blind=BlindReason.MISSING)
    told = render(replace(report, examined=(*report.examined, blind), unread_files=2), PLAIN)
    assert "of 1 article are known" in told
    assert "help/gone.md\n  BLIND  " in told
    assert "2 files left out" in told


def test_for_programs(report: TopicsReport) -> None:
    document = json.loads(render_json(replace(report, annotator="larch-2 x/1", annotated=2, note="asked")))
    assert document["format"] == "drift-topics/1"
    assert (document["policy"], document["term"]) == ("device-unlock", "postpaid-wait")
    assert document["sentences"] == {"stating": 5, "annotated": 2, "open": 0, "others": 180}
    assert (document["annotator"], document["note"]) == ("larch-2 x/1", "asked")
    assert document["phrases"][0] == {
        "phrase": "SIM lock",
        "sentences": 4,
        "others": 1,
        "weight": 30.12,
        "example": {
            "article": "help/unlock.md", "line": 7, "where": "sentence", "text": SENTENCE, "start": 2, "end": 10,
        },
    }  # fmt: skip
