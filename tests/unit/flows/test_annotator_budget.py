"""What may be spent on an annotator in a day bounds a single run too, with a memory and without one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rule_questions import numbered

from drift.flows.annotating import DEAREST, Annotating, Budget
from drift.model.annotation import Annotation, RuleQuestion, Unanswered
from drift.store import open_store

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
OVER = "the budget of today is spent"


class Dear:
    """An annotator whose answers take so many tokens each."""

    model = "larch-2"
    prompt = "which-rule/1"

    def __init__(self, tokens: int) -> None:
        self.tokens = tokens
        self.asked: list[int] = []  # questions, of each call

    def answers(self, questions: Sequence[RuleQuestion]) -> Iterator[Annotation | Unanswered]:
        self.asked.append(len(questions))
        for at, each in enumerate(questions):
            if at % 2:
                yield Unanswered(each.key, "no JSON", spent=True, tokens=self.tokens)
            else:
                yield Annotation(each.key, None, 1.0, "", self.model, self.prompt, NOON, self.tokens)


@pytest.mark.parametrize("remembered", [True, False])
@pytest.mark.parametrize("tokens", [DEAREST // 20, DEAREST])
def test_tokens_of_a_day_are_not_all_spent_in_the_first_run(tmp_path: Path, tokens: int, *, remembered: bool) -> None:
    annotator = Dear(tokens)
    most = 100 * tokens + 1
    with open_store(f"sqlite:///{tmp_path}/drift.db") as store:
        memory = store.annotations if remembered else None
        annotating = Annotating(annotator, lambda: NOON, memory=memory, budget=Budget(tokens=most))
        annotating.about(numbered(1_000))
    assert sum(annotator.asked) == 101  # the last one reaches over the edge
    assert len(annotator.asked) <= 6  # a program would be begun for each
    assert annotating.asked.tokens == 101 * tokens
    assert annotating.asked.unanswered[OVER] == 899


def test_who_tells_no_tokens_is_held_to_none() -> None:
    annotator = Dear(0)
    Annotating(annotator, lambda: NOON, budget=Budget(tokens=5 * DEAREST)).about(numbered(300))
    assert annotator.asked == [5, 295]


def test_questions_of_a_day_bound_a_run_without_a_memory() -> None:
    annotator = Dear(10)
    annotating = Annotating(annotator, lambda: NOON, budget=Budget(questions=7))
    questions = numbered(20)
    annotating.about(questions[:5])
    annotating.about(questions[5:])
    assert annotator.asked == [5, 2]
    assert annotating.asked.unanswered == {"no JSON": 3, OVER: 13}
