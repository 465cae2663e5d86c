"""`drift serve` in a process of its own, beside a site that changes, hangs, and policies that break."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from site_of_shops import POLICY, Site, laid_out, served
from waiting import PATIENCE, wait_for, wait_until_asleep

from drift.store import open_store
from drift.watch.watched import KIND

MOST_TO_STOP = 300.0  # seconds; what hangs, hangs for 1,000. That it takes no more than 10 is for the trials


@pytest.fixture
def site() -> Iterator[Site]:
    with served(Site(pages=4)) as site:
        yield site


@contextmanager
def serving(settings: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A `drift serve`, whose log is the file `log` beside its settings."""
    command = [sys.executable, "-m", "drift", "serve", "--file", str(settings)]
    with (settings.parent / "log").open("wb") as log, subprocess.Popen(command, stderr=log) as process:
        try:
            yield process
        finally:
            process.kill()


def log_of(settings: Path) -> list[dict[str, Any]]:
    text = (settings.parent / "log").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.endswith("}")]


def stopped(process: subprocess.Popen[bytes]) -> float:
    """Ask it to stop. Gives the seconds it took, from an end with status 0."""
    asked = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0
    return time.monotonic() - asked


def test_it_stops_in_time_beside_a_site_that_hangs(site: Site, tmp_path: Path) -> None:
    settings = laid_out(tmp_path, site)
    settings.write_text(
        settings.read_text("utf-8").replace("rate:", "timeouts: {read: 1000 seconds, whole: 1000 seconds}, rate:"),
        encoding="utf-8",
    )
    with serving(settings) as process:
        wait_for(lambda: any(line["event"] == "run-ended" for line in log_of(settings)))
        site.stuck = True
        before = site.requests
        wait_for(lambda: site.requests > before)
        assert stopped(process) < MOST_TO_STOP
    assert log_of(settings)[-1]["event"] == "stopped"
    with open_store(f"sqlite:///{tmp_path / '.drift' / 'drift.db'}") as store:
        assert store.runs.unfinished("help", KIND)  # to be resumed


def test_it_stops_at_once_while_it_waits_for_its_turn(site: Site, tmp_path: Path) -> None:
    settings = laid_out(tmp_path, site, rate="0.001")
    with serving(settings) as process:
        wait_for(lambda: site.answered)
        wait_until_asleep(process.pid)
        stopped(process)
    # The pass ended by itself, and was not left behind after the grace: then nobody would tell that it was left.
    assert [line["event"] for line in log_of(settings)][-3:] == ["run-left", "stopped-leading", "stopped"]


def test_a_second_signal_ends_it_at_once(site: Site, tmp_path: Path) -> None:
    settings = laid_out(tmp_path, site)
    site.stuck = True
    with serving(settings) as process:
        wait_for(lambda: site.requests)
        while process.poll() is None:  # two that come at once are one to the system
            process.send_signal(signal.SIGINT)
            time.sleep(0.1)
        assert process.returncode == 130  # and not 0, as after one, when it has waited for the site


def test_policies_that_do_not_lint_are_told_once_and_those_before_them_kept(site: Site, tmp_path: Path) -> None:
    settings = laid_out(tmp_path, site)
    policy = tmp_path / "policies" / "returns.yaml"

    def events(name: str) -> list[dict[str, Any]]:
        return [line for line in log_of(settings) if line["event"] == name]

    with serving(settings) as process:
        wait_for(lambda: events("run-ended"))
        policy.write_text(POLICY.replace("owner:", "ownr:"), encoding="utf-8")
        wait_for(lambda: events("policies-unsound"))
        site.values[0].append(14)
        known = len(events("run-ended"))
        wait_for(lambda: len(events("run-ended")) > known + 1)
        policy.write_text(POLICY, encoding="utf-8")
        wait_for(lambda: events("over"))
        stopped(process)
    (unsound,) = events("policies-unsound")
    assert unsound["level"] == "error"
    assert "ownr" in unsound["detail"]
    assert sum(line["counts"].get("open", 0) for line in events("run-ended")) == 1


def test_settings_that_are_wrong_are_told(tmp_path: Path) -> None:
    (tmp_path / "drift.yaml").write_text("sources: []\n", encoding="utf-8")
    command = [sys.executable, "-m", "drift", "serve", "--file", str(tmp_path / "drift.yaml")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 2
    assert "drift.yaml:1:10" in done.stderr
