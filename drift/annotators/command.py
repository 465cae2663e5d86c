"""A program that answers: it reads questions on its standard input and writes answers on its standard output, a line of
JSON each, in any order, and ends when it has read all.

    {"format": "drift-question/1", "id": "...", "sentence": "... [[30 days]] ...", "page": {...}, "rules": [...],
     "system": "...", "user": "..."}
    {"id": "...", "rule": 1 or "the name of the rule" or null, "p": 0.9, "why": "..."}

`system` and `user` are the question in words, for a program that hands it on to a model.
"""

from __future__ import annotations

import json
import shlex
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from drift.annotators import prompt as asking
from drift.annotators import replies
from drift.annotators.config import SENT, AnnotatorConfig, AskingMeans
from drift.annotators.exchange import whole
from drift.annotators.prompt import Mark, Wording
from drift.annotators.talking import Talk
from drift.files.config import Teller
from drift.files.fields import Text, about
from drift.files.keys import Texts
from drift.model.annotation import Annotation, RuleQuestion, Unanswered
from drift.model.errors import AnnotatorError
from drift.model.ports import Clock

FORMAT = "drift-question/1"
AGAIN = "/again"  # behind the id of a question in its second wording
STRAYS = 100  # lines that answer nothing, beyond one a question: what writes more is no annotator


class CommandConfig(AnnotatorConfig):
    """A program that reads questions and writes answers, a line of JSON each."""

    kind: Literal["command"]
    program: Annotated[
        Texts, about("The program and its arguments, run in the folder of drift.yaml.", [["python3", "annotate.py"]])
    ]
    model: Annotated[Text, about("A name for what answers: another name is another annotator.", ["rules-of-ana/2"])]

    def known_as(self) -> tuple[str, str]:
        return self.model, self.prompt

    def goes_where(self) -> str:
        return f"{SENT} go to the program {shlex.join(self.program)}, whose answers stand under {self.model}"

    def look(self, tell: Teller) -> None:
        program = self.program[0]
        found = (tell.folder / program).exists() if "/" in program else shutil.which(program) is not None
        if not found:
            tell(("program", 0), f"there is no program '{program}'", "one to run", warning=True)

    def annotator(self, means: AskingMeans) -> Command:
        return Command(
            self.program,
            means.folder,
            self.model,
            means.clock,
            means.draw,
            means.timer,
            timeout=self.timeout.total_seconds(),
            twice=self.ask_twice,
        )


@dataclass(slots=True)
class _Open:
    """A question with its wordings that are not answered yet, by id, and what was answered to another."""

    question: RuleQuestion
    wordings: dict[str, Wording]
    given: replies.RuleReply | None = None
    tokens: int = 0


class Command:
    """An Annotator. The program has the environment of drift; `timeout` is from one of its lines to the next."""

    def __init__(
        self,
        program: Sequence[str],
        folder: Path,
        model: str,
        clock: Clock,
        draw: Mark,
        timer: Callable[[], float],
        *,
        timeout: float,
        twice: bool,
    ) -> None:
        self._program = tuple(program)
        self._folder = folder
        self._model = model
        self._clock = clock
        self._draw = draw
        self._timer = timer
        self._timeout = timeout
        self._twice = twice

    def __repr__(self) -> str:
        return f"Command({self._model!r})"

    @property
    def model(self) -> str:
        return self._model

    @property
    def prompt(self) -> str:
        return asking.TWICE if self._twice else asking.PROMPT

    def answers(self, questions: Sequence[RuleQuestion]) -> Iterator[Annotation | Unanswered]:
        """One for each key of the questions, as they come. The program runs for that long, and no longer.

        Raises AnnotatorError where it cannot be run, ends badly, or is silent for longer than it may be.
        """
        opened = {question.key: self._opened(question) for question in questions}
        if not opened:
            return
        waiting = {each: one for one in opened.values() for each in one.wordings}
        lines = [
            _line(one.question, each, wording) for one in opened.values() for each, wording in one.wordings.items()
        ]
        strays = 0
        words = "the program gave no answer"
        with Talk(self._program, self._folder, b"".join(lines), self._timer, self._timeout) as talk:
            for line in talk.lines():
                answer = _object(line)
                name = answer.get("id")
                one = waiting.pop(name, None) if isinstance(name, str) else None
                if one is None:
                    strays += 1
                    words = "the program answered another question" if name else "the program wrote what is no answer"
                    if strays > STRAYS + len(opened):
                        raise AnnotatorError("the program writes what is no answer: annotator.program", transient=False)
                elif one.question.key in opened and (said := self._said(one, str(name), answer)) is not None:
                    del opened[one.question.key]
                    yield said
                if not opened:
                    break
            failure = talk.end()
            if opened and failure is not None:
                raise failure
        for one in opened.values():
            yield Unanswered(one.question.key, words, spent=one.given is not None, tokens=one.tokens)

    def _opened(self, question: RuleQuestion) -> _Open:
        wordings = {question.key: asking.first(question, self._draw)}
        if self._twice:
            wordings[question.key + AGAIN] = asking.second(question, self._draw)
        return _Open(question, wordings)

    def _said(self, one: _Open, name: str, answer: dict[str, Any]) -> Annotation | Unanswered | None:
        """What a line makes of a question; None if its other wording is still to be answered."""
        wording = one.wordings.pop(name)
        one.tokens += whole(answer.get("tokens"))
        try:
            read = replies.answer(answer, wording.names)
            one.given = read if one.given is None else replies.agreed(one.given, read)
        except replies.ReplyError as nothing:
            return Unanswered(one.question.key, str(nothing), spent=True, tokens=one.tokens)
        if one.wordings:
            return None
        return Annotation(
            key=one.question.key,
            term=one.given.rule,
            probability=one.given.probability,
            why=one.given.why,
            model=self._model,
            prompt=self.prompt,
            at=self._clock(),
            tokens=one.tokens,
        )


def _line(question: RuleQuestion, name: str, wording: Wording) -> bytes:
    """A question as the program reads it, its rules in the order of their numbers."""
    rules = {rule.name: rule for rule in question.rules}
    data = {
        "format": FORMAT,
        "id": name,
        "sentence": asking.marked(question),
        "page": dict(asking.around(question)),
        "rules": [asdict(rules[each]) for each in wording.names],
        "system": wording.system,
        "user": wording.user,
    }
    return json.dumps(data).encode("ascii") + b"\n"


def _object(line: bytes) -> dict[str, Any]:
    """A line of the program's; an empty object where it is none of JSON."""
    try:
        return replies.one(line.decode("utf-8"))
    except (ValueError, replies.ReplyError):
        return {}
