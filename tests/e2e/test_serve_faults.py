"""What goes wrong with one source is told once, and holds up no other."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from site_of_shops import POLICY
from waiting import PATIENCE

from drift import settings as room
from drift.assembly.watch import Watch, opened
from drift.model.memory import Run
from drift.serve import Notice, Notices
from drift.serve.serving import Serving

SETTINGS = """\
sources:
  - {name: good, kind: files, at: good/, schedule: {every: 1 second}}
  - {name: bad, kind: files, at: bad/, schedule: {every: 1 second}}
"""
ARTICLE = "# Returns\n\nYou can return unused goods within 30 days of delivery.\n"


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("good", "bad", "policies"):
        (tmp_path / name).mkdir()
    (tmp_path / "good" / "returns.md").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "bad" / "returns.md").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "policies" / "returns.yaml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "drift.yaml").write_text(SETTINGS, encoding="utf-8")
    return tmp_path


def serve_until(folder: Path, done: Callable[[list[Notice], dict[str, list[Run]]], bool]) -> list[Notice]:
    """Serve until notices and the ended runs of the sources say so. Gives the notices."""
    settings = room.load(folder / "drift.yaml", {})
    told: list[Notice] = []
    asked: list[int] = []
    ends = time.monotonic() + PATIENCE
    with opened(settings) as store:

        def look() -> None:
            """Called by the loop of the one that leads, like a watchdog."""
            runs = {name: [run for run in store.runs.last(50, name) if run.ended] for name in ("good", "bad")}
            if done(told, runs) or time.monotonic() > ends:
                asked.append(1)

        notices = Notices(now, told.append)
        serving = Serving(settings, store, now, time.monotonic, random.random, lambda: bool(asked), notices, look)
        assert serving.run()
        assert time.monotonic() < ends
    return told


def test_a_source_that_is_wrong(folder: Path) -> None:
    (folder / "bad" / "returns.md").unlink()
    (folder / "bad").rmdir()
    told = serve_until(folder, lambda told, runs: bool(told) and len(runs["good"]) > 3)
    assert [(notice.code, notice.source) for notice in told] == [("source-unusable", "bad")]


def test_policies_that_never_linted(folder: Path) -> None:
    policy = folder / "policies" / "returns.yaml"
    mended = folder / "mended.yaml"
    mended.write_text(POLICY, encoding="utf-8")
    policy.write_text(POLICY.replace("owner:", "ownr:"), encoding="utf-8")

    def done(told: list[Notice], runs: dict[str, list[Run]]) -> bool:
        if len(told) == 2 and mended.exists():
            mended.replace(policy)  # at once: half a file would not lint
        return bool(runs["good"] and runs["bad"])

    told = serve_until(folder, done)
    assert sorted((notice.code, notice.source) for notice in told) == [
        ("source-unusable", "bad"),
        ("source-unusable", "good"),
    ]


def test_a_fault_of_ours(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crawl = Watch.crawl

    def broken(self: Watch, name: str, **more: object) -> tuple[Run, ...]:
        if name == "bad":
            raise ZeroDivisionError
        return crawl(self, name, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Watch, "crawl", broken)
    told = serve_until(folder, lambda told, runs: bool(told) and len(runs["good"]) > 3)
    assert [(notice.code, notice.source) for notice in told] == [("source-crashed", "bad")]
    assert "ZeroDivisionError" in told[0].words
