"""Looking after a store, on both databases: check, prune, backup and restore."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, text, update

from drift.__main__ import main
from drift.model.annotation import Annotation, Unanswered
from drift.model.errors import StoreError, StoreFailure
from drift.model.finding import Finding, State, Transition
from drift.model.memory import PageOutcome
from drift.model.statement import Cause, Statement
from drift.store import Pruned, SqlStore, backup, check, open_store, prune, restore, schema
from drift.store.address import parse
from drift.store.database import Database
from drift.store.tables import bodies, versions

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAY = timedelta(days=1)
RETURNS = "https://help.larkspur.example/returns"

Outcomes = Callable[..., PageOutcome]
Statements = Callable[..., Statement]


@pytest.fixture
def filled(store_url: str, outcome_of: Outcomes, statement_of: Statements) -> str:
    """The URL of a store with six versions of a page, a day each; a finding stands on the second and the third."""
    with open_store(store_url) as store:
        for day in range(6):
            run = store.runs.start("help", "crawl", NOON + day * DAY)
            told = outcome_of(text=f"text {day}", at=NOON + day * DAY, links=("a", "b"))
            if day == 2:
                told = dataclasses.replace(told, **opened(store, told, statement_of("60 days")))  # type: ignore[arg-type]
            store.record([told, outcome_of("other", at=NOON + day * DAY)], run)
            store.runs.end(run, NOON + day * DAY, {"pages": 2})
    return store_url


def opened(store: SqlStore, told: PageOutcome, wrong: Statement) -> dict[str, object]:
    before = store.pages.versions(RETURNS)[-1].text
    times = (NOON, NOON, NOON)
    finding = Finding("F-1", "s1", "returns", "window", RETURNS, State.OPEN, wrong, Cause.PAGE, *times)
    made = Transition(
        "F-1", NOON, None, State.OPEN, None, Cause.PAGE, "60 days", text_before=before, text_after=told.state.text
    )
    return {"findings": (finding,), "transitions": (made,)}


def days(url: str) -> list[int]:
    """The days on which the stored versions of the page began, and whose bytes are there."""
    with open_store(url) as store:
        found = store.pages.versions(RETURNS)
        assert [store.pages.snapshot(each).body for each in found] == [
            f"<p>text {(each.first_seen - NOON).days}</p>".encode() for each in found
        ]
        return [(each.first_seen - NOON).days for each in found]


def everything(url: str) -> object:
    with open_store(url) as store:
        seen = [store.pages.states(), store.pages.readings([RETURNS]), store.pages.links(RETURNS), store.runs.last(99)]
        seen += [store.findings.find(), store.findings.history("F-1"), list(store.pages.newest())]
        return [*seen, store.pages.versions(RETURNS)]


def test_a_store_that_is_whole_is_said_to_be(filled: str) -> None:
    found = check(filled)
    assert found.problems == ()
    assert (found.version, found.pages, found.versions, found.snapshots, found.findings) == (schema.HEAD, 2, 7, 7, 1)


def test_a_snapshot_that_is_not_what_was_fetched_is_told(filled: str) -> None:
    with Database(parse(filled)) as database, database.writing() as connection:
        connection.execute(update(bodies).values(packed=b"rubbish").where(bodies.c.size == 13))
    problems = check(filled).problems
    assert len(problems) == 6
    assert all("is damaged" in problem for problem in problems)
    with open_store(filled) as store, pytest.raises(StoreError, match=r"the snapshot of .*/returns is damaged") as told:
        store.pages.snapshot(store.pages.versions(RETURNS)[0])
    assert told.value.failure is StoreFailure.DAMAGED


def test_a_page_without_its_newest_version_is_told(filled: str) -> None:
    with Database(parse(filled)) as database, database.writing() as connection:
        connection.execute(delete(versions).where(versions.c.last_seen.is_(None)))
    found = check(filled)
    assert found.problems == (
        f"{RETURNS} has 0 newest versions",
        RETURNS.replace("returns", "other") + " has 0 newest versions",
    )
    assert found.orphans == 2


@pytest.mark.parametrize(
    ("older_than", "keep", "kept"),
    [
        (99, 1, [0, 1, 2, 3, 4, 5]),
        (0, 99, [0, 1, 2, 3, 4, 5]),
        (0, 1, [1, 2, 5]),  # the finding stands on two of them
        (0, 3, [1, 2, 3, 4, 5]),
        (2.5, 1, [1, 2, 3, 4, 5]),
    ],
)
def test_pruning_keeps_what_is_new_or_stood_on(filled: str, older_than: float, keep: int, kept: list[int]) -> None:
    before = NOON + 5 * DAY + timedelta(seconds=1) - older_than * DAY
    would = prune(filled, before, keep, dry_run=True)
    assert days(filled) == [0, 1, 2, 3, 4, 5]
    assert prune(filled, before, keep) == would
    assert days(filled) == kept
    assert would.versions == would.snapshots == 6 - len(kept)
    assert (would.bytes > 0) == (would.versions > 0)
    assert check(filled).problems == ()
    again = prune(filled, before, keep)
    assert (again.versions, again.snapshots, again.bytes) == (0, 0, 0)


def test_pruning_keeps_the_newest_runs_of_each_source(filled: str) -> None:
    assert prune(filled, NOON + 99 * DAY, 2) == Pruned(versions=2, snapshots=2, runs=4, notes=0, bytes=42)
    with open_store(filled) as store:
        assert [run.started for run in store.runs.last(9)] == [NOON + 5 * DAY, NOON + 4 * DAY]


def test_answers_are_kept_but_those_of_no_use(filled: str) -> None:
    who = ("larch-2", "which-rule/1")
    with open_store(filled) as store:
        store.annotations.keep(Annotation("q-1", None, 0.9, "", *who, NOON), *who, NOON)
        for day in range(4):
            at = NOON + day * DAY
            store.annotations.keep(Unanswered(f"q-{day + 2}", "no JSON", spent=True, tokens=30), *who, at)
    now = NOON + 3 * DAY
    would = prune(filled, now, 1, dry_run=True)
    assert prune(filled, now, 1).answers == would.answers == 2
    with open_store(filled) as store:
        assert store.annotations.spent(now - DAY) == (2, 60)  # the budget of the day knows of them
        assert list(store.annotations.known(["q-1"], *who)) == ["q-1"]
        assert store.annotations.spent(NOON) == (3, 60)


def test_snapshots_that_nothing_needs_are_forgotten(filled: str) -> None:
    with Database(parse(filled)) as database, database.writing() as connection:
        connection.execute(
            text("INSERT INTO bodies SELECT 'x', media, charset, digest, size, packed FROM bodies WHERE size = 12")
        )
    assert check(filled).orphans == 1
    assert prune(filled, NOON - DAY, 1).snapshots == 1
    assert check(filled).orphans == 0


def test_a_backup_made_while_writing_holds_one_state_and_comes_back(
    filled: str, tmp_path: Path, outcome_of: Outcomes
) -> None:
    before = everything(filled)
    with open_store(filled) as store:
        backup(filled, tmp_path / "backup.db")
        store.record([outcome_of("later")])
    assert sorted(each.name for each in tmp_path.glob("*backup*")) == ["backup.db"]
    assert check(f"sqlite:///{tmp_path / 'backup.db'}").problems == ()
    with pytest.raises(StoreError, match="holds something already") as told:
        restore(tmp_path / "backup.db", filled)
    assert told.value.failure is StoreFailure.REFUSED
    restore(tmp_path / "backup.db", filled, replace=True)
    assert everything(filled) == before
    with open_store(filled) as store:  # its own numbering goes on
        store.record([outcome_of("later")], store.runs.start("help", "crawl", NOON))
    assert check(filled).problems == ()


def test_a_backup_moves_from_one_database_to_the_other(
    sqlite_url: str, postgresql_url: str, tmp_path: Path, outcome_of: Outcomes
) -> None:
    with open_store(sqlite_url) as store:
        store.record([outcome_of(), outcome_of("b", "\N{EURO SIGN}")])
    backup(sqlite_url, tmp_path / "one.db")
    restore(tmp_path / "one.db", postgresql_url)
    backup(postgresql_url, tmp_path / "two.db")
    restore(tmp_path / "two.db", f"sqlite:///{tmp_path / 'three.db'}")
    assert everything(f"sqlite:///{tmp_path / 'three.db'}") == everything(postgresql_url) == everything(sqlite_url)


def test_a_store_that_is_served_is_not_replaced(filled: str, tmp_path: Path) -> None:
    backup(filled, tmp_path / "backup.db")
    with open_store(filled) as store, store.leadership():
        with pytest.raises(StoreError, match="is being served") as told:
            restore(tmp_path / "backup.db", filled, replace=True)
        assert told.value.failure is StoreFailure.IN_USE


@pytest.mark.parametrize(
    ("content", "failure"),
    [
        (None, StoreFailure.MISSING),
        (b"PK\3\4 not a database", StoreFailure.NOT_A_DATABASE),
        (b"", StoreFailure.MISSING),
    ],
    ids=["no file", "another file", "an empty file"],
)
def test_what_is_no_backup_is_refused(
    store_url: str, tmp_path: Path, content: bytes | None, failure: StoreFailure
) -> None:
    file = tmp_path / "backup.db"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(StoreError) as told:
        restore(file, store_url)
    assert told.value.failure is failure


def test_a_backup_that_cannot_be_written_leaves_the_last_one(filled: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreError):
        backup(filled, tmp_path / "folder")
    with pytest.raises(StoreError):
        backup(filled, tmp_path / "no" / "such" / "folder.db")
    assert not [*tmp_path.glob(".*")]


def test_the_commands_do_all_of_this(
    filled: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DRIFT_STORE", filled)
    file = str(tmp_path / "backup.db")
    expected = {
        ("db", "upgrade"): f"The store is of version {schema.HEAD} already.",
        ("db", "check"): f"Version {schema.HEAD}: 2 pages, 7 versions, 7 snapshots, 1 finding; 0 problems",
        ("db", "prune", "--older-than", "0", "--keep", "5", "--dry-run"): "Would forget 1 version, 1 snapshot (0.0 MB)",
        ("backup", file): f"Wrote {file}: ",
        ("restore", file, "--replace"): f"Restored {file}.",
        ("db", "prune", "--older-than", "0", "--keep", "5"): "Forgot 1 version, 1 snapshot (0.0 MB)",
    }
    for command, said in expected.items():
        assert main([*command]) == 0
        assert said in capsys.readouterr().out
    with Database(parse(filled)) as database, database.writing() as connection:
        connection.execute(update(bodies).values(packed=b"rubbish"))
    assert main(["db", "check"]) == 2
    assert "error: the snapshot of text" in capsys.readouterr().err
    assert main(["restore", file]) == 2
    assert "holds something already" in capsys.readouterr().err


def test_a_backup_that_is_damaged_is_told_by_its_own_name(filled: str, store_url: str, tmp_path: Path) -> None:
    whole, cut, text = (tmp_path / name for name in ("whole.db", "cut.db", "text.db"))
    backup(filled, whole)
    cut.write_bytes(whole.read_bytes()[:20_000])
    text.write_bytes(b"hello, this is no database at all\n" * 200)
    for file, said in ((cut, r"cut.db: this backup is damaged \("), (text, r"text.db: is no backup of a store")):
        with pytest.raises(StoreError, match=said):
            restore(file, store_url, replace=True)
