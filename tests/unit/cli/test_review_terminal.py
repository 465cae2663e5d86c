"""The walk of `drift review` on a real terminal: one key each, no return."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from waiting import PATIENCE

PROMPT = "q quit: "
RUN = """
import fcntl, signal, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # the terminal whose Ctrl-C interrupts
signal.signal(signal.SIGINT, signal.default_int_handler)  # whatever the tests were begun with, as a shell's job may be
from drift.__main__ import main
sys.exit(main(sys.argv[1:]))
"""
PAGE = """\
# Returns

You can return unused goods within 30 days of delivery.

The restocking fee is 15% for opened goods.
"""


class Terminal:
    """A program on a pseudo-terminal. What is typed is typed after the prompt it answers was seen."""

    def __init__(self, arguments: list[str], folder: Path) -> None:
        self._mine, theirs = os.openpty()
        environment = {**os.environ, "TERM": "dumb", "PYTHONPATH": os.pathsep.join(sys.path)}
        self.process = subprocess.Popen(
            [sys.executable, "-c", RUN, *arguments],
            cwd=folder,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment,
            start_new_session=True,
        )
        os.close(theirs)

    def until(self, wanted: str) -> str:
        """What is written up to `wanted`; fails where it does not come in time."""
        said = ""
        end = time.monotonic() + PATIENCE
        while wanted not in said:
            ready, _, _ = select.select([self._mine], [], [], max(0.0, end - time.monotonic()))
            assert ready, f"{wanted!r} did not come; so far:\n{said}"
            said += self._read()
        return said

    def type(self, keys: str) -> None:
        os.write(self._mine, keys.encode())

    def rest(self) -> str:
        """Everything up to the end of the program, which must end well."""
        said = ""
        end = time.monotonic() + PATIENCE
        while select.select([self._mine], [], [], max(0.0, end - time.monotonic()))[0] and (chunk := self._read()):
            said += chunk
        assert self.process.wait(PATIENCE) == 0, said
        return said

    def _read(self) -> str:
        try:
            return os.read(self._mine, 65536).decode(errors="replace").replace("\r\n", "\n")
        except OSError:  # how Linux says that the other end is closed
            return ""

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._mine)


@pytest.fixture
def terminals(place: Path) -> Iterator[list[Terminal]]:
    (place / "page.md").write_text(PAGE, encoding="utf-8")
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        terminal.close()


def walk(place: Path, terminals: list[Terminal], *keys: str) -> tuple[list[str], str]:
    """What stood before each key was typed, and what came after the last one."""
    terminal = Terminal(["review", "page.md"], place)
    terminals.append(terminal)
    shown = []
    for key in keys:
        shown.append(terminal.until(PROMPT if key != "1\n" else "to go back: "))
        terminal.type(key)
    return shown, terminal.rest()


def terms(place: Path) -> list[str]:
    path = place / "policies" / "reviewed.yaml"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [line.split("term: ")[1] for line in lines if line.startswith("  term: ")]


def test_one_key_answers_and_the_next_question_comes(place: Path, terminals: list[Terminal]) -> None:
    shown, end = walk(place, terminals, "y", "n")
    assert "[1 of 2, " in shown[0]
    assert "[2 of 2, " in shown[1]
    assert "2 answered and kept in policies/reviewed.yaml" in end
    assert sorted(terms(place)) in (["null", "returns/restocking-fee"], ["null", "returns/return-window"])


def test_undo_goes_back_and_takes_the_answer_with_it(place: Path, terminals: list[Terminal]) -> None:
    shown, end = walk(place, terminals, "n", "u", "q")
    assert "[1 of 2, " in shown[2]
    assert terms(place) == []
    assert "2 left for later" in end


def test_another_term_is_chosen_by_its_number(place: Path, terminals: list[Terminal]) -> None:
    _, end = walk(place, terminals, "a", "1\n", "q")
    assert len(terms(place)) == 1
    assert "1 left for later" in end


def test_a_walk_that_was_left_goes_on_where_it_was(place: Path, terminals: list[Terminal]) -> None:
    _, end = walk(place, terminals, "n", "q")
    assert "1 answered and kept in policies/reviewed.yaml, 1 left for later" in end
    shown, end = walk(place, terminals, "x", "s")
    assert "[1 of 1, " in shown[0]
    assert "one of these keys" in shown[1]
    assert "1 left for later" in end


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["ctrl-c", "ctrl-d"])
def test_an_interrupt_keeps_what_was_answered(place: Path, terminals: list[Terminal], key: str) -> None:
    terminal = Terminal(["review", "page.md"], place)
    terminals.append(terminal)
    terminal.until(PROMPT)
    terminal.type("n")
    terminal.until(PROMPT)
    terminal.type(key)
    assert terminal.process.wait(PATIENCE) in (0, 130)
    assert len(terms(place)) == 1


def test_an_end_typed_before_the_first_question_ends_the_walk(place: Path, terminals: list[Terminal]) -> None:
    terminal = Terminal(["review", "page.md"], place)
    terminals.append(terminal)
    terminal.type("\x04")
    assert "left for later" in terminal.rest()
    assert terms(place) == []
