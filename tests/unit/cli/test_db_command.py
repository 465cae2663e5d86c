"""`drift db`, `drift backup` and `drift restore` look after the store that the settings name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from drift.__main__ import main
from drift.cli import db
from drift.model import Page, Snapshot
from drift.model.finding import PageState, Reading
from drift.model.memory import PageOutcome
from drift.settings import load
from drift.store import open_store

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PAGE = Page("https://help.larkspur.example/returns")
SETTINGS = """\
sources: [{name: help, kind: urls, at: ["https://help.larkspur.example/returns"]}]
store: {url: "sqlite:///named.db"}
"""


def url(path: Path) -> str:
    return f"sqlite:///{path}"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder whose drift.yaml names the store `named.db`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(db, "now", lambda: NOW)
    (tmp_path / "drift.yaml").write_text(SETTINGS, encoding="utf-8")
    return tmp_path


def fill(store: Path, versions: int = 1) -> None:
    """A store with a page, of which there is a new version every 100 days, the last one today."""
    with open_store(url(store)) as opened:
        for number in range(versions):
            at = NOW - timedelta(days=100 * (versions - 1 - number))
            text = f"{number:064x}"
            state = PageState(PAGE, "help", text=text, first_read=at, read_at=at, full_read_at=at, tried_at=at)
            snapshot = Snapshot(PAGE, b"%d days" % number, "text/plain", fetched_at=at)
            opened.record([PageOutcome(state, Reading(PAGE, at, text=text), snapshot)])


def test_the_store_of_the_settings_is_looked_after(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["db", "upgrade"]) == 0
    assert (folder / "named.db").exists()
    fill(folder / "named.db")
    assert main(["backup", "copy.db"]) == 0
    assert main(["restore", "copy.db", "--replace"]) == 0
    capsys.readouterr()
    for command in (["check"], ["check", "--file", "drift.yaml"]):
        assert main(["db", *command]) == 0
        assert "1 page, 1 version" in capsys.readouterr().out
    assert not (folder / ".drift").exists()


def upgrades(into: str) -> Callable[[pytest.MonkeyPatch], list[str]]:
    def by_option(_: pytest.MonkeyPatch) -> list[str]:
        return ["db", "upgrade", "--store", into]

    return by_option


def by_variable(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("DRIFT_STORE", "sqlite:///other.db")
    return ["db", "upgrade"]


@pytest.mark.parametrize("named", [upgrades("sqlite:///other.db"), by_variable], ids=["option", "variable"])
@pytest.mark.parametrize("settings", [SETTINGS, "sources: nonsense"], ids=["settings", "wrong settings"])
def test_a_store_that_is_named_wins(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    named: Callable[[pytest.MonkeyPatch], list[str]],
    settings: str,
) -> None:
    (folder / "drift.yaml").write_text(settings, encoding="utf-8")
    assert main(named(monkeypatch)) == 0
    assert (folder / "other.db").exists()
    assert not (folder / "named.db").exists()


def test_settings_that_are_wrong_are_told_where_they_are_needed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "drift.yaml").write_text("sources: nonsense\n", encoding="utf-8")
    assert main(["backup", "copy.db"]) == 2
    assert "drift.yaml:1:10" in capsys.readouterr().err
    assert not (folder / "copy.db").exists()


@pytest.mark.parametrize(
    ("retention", "arguments", "forgotten"),
    [
        ("", [], "0 versions"),  # 5 versions are among the last 20
        ("retention: {age: 150 days, versions: 1}", [], "3 versions"),
        ("retention: {age: 150 days, versions: 4}", [], "1 version"),
        ("retention: {age: 150 days, versions: 1}", ["--older-than", "250"], "2 versions"),
        ("retention: {age: 150 days, versions: 1}", ["--keep", "5"], "0 versions"),
    ],
)
def test_as_much_is_kept_as_the_settings_say(
    folder: Path, capsys: pytest.CaptureFixture[str], retention: str, arguments: list[str], forgotten: str
) -> None:
    fill(folder / "named.db", versions=5)
    (folder / "drift.yaml").write_text(f"{SETTINGS}{retention}\n", encoding="utf-8")
    assert main(["db", "prune", *arguments]) == 0
    assert f"Forgot {forgotten}, " in capsys.readouterr().out


def test_what_is_kept_where_no_settings_are_at_hand_is_what_they_say_by_themselves(folder: Path) -> None:
    kept = load(folder / "drift.yaml", {}).retention
    assert (kept.age, kept.versions) == (db.AGE, db.VERSIONS)
