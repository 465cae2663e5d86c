"""Articles, with what an annotator says of the sentences that words alone do not settle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import NamedTuple

from drift import pipeline
from drift.errors import AnnotatorError
from drift.model import Examined
from drift.model.annotation import Annotation, RuleQuestion, Unanswered
from drift.pipeline import Standard
from drift.ports import AnnotationMemory, Annotator, Clock
from drift.wording import counted

SURE = 0.6  # the probability from which an answer counts: the bar that 1,224 recorded answers chose
DEAREST = (
    10_000  # tokens that a question may take, until it is known what they take: a model that thinks first, asked once
)
DAY = timedelta(days=1)  # after which an answer of no use is asked for once more


class Budget(NamedTuple):
    """How much may be asked in any 24 hours; None for as much as there is."""

    questions: int | None = None
    tokens: int | None = None


UNLIMITED = Budget()


@dataclass(slots=True)
class Asked:
    """What became of the questions of a run."""

    questions: int = 0
    known: int = 0  # answered by an earlier run
    answered: int = 0
    unanswered: Counter[str] = field(default_factory=Counter)  # why -> questions
    tokens: int = 0

    def note(self) -> str:
        """What people are told of it."""
        told = f"{counted(self.questions, 'question')} for the annotator, {self.answered + self.known} answered"
        reasons = ", ".join(f"{number} not: {why}" for why, number in self.unanswered.most_common(3))
        if not reasons:
            return told
        return f"{told}; {reasons}: what they are about is judged as without an annotator"


@dataclass(slots=True)
class Annotating:
    """Asks an annotator, each question once in a run, and once at all where there is a memory.

    Answers of which it is less sure than `bar` count for nothing; with `trusted` False they carry no alarm.
    """

    annotator: Annotator
    clock: Clock
    bar: float = SURE
    memory: AnnotationMemory | None = None
    budget: Budget = UNLIMITED
    trusted: bool = True
    agreed: tuple[int, int] | None = None  # with so many of so many answers given by people; None where unknown
    turn: AbstractContextManager[object] = field(default_factory=nullcontext)  # who has it asks; it may be had often
    asked: Asked = field(default_factory=Asked)
    _answers: dict[str, Annotation] = field(default_factory=dict)  # by the key of the question
    _tried: set[str] = field(default_factory=set)  # keys
    _spent: int = 0  # questions of this run that were answered, usefully or not
    _failure: str = ""  # of the annotator, which is asked nothing more in this run: it would fail once a page

    @property
    def name(self) -> str:
        """Who is asked, and in which words: another one answers otherwise."""
        return f"{self.annotator.model} {self.annotator.prompt}"

    @property
    def believed(self) -> str:
        """The same with whether it is trusted: what was judged by it is judged anew when that changes."""
        return self.name if self.trusted else f"{self.name} untrusted"

    def about(self, questions: Sequence[RuleQuestion]) -> dict[str, Annotation]:
        """The answers that count, by the key of a question, after annotating what was not asked in this run.

        An annotator that fails, or may not be asked any more today, answers nothing. Raises StoreError where answers
        cannot be kept: each is kept as it comes, so that none is lost that was paid for.
        """
        new = {question.key: question for question in questions if question.key not in self._tried}
        self._tried.update(new)
        self.asked.questions += len(new)
        if self._left(new):
            with self.turn:  # of two passes at once neither asks what the other is asking
                self._ask_within_budget(self._worth_asking(self._left(new)))
        return self.known(questions)

    def known(self, questions: Sequence[RuleQuestion]) -> dict[str, Annotation]:
        """The answers that count and are there already, by the key of a question."""
        self._recall([question.key for question in questions if question.key not in self._tried])
        found = {question.key: self._answers.get(question.key) for question in questions}
        return {
            key: replace(one, trusted=self.trusted, agreed=self.agreed)
            for key, one in found.items()
            if one is not None and one.probability >= self.bar
        }

    def _left(self, wanted: dict[str, RuleQuestion]) -> dict[str, RuleQuestion]:
        """Those that have no answer by now."""
        self._recall([key for key in wanted if key not in self._answers])
        return {key: question for key, question in wanted.items() if key not in self._answers}

    def _recall(self, keys: Sequence[str]) -> None:
        if self.memory is not None and keys:
            found = self.memory.known(keys, self.annotator.model, self.annotator.prompt)
            self.asked.known += len(found.keys() - self._answers.keys())
            self._answers |= found

    def _worth_asking(self, wanted: dict[str, RuleQuestion]) -> dict[str, RuleQuestion]:
        """Those that got no answer of no use in the last day."""
        if self.memory is None or not wanted:
            return wanted
        since = self.clock() - DAY
        useless = self.memory.useless(list(wanted), self.annotator.model, self.annotator.prompt, since)
        self._unanswered("it was answered uselessly within the last day", len(useless))
        return {key: question for key, question in wanted.items() if key not in useless}

    def _ask_within_budget(self, wanted: dict[str, RuleQuestion]) -> None:
        """Ask as much as may be spent. What a question takes is known once some were asked: so the rest is asked later.

        Where there is no memory, what was asked by other runs is not known, and the budget is that of this one.
        """
        left = list(wanted.items())
        while left and not self._failure:
            room = self._room(len(left))
            if not room:
                self._unanswered("the budget of today is spent", len(left))
                return
            now, left = left[:room], left[room:]
            self._ask(dict(now))
        if left:
            self._unanswered(self._failure, len(left))

    def _room(self, wanted: int) -> int:
        """How many of the questions that are wanted may be asked now."""
        if self.budget == UNLIMITED:
            return wanted
        questions, tokens = self.memory.spent(self.clock() - DAY) if self.memory else (self._spent, self.asked.tokens)
        if self.budget.questions is not None:
            wanted = min(wanted, max(0, self.budget.questions - questions))
        if self.budget.tokens is None:
            return wanted
        left = self.budget.tokens - tokens
        each = self.asked.tokens / self._spent if self._spent else DEAREST
        return min(wanted, max(1, int(left // each)) if each else wanted) if left > 0 else 0

    def _ask(self, wanted: dict[str, RuleQuestion]) -> None:
        left = set(wanted)
        try:
            for answer in self.annotator.answers(tuple(wanted.values())):
                left.discard(answer.key)
                self._take(answer)
        except AnnotatorError as error:
            self._failure = str(error)
            self._unanswered(self._failure, len(left))

    def _take(self, answer: Annotation | Unanswered) -> None:
        useful = isinstance(answer, Annotation)
        spent = isinstance(answer, Annotation) or answer.spent
        self._spent += spent
        if self.memory is not None and spent:
            self.memory.keep(answer, self.annotator.model, self.annotator.prompt, self.clock())
        self.asked.tokens += answer.tokens
        self.asked.answered += useful
        if isinstance(answer, Annotation):
            self._answers[answer.key] = answer
        else:
            self._unanswered(answer.why, 1)

    def _unanswered(self, why: str, number: int) -> None:
        if number:
            self.asked.unanswered[why] += number


def annotated(examined: Sequence[Examined], standard: Standard, annotating: Annotating) -> tuple[Examined, ...]:
    """Articles of one source with what is answered about them, each judged by itself."""
    asked = [pipeline.asked(one, standard) for one in examined]
    answers = annotating.about([question for each in asked for question in each.values()])
    return tuple(pipeline.annotated(one, standard, each, answers) for one, each in zip(examined, asked, strict=True))
