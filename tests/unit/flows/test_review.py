"""What is asked in a review, in which order, and how answers are kept and taken back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from drift import assembly
from drift.errors import InputError
from drift.flows.answers import Ledger
from drift.model import Answer, ReviewReport

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
PAGE = """\
# Returns

You can return unused goods within 14 days of delivery.

The restocking fee is 15% of the price for opened goods.

Previously you could return goods within 60 days. Can I return goods within 90 days?
"""


def options(place: Path) -> assembly.CheckOptions:
    return assembly.CheckOptions(("page.md",), place / "policies")


def review(place: Path) -> ReviewReport:
    (place / "page.md").write_text(PAGE, encoding="utf-8")
    return assembly.review(options(place), lambda: NOW)


def ledger(place: Path, report: ReviewReport) -> Ledger:
    return assembly.ledger(report, place / "policies", lambda: NOW, by="ana@larkspur.example")


def kept(place: Path) -> tuple[Answer, ...]:
    return assembly.registry(place / "policies").answers


def test_only_what_an_answer_could_make_a_statement_is_asked(place: Path) -> None:
    questions = review(place).questions

    assert sorted(question.first.claim.value_text for question in questions) == ["14 days", "15%"]


def test_the_most_doubtful_comes_first(place: Path) -> None:
    questions = review(place).questions

    assert [question.doubt for question in questions] == sorted((q.doubt for q in questions), reverse=True)


def test_an_answer_is_kept_with_its_author_and_is_not_asked_again(place: Path) -> None:
    report = review(place)
    (window,) = [question for question in report.questions if question.first.claim.value_text == "14 days"]

    ledger(place, report).record([(window, window.terms[0])])

    (answer,) = kept(place)
    assert (answer.term, answer.by, answer.on) == ("returns/return-window", "ana@larkspur.example", date(2026, 11, 21))
    assert [question.first.claim.value_text for question in review(place).questions] == ["15%"]


def test_an_answer_taken_back_gives_way_to_the_one_before(place: Path) -> None:
    report = review(place)
    window, other = report.questions
    ledger(place, report).record([(window, None)])
    second = ledger(place, assembly.review(options(place), lambda: NOW))
    second.record([(window, window.terms[0]), (other, None)])

    second.forget([window])
    assert {answer.sentence: answer.term for answer in kept(place)} == {window.first.sentence: None, other.first.sentence: None}
    second.forget([other])
    assert [answer.sentence for answer in kept(place)] == [window.first.sentence]


def test_a_folder_that_cannot_be_written_is_told(place: Path) -> None:
    report = review(place)
    (place / "policies" / "reviewed.yaml").mkdir()

    with pytest.raises(InputError, match="cannot be written"):
        ledger(place, report).record([(report.questions[0], None)])
