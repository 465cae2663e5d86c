"""`drift replay` as a person runs it: the story whole, twice, killed, from a WARC file, and what is wrong with it."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from waiting import PATIENCE, wait_for

from drift.__main__ import main
from drift.model.finding import Finding, State
from drift.store import open_store

FIXTURES = Path(__file__).parents[2] / "fixtures" / "replay"
KILLS = (3, 30)  # versions that are stored when a run is killed


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the dated snapshots and the policies."""
    shutil.copytree(FIXTURES / "snapshots", tmp_path / "snapshots")
    shutil.copytree(FIXTURES / "policies", tmp_path / "policies")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DRIFT_STORE", raising=False)
    return tmp_path


def findings(url: str = "sqlite:///.drift/drift.db") -> tuple[Finding, ...]:
    with open_store(url) as store:
        return store.findings.find()


def expected(name: str) -> str:
    """A whole output. After a change that is meant: write it anew, and read the difference."""
    return (FIXTURES / name).read_text(encoding="utf-8")


@pytest.mark.usefixtures("folder")
def test_since_when_the_page_has_been_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", "snapshots"]) == 1
    said = capsys.readouterr()
    assert (said.out, said.err) == (expected("expected.txt"), "")
    returns, unlock = sorted(findings(), key=lambda one: one.policy, reverse=True)
    assert (returns.state, unlock.state) == (State.OPEN, State.RESOLVED)
    assert unlock.before is not None
    assert (unlock.before.published, unlock.statement.published, unlock.statement.expected) == (
        "60 days",
        "30 days",
        "60 days",
    )


@pytest.mark.usefixtures("folder")
def test_twice_says_nothing_twice(capsys: pytest.CaptureFixture[str]) -> None:
    main(["replay", "snapshots"])
    before = findings()
    capsys.readouterr()
    assert main(["replay", "snapshots"]) == 1
    assert capsys.readouterr().out == expected("expected-again.txt")
    assert findings() == before


@pytest.mark.usefixtures("folder")
def test_by_the_policies_of_today_in_a_store_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    url = "--published-as", "https://help.larkspur.example/en"
    assert main(["replay", "snapshots", "--as-of", "today", "--store", "sqlite:///today.db", *url]) == 1
    assert "before 6 January 2026" in capsys.readouterr().out
    articles = {one.article for one in findings("sqlite:///today.db")}
    assert "https://help.larkspur.example/en/shop/returns.html" in articles
    assert not Path(".drift").exists()


def test_a_page_that_could_not_be_read_is_never_a_clean_replay(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(folder / "snapshots" / "2026-03-03")
    assert main(["replay", "snapshots"]) == 1
    (folder / "snapshots" / "2026-03-03").mkdir()
    shutil.copy(FIXTURES / "snapshots" / "2026-03-03" / "unlock.md", folder / "snapshots" / "2026-03-03")
    assert main(["replay", "snapshots"]) == 0
    (folder / "snapshots" / "2026-03-10").mkdir()
    (folder / "snapshots" / "2026-03-10" / "unlock.md").write_bytes(b"")
    capsys.readouterr()
    assert main(["replay", "snapshots"]) == 3
    assert "BLIND  snapshots/2026-03-10/unlock.md: empty: no bytes" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["nowhere"], "nowhere: no such file or folder"),
        (["policies"], "policies/device-unlock.yaml: its name is no date"),
        (["policies/returns.yaml"], "record 1: begins with"),
        (["snapshots", "--policies", "nowhere"], "nowhere"),
        (["snapshots", "--as-of", "yesterday"], "--as-of"),
        (["snapshots", "--store", "mysql://x"], "mysql"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_wrong_input(arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", *arguments]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert expected in said.err
    assert not Path(".drift").exists()


def test_a_warc_file_ends_in_the_same_findings(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    records = []
    for path in sorted((folder / "snapshots").rglob("*.*")):
        body, day = path.read_bytes(), path.relative_to(folder / "snapshots").parts[0]
        address = "https://help.larkspur.example/" + path.relative_to(folder / "snapshots" / day).as_posix()
        media = "text/html" if path.suffix == ".html" else "text/markdown"
        answer = f"HTTP/1.1 200 OK\r\nContent-Type: {media}\r\n\r\n".encode() + body
        header = f"WARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: {day}T00:00:00Z\r\n"
        records.append(f"WARC/1.1\r\n{header}Content-Length: {len(answer)}\r\n\r\n".encode() + answer + b"\r\n\r\n")
    (folder / "site.warc").write_bytes(b"".join(records))
    assert main(["replay", "site.warc"]) == 1
    assert "between 3 February and 3 March 2026" in capsys.readouterr().out
    main(["replay", "snapshots", "--published-as", "https://help.larkspur.example", "--store", "sqlite:///f.db"])
    told = [(one.id, one.state, one.first_diverged, one.agreed_again) for one in findings()]
    assert told == [(one.id, one.state, one.first_diverged, one.agreed_again) for one in findings("sqlite:///f.db")]


def test_killed_again_and_again_it_ends_in_the_same_findings(folder: Path) -> None:
    """kill -9 in the middle of writing: what is remembered of each page says where to go on."""
    shutil.rmtree(folder / "snapshots")
    for week in range(8):
        day = folder / "snapshots" / (date(2025, 1, 6) + timedelta(weeks=week)).isoformat()
        day.mkdir(parents=True)
        for number in range(8):
            said = 30 if (week + number) % 4 == 3 else 60
            text = (
                f"# Phone {number}\n\nYou can unlock a postpaid phone after {said} days of paid service. Week {week}.\n"
            )
            (day / f"phone-{number}.md").write_text(text, encoding="utf-8")
    for stored in KILLS:
        _killed(folder, stored)
    assert main(["replay", "snapshots"]) == 1
    main(["replay", "snapshots", "--store", "sqlite:///whole.db"])
    assert _told("sqlite:///.drift/drift.db") == _told("sqlite:///whole.db")


def _told(url: str) -> list[object]:
    with open_store(url) as store:
        found = store.findings.find()
        articles = store.pages.states()
        return [
            found,
            [store.findings.history(one.id) for one in found],
            articles,
            [len(store.pages.versions(article)) for article in articles],
            store.findings.notes(),
        ]


def _killed(folder: Path, stored: int) -> None:
    """Run until so many versions are stored, and kill."""
    command = [sys.executable, "-m", "drift", "replay", "snapshots"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE) as process:
        wait_for(lambda: process.poll() is not None or _versions(folder / ".drift" / "drift.db") >= stored, 0.002)
        process.kill()
        process.communicate(timeout=PATIENCE)
        assert process.returncode == -signal.SIGKILL


def _versions(database: Path) -> int:
    if not database.exists():
        return 0
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        try:
            return int(connection.execute("select count(*) from versions").fetchone()[0])
        except sqlite3.OperationalError:  # it is being made, or written
            return 0
