"""Questions to a model, some at once: each in words, its reply read, each answer given as it comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from typing import Protocol

from drift.annotators import prompt as asking
from drift.annotators import replies
from drift.annotators.exchange import QuestionError
from drift.annotators.prompt import Mark, Wording
from drift.model import faults
from drift.model.annotation import Annotation, RuleQuestion, Unanswered
from drift.model.errors import AnnotatorError
from drift.model.ports import Clock

IN_A_ROW = 3  # questions that get no reply without one that does: then it is not the questions

Threads = Callable[[int], Executor]  # who asks so many at once


@dataclass(frozen=True, slots=True)
class ModelReply:
    """What a model said, and the tokens that it took, sent and received together; 0 where unknown.

    `nothing` says why it is no answer, whatever its text is: the model stopped in the middle, or would not say.
    """

    text: str
    tokens: int = 0
    nothing: str = ""


class Model(Protocol):
    """A language model behind a service."""

    @property
    def name(self) -> str: ...

    def reply(self, wording: Wording) -> ModelReply:
        """What it says to a question, from any thread. Raises QuestionError and AnnotatorError."""


class Conversing:
    """An Annotator over a model that is asked one question at a time."""

    def __init__(self, model: Model, clock: Clock, draw: Mark, threads: Threads, *, at_once: int, twice: bool) -> None:
        """`draw` gives a new mark for the fences of each question; with `twice`, two wordings have to agree."""
        self._model = model
        self._clock = clock
        self._draw = draw
        self._threads = threads
        self._at_once = at_once
        self._twice = twice
        self._in_a_row = 0  # questions without a reply, whichever call asked them

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._model.name!r})"

    @property
    def model(self) -> str:
        return self._model.name

    @property
    def prompt(self) -> str:
        return asking.TWICE if self._twice else asking.PROMPT

    def answers(self, questions: Sequence[RuleQuestion]) -> Iterator[Annotation | Unanswered]:
        """One for each key of the questions, as they come.

        Raises AnnotatorError once the service fails: what was on its way then is still given. Closing the iterator
        asks nothing further. No more than `at_once` are asked that nobody has taken the answers of.
        """
        left = iter({question.key: question for question in questions}.values())
        failure: AnnotatorError | None = None
        with self._threads(self._at_once) as threads:
            asked: set[Future[Annotation | Unanswered]] = set()
            while True:
                while failure is None and len(asked) < self._at_once and (question := next(left, None)) is not None:
                    asked.add(threads.submit(self._answer, question))
                if not asked:
                    break
                done, asked = wait(asked, return_when=FIRST_COMPLETED)
                for future in done:
                    try:
                        answer = future.result()
                    except AnnotatorError as error:
                        failure = failure or error
                        continue
                    failure = failure or self._counted(answer)
                    yield answer
        if failure is not None:
            raise failure

    def _counted(self, answer: Annotation | Unanswered) -> AnnotatorError | None:
        """What has failed where too many questions in a row got no reply."""
        if isinstance(answer, Annotation) or answer.spent:
            self._in_a_row = 0
            return None
        self._in_a_row += 1
        if self._in_a_row < IN_A_ROW:
            return None
        return AnnotatorError(f"{self._in_a_row} questions in a row: {answer.why}", transient=True)

    def _answer(self, question: RuleQuestion) -> Annotation | Unanswered:
        try:
            with faults.contained("a question to the annotator", QuestionError):
                return self._asked(question)
        except QuestionError as fault:
            return Unanswered(question.key, str(fault))

    def _asked(self, question: RuleQuestion) -> Annotation | Unanswered:
        tokens = 0
        spent = False
        try:
            given: replies.RuleReply | None = None
            for word in (asking.first, asking.second)[: 2 if self._twice else 1]:
                wording = word(question, self._draw)
                reply = self._model.reply(wording)
                spent = True
                tokens += reply.tokens
                if reply.nothing:
                    raise replies.ReplyError(reply.nothing)
                read = replies.read(reply.text, wording.names)
                given = read if given is None else replies.agreed(given, read)
            assert given is not None
        except replies.ReplyError as nothing:
            return Unanswered(question.key, str(nothing), spent, tokens)
        except QuestionError as error:
            return Unanswered(question.key, str(error), spent or error.spent, tokens)
        return Annotation(
            key=question.key,
            term=given.rule,
            probability=given.probability,
            why=given.why,
            model=self.model,
            prompt=self.prompt,
            at=self._clock(),
            tokens=tokens,
        )
