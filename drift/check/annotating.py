"""Articles, with what an annotator says of the sentences that words alone do not settle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import NamedTuple

from drift.engine import pipeline
from drift.engine.pipeline import Standard
from drift.model import Examined
from drift.model.annotation import Annotation, RuleQuestion, Unanswered
from drift.model.errors import AnnotatorError
from drift.model.ports import AnnotationMemory, Annotator, Clock
from drift.model.wording import counted

SURE = 0.6  # the probability from which an answer counts: the bar that 1,224 recorded answers chose
DAY = timedelta(days=1)  # after which an answer of no use is asked for once more
TOKENS = 1_000  # that a question and its answer take where it is not known yet, as docs/annotators.md reckons


class Budget(NamedTuple):
    """How much may be asked in any 24 hours; None for as much as there is."""

    questions: int | None = None
    tokens: int | None = None


UNLIMITED = Budget()


@dataclass(slots=True)
class Tally:
    """What became of the questions of a run."""

    questions: int = 0
    known: int = 0  # answered by an earlier run
    answered: int = 0
    paid: int = 0  # of this run that got an answer, of use or not
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
    asked: Tally = field(default_factory=Tally)
    _answers: dict[str, Annotation] = field(default_factory=dict)  # by the key of the question
    _tried: set[str] = field(default_factory=set)  # keys
    _failure: str = ""  # of the annotator, which is asked nothing more in this run: it would fail once a page

    @property
    def name(self) -> str:
        """Who is asked, and in which words: another one answers otherwise."""
        return f"{self.annotator.model} {self.annotator.prompt}"

    @property
    def believed(self) -> str:
        """The same with what of it counts: what was judged by it is judged anew when that changes."""
        return f"{self.name} from {self.bar:g}{'' if self.trusted else ' untrusted'}"

    @property
    def note(self) -> str:
        """What people are told of what was asked."""
        return self.asked.note()

    def annotated(self, examined: Sequence[Examined], standard: Standard) -> tuple[Examined, ...]:
        """Articles of one source with what is answered about them, each judged by itself."""
        asked = [pipeline.asked(one, standard) for one in examined]
        answers = self.about([question for each in asked for question in each.values()])
        return tuple(
            pipeline.annotated(one, standard, each, answers) for one, each in zip(examined, asked, strict=True)
        )

    def about(self, questions: Sequence[RuleQuestion]) -> dict[str, Annotation]:
        """The answers, by the key of a question, after asking what was not asked in this run.

        An annotator that fails, or may not be asked any more today, answers nothing. Raises StoreError where answers
        cannot be kept: each is kept as it comes, so that none is lost that was paid for; StoppedError out of a wait.
        """
        new = {question.key: question for question in questions if question.key not in self._tried}
        self._tried.update(new)
        self.asked.questions += len(new)
        if self._left(new):
            with self.turn:  # of two passes at once neither asks what the other is asking
                self._ask_within_budget(self._worth_asking(self._left(new)))
        return self.known(questions)

    def known(self, questions: Sequence[RuleQuestion]) -> dict[str, Annotation]:
        """The answers that are there already, by the key of a question, each with whether it is sure and trusted."""
        self._recall([question.key for question in questions if question.key not in self._tried])
        found = {question.key: self._answers.get(question.key) for question in questions}
        return {
            key: replace(one, sure=one.probability >= self.bar, trusted=self.trusted, agreed=self.agreed)
            for key, one in found.items()
            if one is not None
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
        """Ask as many as there is room for by what one is known to take, then see what room is left."""
        left = list(wanted.items())
        while left:
            room = self._room(len(left))
            if self._failure or not room:
                self._unanswered(self._failure or "the budget of today is spent", len(left))
                return
            paid = self.asked.paid
            self._ask(dict(left[:room]))
            left = left[room:]
            if left and self.asked.paid == paid and not self._failure:
                self._unanswered("none of those before was answered", len(left))
                return

    def _room(self, wanted: int) -> int:
        """How many of the wanted questions may be asked now: the last one may take a few tokens more than there are.

        Without a memory the budget is that of a run.
        """
        if self.budget == UNLIMITED:
            return wanted
        if self.memory is None:
            questions, tokens = self.asked.paid, self.asked.tokens
        else:
            questions, tokens = self.memory.spent(self.clock() - DAY)
        room = wanted
        if self.budget.questions is not None:
            room = min(room, max(0, self.budget.questions - questions))
        if self.budget.tokens is not None:
            left = self.budget.tokens - tokens
            each = self.asked.tokens // self.asked.paid if self.asked.tokens else TOKENS
            room = min(room, max(1, left // max(1, each))) if left > 0 else 0
        return room

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
        paid = isinstance(answer, Annotation) or answer.spent
        if self.memory is not None and paid:
            self.memory.keep(answer, self.annotator.model, self.annotator.prompt, self.clock())
        self.asked.paid += paid
        self.asked.tokens += answer.tokens
        self.asked.answered += useful
        if isinstance(answer, Annotation):
            self._answers[answer.key] = answer
        else:
            self._unanswered(answer.why, 1)

    def _unanswered(self, why: str, number: int) -> None:
        if number:
            self.asked.unanswered[why] += number
