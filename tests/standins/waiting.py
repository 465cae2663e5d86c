"""How tests wait: for the thing itself, for as long as a busy machine may take.

Patience costs nothing where all is well, and it is no measure of anything: a test that is about time compares with
something that takes far longer, or is a benchmark.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 600.0  # seconds. On two cores with 25 others at work, what takes half a second alone took half a minute
LOOKS = 5  # in a row at which a process is asleep


def wait_for(what: Callable[[], object], every: float = 0.05) -> float:
    """Wait until something is so, looking `every` so many seconds. Gives the seconds it took.

    Raises:
        AssertionError: it was not so within `PATIENCE`.
    """
    began = time.monotonic()
    while not what():
        assert time.monotonic() < began + PATIENCE, "waited in vain"
        time.sleep(every)
    return time.monotonic() - began


def wait_until_asleep(process: int) -> None:
    """Wait until every thread of a process waits for something: what it was given to do before is done.

    Where the system does not tell (it has no /proc), a moment has to do.
    """
    tasks = Path(f"/proc/{process}/task")
    if not tasks.exists():
        time.sleep(1)
        return
    for _ in range(LOOKS):
        wait_for(lambda: {_state(task) for task in tasks.iterdir()} <= {"S", "Z", ""}, 0.02)
        time.sleep(0.02)


def _state(task: Path) -> str:
    """'R' runs or wants to, 'S' sleeps, 'D' waits for a disk, 'Z' and '' have ended."""
    try:
        return (task / "stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return ""
