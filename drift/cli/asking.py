"""The walk through the questions of a review: one key each on a terminal, one line each elsewhere."""

from __future__ import annotations

import math
import os
import select
import sys
from typing import Protocol

import typer

from drift.check.answer_file import AnswerFile, meant
from drift.cli.output import write
from drift.model import Term
from drift.model.errors import InputError
from drift.model.escaping import inert
from drift.model.review import Question, ReviewReport
from drift.policies import resolve
from drift.reports import Display, questions

if sys.platform != "win32":
    import termios
    import tty

_ESCAPE = b"\x1b"
_ENDS = (b"", b"\x04", b"\x00")  # a Ctrl-D typed before it was asked for has become the mark of a line's end, a NUL
_SEQUENCE = 16  # bytes: longer than what any key sends
PACE = 15  # seconds a question: a sentence and a rule or two to read, and one key; nobody was timed yet


class Input(Protocol):
    """Where answers are typed. Both raise EOFError where nothing more comes."""

    def key(self) -> str:
        """One key."""
        ...

    def line(self) -> str:
        """One line, without its end."""
        ...


class Lines:
    """Standard input, line by line; of a line that is asked for a key the first character counts."""

    def key(self) -> str:
        return self.line()[:1]

    def line(self) -> str:
        line = sys.stdin.readline() if sys.stdin else ""
        if not line:
            raise EOFError
        return line.strip()


class Terminal(Lines):
    """A terminal, where a key needs no return."""

    def key(self) -> str:
        pressed = _pressed()
        typer.echo(pressed if pressed.isprintable() else "")
        return pressed


def _pressed() -> str:
    """One key, also where it was typed before it was asked for; '' for one without a character, such as an arrow.

    Raises EOFError for the end of input (Ctrl-D), KeyboardInterrupt for Ctrl-C.
    """
    if sys.platform == "win32":
        return typer.getchar()
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    try:
        tty.setcbreak(terminal, termios.TCSANOW)  # at once: to wait or to flush would lose what was typed ahead
        pressed = os.read(terminal, 1)
        if pressed == _ESCAPE:
            while select.select([terminal], [], [], 0)[0] and os.read(terminal, _SEQUENCE):
                pass
            return ""
    finally:
        termios.tcsetattr(terminal, termios.TCSANOW, before)
    if pressed in _ENDS:
        raise EOFError
    return pressed.decode("ascii", errors="ignore")


def typed() -> Input:
    """What standard input can do."""
    return Terminal() if sys.stdin and sys.stdin.isatty() else Lines()


class Interview:
    """One walk; every answer is kept before the next question is shown."""

    def __init__(self, report: ReviewReport, ledger: AnswerFile, look: Display, keys: Input) -> None:
        self._report = report
        self._questions = list(report.questions)
        self._ledger = ledger
        self._look = look
        self._keys = keys
        self._behind: list[tuple[Question, ...]] = []  # what was answered by each question passed, () where skipped

    def go(self) -> int:
        """Ask until all is asked, or whoever answers stops. How many questions were answered."""
        try:
            while len(self._behind) < len(self._questions) and self._ask(self._questions[len(self._behind)]):
                pass
        except EOFError:
            typer.echo()
        kept = sum(bool(answered) for answered in self._behind)
        left = len(self._questions) - kept
        typer.echo(f"{kept} answered and kept in {self._ledger.path}, {left} left for later")
        return kept

    def _ask(self, question: Question) -> bool:
        """Ask one question, or go back to the one before; False where the walk ends."""
        self._show(question)
        rules = questions.offered(question)
        while True:
            typer.echo(f"  {_keys(question, len(rules))}: ", nl=False)
            match self._keys.key().lower():
                case "y" if rules:
                    return self._keep(question, rules[0])
                case "s":
                    self._behind.append(())
                    return True
                case "u" if self._behind:
                    self._undo()
                    return True
                case "q":
                    return False
                case "o" if question.members:
                    at = len(self._behind)
                    self._questions[at : at + 1] = question.members
                    return True
                case "n" if not question.members:
                    return self._keep(question, None)
                case "a" if not question.members:
                    term = self._another(question)
                    if term is not None:
                        return self._keep(question, term)
                case number if number.isdecimal() and 0 < int(number) <= len(rules) and not question.members:
                    return self._keep(question, rules[int(number) - 1])
                case _:
                    typer.echo("  one of these keys")

    def _keep(self, question: Question, term: Term | None) -> bool:
        answers = meant(question, term)
        self._ledger.record(answers)
        self._behind.append(tuple(one for one, _ in answers))
        return True

    def _undo(self) -> None:
        if answered := self._behind.pop():
            self._ledger.forget(answered)

    def _another(self, question: Question) -> Term | None:
        """The term chosen from those that could be meant, by number or name; None if it is none of them."""
        for number, term in enumerate(question.terms, start=1):
            typer.echo(f"  {number:>3}  {term.full_name}: {inert(term.says)}")
        typer.echo("  number or name, nothing to go back: ", nl=False)
        chosen = self._keys.line()
        if chosen.isdecimal() and 0 < int(chosen) <= len(question.terms):
            return question.terms[int(chosen) - 1]
        if not chosen:
            return None
        try:
            return resolve(self._report.registry, chosen)
        except InputError as error:
            typer.echo(f"  {inert(str(error))}")
            return None

    def _show(self, question: Question) -> None:
        done, all_ = len(self._behind), len(self._questions)
        typer.echo(f"\n[{done + 1} of {all_}, {_time(all_ - done)} left]")
        write(questions.one(question, self._report.as_of, self._look))


def _keys(question: Question, rules: int) -> str:
    """What may be pressed, in words."""
    if question.members:
        return "y as drift thinks: all of these   o one by one   s skip   u undo   q quit"
    another = "" if rules < 2 else "2 states rule 2   " if rules == 2 else f"2-{rules} states another of these   "
    return f"y states rule 1   {another}a any other   n none of these   s skip   u undo   q quit"


def _time(questions: int) -> str:
    """How long some questions take: 'about 2 minutes'."""
    minutes = math.ceil(questions * PACE / 60)
    return f"about {minutes} minute{'' if minutes == 1 else 's'}"
