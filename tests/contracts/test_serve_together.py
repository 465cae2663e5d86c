"""Two `drift serve` on one store: each run happens once, and when the leader is gone the other goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
from site_of_shops import Site, laid_out, served
from waiting import PATIENCE, wait_for

from drift.serve import KIND as OFFICE
from drift.store import SqlStore, open_store
from drift.watch.watched import KIND

EVERY = 2  # seconds


def starts(store: SqlStore) -> list[float]:
    """When the passes over the source began, the newest first."""
    return [run.started.timestamp() for run in store.runs.last(1_000, "help") if run.kind == KIND]


def events(log: Path) -> list[str]:
    return [json.loads(line)["event"] for line in log.read_text(encoding="utf-8").splitlines() if line.endswith("}")]


@contextmanager
def two_serving(url: str, folder: Path) -> Iterator[tuple[SqlStore, dict[Path, subprocess.Popen[bytes]]]]:
    """A store, and by their logs two processes that serve it, one of which leads while the other stands by."""
    with ExitStack() as stack:
        site = stack.enter_context(served(Site(pages=3)))
        store = stack.enter_context(open_store(url))
        settings = laid_out(folder, site, every=f"{EVERY} seconds")
        command = [sys.executable, "-m", "drift", "serve", "--file", str(settings)]
        processes: dict[Path, subprocess.Popen[bytes]] = {}
        for log in (folder / "one", folder / "two"):
            to = stack.enter_context(log.open("wb"))
            processes[log] = subprocess.Popen(command, stderr=to, env={**os.environ, "DRIFT_STORE": url})
            stack.callback(processes[log].wait)
            stack.callback(processes[log].kill)
        wait_for(lambda: len(starts(store)) > 3)
        wait_for(lambda: any("standing-by" in events(log) for log in processes))
        yield store, processes


def test_when_the_leader_is_killed_the_other_goes_on(store_url: str, tmp_path: Path) -> None:
    with two_serving(store_url, tmp_path) as (store, processes):
        leading = [log for log in processes if "leading" in events(log)]
        assert len(leading) == 1

        processes[leading[0]].kill()
        processes[leading[0]].wait()
        known = len(starts(store))
        moved = wait_for(lambda: len(starts(store)) > known + 1)
        print(f"the schedule moved within {moved:.1f} s")

        (other,) = set(processes) - set(leading)
        processes[other].send_signal(signal.SIGTERM)
        assert processes[other].wait(PATIENCE) == 0
        assert events(other).count("leading") == 1
        slots = [int(start // EVERY) for start in starts(store)]
        assert len(set(slots)) == len(slots)  # of each time of the schedule one run, whoever made it
        offices = [run for run in store.runs.last(1_000) if run.kind == OFFICE]
        assert [run.ended is None for run in offices] == [False, True]  # the newest first; the killed one tells no end


def test_a_leader_that_the_server_forgot_steps_down(postgresql_url: str, tmp_path: Path) -> None:
    with two_serving(postgresql_url, tmp_path) as (store, processes):
        with psycopg.connect(postgresql_url, autocommit=True) as connection:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
        wait_for(lambda: sum(events(log).count("stopped-leading") for log in processes) == 1)
        wait_for(lambda: sum(events(log).count("leading") for log in processes) == 2)
        known = len(starts(store))
        wait_for(lambda: len(starts(store)) > known + 1)
        for process in processes.values():
            process.send_signal(signal.SIGTERM)
        assert [process.wait(PATIENCE) for process in processes.values()] == [0, 0]
