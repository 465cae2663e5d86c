"""A program that answers: it is told everything, never waited for without end, and never outlives its questions."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from annotating import FOREVER
from annotator_benches import NOON, CommandBench
from rule_questions import RULES, UNLOCK, expected, numbered
from waiting import PATIENCE, wait_for

from drift.annotators.command import Command
from drift.model.annotation import Annotation, Unanswered
from drift.model.errors import AnnotatorError

READS_ALL_FIRST = """
import json, sys
for line in sys.stdin.read().splitlines():
    question = json.loads(line)
    print(json.dumps({"id": question["id"], "rule": question["rules"][0]["name"], "p": 1}))
"""


def command(
    tmp_path: Path,
    program: str,
    *,
    timeout: float = PATIENCE,
    twice: bool = False,
    timer: Callable[[], float] = time.monotonic,
) -> Command:
    return Command(
        (sys.executable, "-c", program), tmp_path, "m", lambda: NOON, lambda: "m4rk", timer,
        timeout=timeout, twice=twice,
    )  # fmt: skip


def test_a_program_may_read_everything_before_it_answers(tmp_path: Path) -> None:
    """Megabytes go in before anything comes out: neither side waits for the other."""
    said = list(command(tmp_path, READS_ALL_FIRST).answers(numbered(2_000)))
    assert {each.term for each in said if isinstance(each, Annotation)} == {RULES[0].name}
    assert len(said) == 2_000


def test_a_program_may_name_the_rule_in_either_wording(tmp_path: Path) -> None:
    (said,) = command(tmp_path, READS_ALL_FIRST, twice=True).answers([UNLOCK])
    assert said == Unanswered(UNLOCK.key, "the two wordings got different answers", True)


def test_a_program_may_stop_listening(tmp_path: Path) -> None:
    program = 'import sys; sys.stdin.close(); print(\'{"id": "q-0", "rule": 1, "p": 1}\')'
    said = list(command(tmp_path, program).answers(numbered(2_000)))
    assert sum(isinstance(each, Annotation) for each in said) == 1
    assert {each.why for each in said if isinstance(each, Unanswered)} == {"the program gave no answer"}


def test_answers_in_any_order_and_without_a_last_line_end(tmp_path: Path) -> None:
    program = (
        "import json, sys\n"
        'made = [json.dumps({"id": json.loads(line)["id"], "rule": None, "p": 1}) for line in sys.stdin]\n'
        'sys.stdout.write("\\n".join(reversed(made)))'
    )
    assert [each.key for each in command(tmp_path, program).answers(numbered(3))] == ["q-2", "q-1", "q-0"]


def test_the_first_answer_counts() -> None:
    bench = CommandBench()
    bench.fail("twice")
    said = list(bench.annotator.answers(numbered(4)))
    assert [each.term for each in said if isinstance(each, Annotation)] == [expected(number) for number in range(4)]


def test_an_answer_to_another_question_is_none() -> None:
    bench = CommandBench()
    bench.fail("another question")
    said = list(bench.annotator.answers(numbered(2)))
    assert {each.why for each in said if isinstance(each, Unanswered)} == {"the program answered another question"}
    assert len(said) == 2


@pytest.mark.parametrize(
    ("fault", "words", "transient"),
    [
        ("crash", r"with status 3: ValueError: no \\x1b\[31mmodel\\x1b\[0m is loaded", True),
        ("rubbish", "the program writes what is no answer: annotator.program", False),
        ("endless", "the program writes a line without end: annotator.program", False),
        ("nobody there", "the program cannot be run: No such file or directory: annotator.program", False),
    ],
)
def test_programs_that_fail(fault: str, words: str, transient: bool) -> None:
    bench = CommandBench()
    bench.fail(fault)
    with pytest.raises(AnnotatorError, match=words) as caught:
        list(bench.annotator.answers([UNLOCK]))
    assert caught.value.transient is transient


SILENT = f"""
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep({FOREVER})"])
with open("child", "w") as file: file.write(str(child.pid))
print("waiting for a child", file=sys.stderr, flush=True)
open("begun", "w").close()
print("still waiting", file=sys.stderr, flush=True)
time.sleep({FOREVER})
"""


def test_a_silent_program_ends_with_all_that_it_began(tmp_path: Path) -> None:
    def timer() -> float:
        return 1_000.0 if (tmp_path / "begun").exists() else 0.0

    annotator = command(tmp_path, SILENT, timeout=PATIENCE, timer=timer)
    with pytest.raises(AnnotatorError, match=r"the program gave no answer for 600 seconds: ") as caught:
        list(annotator.answers([UNLOCK]))
    assert caught.value.transient
    assert str(caught.value).endswith("waiting for a child") or str(caught.value).endswith("still waiting")
    child = int((tmp_path / "child").read_text(encoding="ascii"))
    wait_for(lambda: _gone(child))


def test_a_program_that_does_not_end_is_ended(tmp_path: Path) -> None:
    written = "import os\nopen('pid', 'w').write(str(os.getpid()))\n"
    program = f"{written}{READS_ALL_FIRST}\nsys.stdout.flush()\nimport time\ntime.sleep(3600)"
    (said,) = command(tmp_path, program).answers([UNLOCK])
    assert isinstance(said, Annotation)
    assert _gone(int((tmp_path / "pid").read_text(encoding="ascii")))


def test_what_came_before_it_crashed_is_kept(tmp_path: Path) -> None:
    program = 'print(\'{"id": "q-0", "rule": 1, "p": 1}\', flush=True); raise SystemExit("out of memory")'
    answers = command(tmp_path, program).answers(numbered(2))
    assert isinstance(next(answers), Annotation)
    with pytest.raises(AnnotatorError, match="ended with status 1: out of memory"):
        next(answers)


def _gone(process: int) -> bool:
    """Whether a process has ended, or waits for whoever began it to notice."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    state = Path(f"/proc/{process}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z"
