"""An annotator that fails is asked nothing more in a run, however many pages there are to ask about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from rule_questions import numbered

from drift.check.annotating import Annotating
from drift.model.annotation import Annotation, RuleQuestion, Unanswered
from drift.model.errors import AnnotatorError

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


class Failing:
    model = "larch-2"
    prompt = "which-rule/1"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def answers(self, questions: Sequence[RuleQuestion]) -> Iterator[Annotation | Unanswered]:
        self.asked += [each.key for each in questions]
        yield Annotation(questions[0].key, None, 1.0, "", self.model, self.prompt, NOON)
        raise AnnotatorError("the key was refused", transient=False)


def test_it_is_asked_once() -> None:
    annotator = Failing()
    annotating = Annotating(annotator, lambda: NOON)
    questions = numbered(6)
    assert list(annotating.about(questions[:3])) == ["q-0"]
    assert annotating.about(questions[3:]) == {}
    assert annotator.asked == ["q-0", "q-1", "q-2"]
    assert (annotating.asked.questions, annotating.asked.answered) == (6, 1)
    assert annotating.asked.unanswered == {"the key was refused": 5}
