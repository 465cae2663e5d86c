"""What may be spent on an annotator in a day is not passed, however many questions there are at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rule_questions import numbered

from drift.check.annotating import TOKENS, Annotating, Budget
from drift.model.annotation import Annotation, RuleQuestion, Unanswered
from drift.store import open_store

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
TOOK = 640  # tokens of each answer


class Answering:
    """Answers every question, each third of no use."""

    model = "larch-2"
    prompt = "which-rule/1"

    def __init__(self, took: int = TOOK) -> None:
        self.took = took
        self.asked: list[str] = []

    def answers(self, questions: Sequence[RuleQuestion]) -> Iterator[Annotation | Unanswered]:
        for each in questions:
            self.asked.append(each.key)
            if len(self.asked) % 3 == 0:
                yield Unanswered(each.key, "no JSON", spent=True, tokens=self.took)
            else:
                yield Annotation(each.key, None, 0.9, "", self.model, self.prompt, NOON, self.took)


class Standing:
    """A clock that stands."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.mark.parametrize(("tokens", "asked"), [(1, 1), (TOOK, 1), (TOOK + 1, 2), (10 * TOOK, 10), (10 * TOOK + 9, 11)])
def test_tokens_are_passed_by_no_more_than_one_answer(tokens: int, asked: int) -> None:
    annotator = Answering()
    annotating = Annotating(annotator, lambda: NOON, budget=Budget(tokens=tokens))
    annotating.about(numbered(40))
    assert len(annotator.asked) == asked
    assert annotating.asked.unanswered["the budget of today is spent"] == 40 - asked


def test_answers_that_take_more_than_is_reckoned_stop_it_sooner() -> None:
    annotator = Answering(5 * TOKENS)
    Annotating(annotator, lambda: NOON, budget=Budget(tokens=4 * TOKENS)).about(numbered(40))
    assert len(annotator.asked) == 4  # what was on its way when it was first known


def test_who_tells_of_no_tokens_is_held_to_the_questions() -> None:
    annotator = Answering(0)
    annotating = Annotating(annotator, lambda: NOON, budget=Budget(questions=7, tokens=2 * TOKENS))
    annotating.about(numbered(40))
    annotating.about(numbered(40))
    assert len(annotator.asked) == 7


def test_what_is_over_the_budget_is_asked_another_day(tmp_path: Path) -> None:
    annotator = Answering()
    questions = numbered(8)
    with open_store(f"sqlite:///{tmp_path}/drift.db") as store:
        for day in range(3):
            clock = Standing(NOON + timedelta(hours=25 * day))
            Annotating(annotator, clock, memory=store.annotations, budget=Budget(tokens=3 * TOOK)).about(questions)
            assert len(annotator.asked) == 3 * (day + 1)
    # What got an answer of no use is asked once more.
    assert annotator.asked == ["q-0", "q-1", "q-2", "q-2", "q-3", "q-4", "q-4", "q-5", "q-6"]


def test_who_answers_nothing_is_asked_no_more_than_there_is_room_for() -> None:
    asked: list[str] = []

    class Silent(Answering):
        def answers(self, questions: Sequence[RuleQuestion]) -> Iterator[Annotation | Unanswered]:
            for each in questions:
                asked.append(each.key)
                yield Unanswered(each.key, "no reply in time")

    annotating = Annotating(Silent(), lambda: NOON, budget=Budget(questions=3))
    annotating.about(numbered(40))
    assert len(asked) == 3
    assert annotating.asked.unanswered == {"no reply in time": 3, "none of those before was answered": 37}
