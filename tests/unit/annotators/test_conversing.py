"""Questions to a model, some at once: what is asked ahead, and what a fault of ours costs."""

from __future__ import annotations

import threading
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace

from annotator_benches import NOON
from model_standin import careful
from rule_questions import RULES, expected, numbered
from waiting import PATIENCE

from drift.annotators.conversing import Conversing, ModelReply
from drift.annotators.prompt import Wording
from drift.model.annotation import Annotation, Unanswered


class Model:
    """One in this process. `most` is how many questions were on their way together."""

    name = "larch-2"

    def __init__(self) -> None:
        self.asked = 0
        self.now = 0
        self.most = 0
        self._lock = threading.Lock()
        self.together: threading.Barrier | None = None

    def reply(self, wording: Wording) -> ModelReply:
        with self._lock:
            self.asked += 1
            self.now += 1
            self.most = max(self.most, self.now)
        if self.together is not None:
            self.together.wait(PATIENCE)
        with self._lock:
            self.now -= 1
        return ModelReply(careful(wording.system, wording.user), 500)


def conversing(model: Model, at_once: int) -> Conversing:
    return Conversing(model, lambda: NOON, lambda: "m4rk", ThreadPoolExecutor, at_once=at_once, twice=False)


def test_as_many_are_asked_at_once_as_may_be() -> None:
    model = Model()
    model.together = threading.Barrier(4)
    said = list(conversing(model, 4).answers(numbered(40)))
    assert len(said) == 40
    assert model.most == 4


def test_no_more_are_asked_ahead_than_may_be_lost() -> None:
    model = Model()
    answers = conversing(model, 3).answers(numbered(100))
    for taken in range(1, 6):
        next(answers)
        assert model.asked <= taken + 3


def test_a_fault_of_ours_is_the_failure_of_one_question() -> None:
    questions = list(numbered(8))
    questions[3] = replace(questions[3], rules=(replace(RULES[0], topics=(None,)),))  # type: ignore[arg-type]
    said = {each.key: each for each in conversing(Model(), 1).answers(questions)}
    assert said.pop("q-3") == Unanswered("q-3", "TypeError, a fault of drift (DRIFT_DEBUG=1 shows where)")
    assert {key: each.term for key, each in said.items() if isinstance(each, Annotation)} == {
        f"q-{number}": expected(number) for number in range(8) if number != 3
    }


def test_whose_threads_they_are_is_handed_in() -> None:
    begun: list[int] = []

    def threads(most: int) -> Executor:
        begun.append(most)
        return ThreadPoolExecutor(most)

    asked = Conversing(Model(), lambda: NOON, lambda: "m4rk", threads, at_once=5, twice=False)
    assert len(list(asked.answers(numbered(7)))) == 7
    assert begun == [5]
