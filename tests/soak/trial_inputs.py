"""Every command given bad input, over and over: whatever a person hands in, no command ends with a traceback.

    python tests/soak/trial_inputs.py                          # a minute
    nice python tests/soak/trial_inputs.py --seconds 3600 --log tracebacks.jsonl
    python tests/soak/trial_inputs.py --seed 123456            # one trial again, with all that it says

Each trial lays out policies, articles, settings, archives and a store, spoils one to three of them or of the words of a
command, and runs the command in a process of its own, which may take 20 seconds of a core and 1.5 GB. What counts is
how it ends: by one of the exit statuses that the commands know. Prints figures, and exits with 1 where one ended
otherwise; `--log` has a line for each of those, with its seed.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import importlib
import json
import os
import pkgutil
import random
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bad_inputs import COMMANDS, lay_out, spoil_file, words_of

import drift
from drift.cli import status
from drift.cli.app import run

KNOWN = {status.NOTHING_DIVERGES, status.DIVERGES, status.WRONG_INPUT, status.BLIND}
SECONDS = 20  # of a core
WHOLE = 60.0  # seconds of the clock
MEMORY = 1_500_000_000
RAISED = 86  # how a trial ends that raised
STARTED = 3.0  # seconds after which `serve` is asked to stop


@dataclass(frozen=True, slots=True)
class Trial:
    """One command with its inputs spoiled, and how it ended: `fault` is '' where it ended as commands do."""

    seed: int
    arguments: list[str]
    spoiled: list[str]
    fault: str = ""
    said: str = ""


def trial(base: Path, seed: int, commands: Sequence[str] = COMMANDS) -> Trial:
    """One trial in a folder of its own; the same for the same seed and commands."""
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="drift-inputs-") as made:
        folder = Path(made) / "here"
        shutil.copytree(base, folder)
        command = dice.choice(commands)
        in_words = dice.choice((0, 0, 1, 1, 2))
        arguments = words_of(command, dice, in_words)
        spoiled = []
        for _ in range(dice.randint(0 if in_words else 1, 2)):
            path = dice.choice(_read_by(command, folder))
            with contextlib.suppress(OSError):  # spoiled before, so that it is no file any more
                spoiled.append(f"{path.relative_to(folder)}: {spoil_file(path, dice)}")
        fault, said = _ended(arguments, folder, Path(made))
        _open_up(folder)
        return Trial(seed, arguments, spoiled, fault, said)


def _read_by(command: str, folder: Path) -> list[Path]:
    """The files that a command may read: those it names or that lie under what it names, and what is always there."""
    named = [word.replace("sqlite:///", "") for word in re.findall(r"\{([^}]*)\}", command)]
    every = sorted(path for path in folder.rglob("*") if path.is_file())
    names = {path: path.relative_to(folder).as_posix() for path in every}
    found = [path for path in every if any(names[path].startswith(word.partition("*")[0]) for word in named if word)]
    always = ("policies/", "drift.yaml", "drift.db")
    return found * 3 + [path for path in every if names[path].startswith(always)]


def _ended(arguments: list[str], folder: Path, outside: Path) -> tuple[str, str]:
    """Run a command in a process of its own: what was wrong with how it ended, and what it said last."""
    log = outside / "said"
    child = os.fork()
    if child == 0:
        _child(arguments, folder, log)
    ends, asked = time.monotonic() + WHOLE, False
    begun = time.monotonic()
    while True:
        done, how = os.waitpid(child, os.WNOHANG)
        if done:
            break
        now = time.monotonic()
        if arguments[:1] == ["serve"] and not asked and now - begun > STARTED:
            asked = True
            os.kill(child, signal.SIGTERM)
        if now > ends:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return "it did not end", _tail(log)
        time.sleep(0.005)
    said = _tail(log)
    code = os.waitstatus_to_exitcode(how)
    if code == RAISED:
        return _signature(said), said
    if code < 0:
        return f"ended by signal {-code}", said
    return ("" if code in KNOWN else f"exit status {code}"), said


def _child(arguments: list[str], folder: Path, log: Path) -> None:
    """The command itself; never returns."""
    code = RAISED
    try:
        os.chdir(folder)
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # on one core a pass starts no processes of its own
        out = os.open(log, os.O_WRONLY | os.O_CREAT)
        empty = os.open(os.devnull, os.O_RDONLY)
        for number, file in ((0, empty), (1, out), (2, out)):
            os.dup2(file, number)
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000_000, 100_000_000))
        os.environ.update(HOOK="http://127.0.0.1:9/hook", KEY="a key", DRIFT_STORE="", NO_COLOR="1", COLUMNS="100")
        del os.environ["DRIFT_STORE"]
        code = run(arguments)
        sys.stdout.flush()
    except BaseException:  # noqa: BLE001 - this is what is looked for
        traceback.print_exc()
        code = RAISED
    finally:
        with contextlib.suppress(BaseException):
            sys.stderr.flush()
        os._exit(code)


def _tail(log: Path) -> str:
    return log.read_bytes()[-6000:].decode("utf-8", "replace") if log.exists() else ""


def _signature(said: str) -> str:
    """Where a traceback ends within drift, and what was raised: one for a class of faults."""
    frames = re.findall(r'File "[^"]*/(drift/[^"]+)", line \d+, in (\S+)', said)
    frames = [frame for frame in frames if frame[0] not in ("drift/cli/app.py", "drift/__main__.py")]
    raised = next(
        (line for line in reversed(said.splitlines()) if re.match(r"[\w.]+(Error|Exception|Exit|Warning)\b", line)), ""
    )
    where = f"{frames[-1][0]} {frames[-1][1]}" if frames else "outside drift"
    return f"{where}: {raised.partition(':')[0]}"


def _open_up(folder: Path) -> None:
    """Let what was closed be deleted."""
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):
            if not path.is_symlink():
                path.chmod(0o755)


def trials(base: Path, dice: random.Random, seconds: float, commands: Sequence[str]) -> Iterator[Trial]:
    """Trials until the time is over."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        yield trial(base, dice.getrandbits(48), commands)


def warm() -> None:
    """Import all of drift once, for the children."""
    for found in pkgutil.walk_packages(drift.__path__, "drift."):
        if not found.name.startswith(("drift.__main__", "drift.store.migrations")):
            importlib.import_module(found.name)
    gc.freeze()


def prepared(base: Path) -> None:
    """The inputs, and a store with a finding in it that a replay and a pass made."""
    base.mkdir()
    lay_out(base)
    for arguments in (
        ["replay", "past", "--store", "sqlite:///drift.db", "--published-as", "https://help.larkspur.example/"],
        ["crawl", "--file", "drift.yaml"],
        ["backup", "backup.db", "--store", "sqlite:///drift.db"],
    ):
        fault, said = _ended(arguments, base, base.parent)
        if fault or " cannot be used" in said or "expected" in said:
            raise SystemExit(f"what is right fails: {arguments}: {fault}\n{said}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, help="run the one trial of this seed")
    parser.add_argument("--only", default="", help="commands that begin so: 'findings', 'db check'")
    parser.add_argument("--log", type=Path, help="where each fault is added as a line of JSON")
    asked = parser.parse_args()
    commands = [command for command in COMMANDS if command.startswith(asked.only)]
    with tempfile.TemporaryDirectory(prefix="drift-inputs-base-") as made:
        base = Path(made) / "base"
        warm()
        prepared(base)
        if asked.seed is not None:
            one = trial(base, asked.seed, commands)
            print(json.dumps([one.arguments, one.spoiled], indent=1), one.said, one.fault or "no fault", sep="\n")
            return int(bool(one.fault))
        faults: Counter[str] = Counter()
        ran = 0
        begun = time.monotonic()
        for one in trials(base, random.Random(), asked.seconds, commands):
            ran += 1
            if not one.fault:
                continue
            faults[one.fault] += 1
            if asked.log is not None:
                line = {"seed": one.seed, "fault": one.fault, "arguments": one.arguments, "spoiled": one.spoiled}
                with asked.log.open("a", encoding="utf-8") as log:
                    log.write(json.dumps({**line, "said": one.said[-3000:]}) + "\n")
    took, bad = time.monotonic() - begun, sum(faults.values())
    print(f"{ran} commands in {took:.0f} s, {bad} ended badly in {len(faults)} ways")
    for fault, times in faults.most_common():
        print(f"{times:6} {fault}")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
