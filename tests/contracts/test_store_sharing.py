"""Several processes on one store, some of which are killed."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from textwrap import dedent

import psycopg
from waiting import PATIENCE, wait_for

from drift.store import SqlStore, check, open_store
from drift.store.address import parse
from drift.store.database import Database

WRITER = dedent("""
    import hashlib, sys
    from datetime import datetime, timedelta, UTC
    from drift.model.article import Page, Snapshot
    from drift.model.finding import Finding, PageState, Reading, Seen, State, Transition
    from drift.model.memory import PageOutcome
    from drift.model.statement import Cause, Statement
    from drift.model.verdict import Outcome
    from drift.store import open_store

    def outcome(name, turn):
        page = Page(f"https://help.larkspur.example/{name}")
        at = datetime(2026, 11, 21, tzinfo=UTC) + timedelta(minutes=turn)
        text = hashlib.sha256(f"{turn}".encode()).hexdigest()
        published = f"{turn} days"
        said = Statement("s1", "returns", "window", Outcome.DIVERGES, published, "1", "s", "w", 1, "q", "v", 0, 1.0)
        state = PageState(page, "help", text=text, read_at=at)
        id, wrong = f"F-{name}-{turn}", (State.OPEN, said, Cause.PAGE, at, at, at)
        found = Finding(id, "s1", "returns", "window", page.public, *wrong)
        opened = Transition(found.id, at, None, State.OPEN, Seen.SAME, Cause.PAGE, said.published)
        reading = Reading(page, at, text, statements=(said,))
        return PageOutcome(state, reading, Snapshot(page, b"x" * 50_000, "text/html"), None, (found,), (opened,))

    url, name, turns = sys.argv[1], sys.argv[2], int(sys.argv[3])
    print("ready", flush=True)
    with open_store(url) as store:
        turn = len(store.findings.find(article=f"https://help.larkspur.example/{name}-0"))
        for turn in range(turn, turns):
            store.record([outcome(f"{name}-{number}", turn) for number in range(10)])
            print("recorded", flush=True)
""")

LEADER = dedent("""
    import sys
    from drift.store import open_store

    with open_store(sys.argv[1]) as store, store.leadership() as held:
        print("leads" if held else "waits", flush=True)
        sys.stdin.read()
""")


@contextmanager
def running(script: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", script, *arguments]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def test_writers_wait_for_one_another(empty_url: str) -> None:
    """They also build the store together: it is empty when they start."""
    names = ["a", "b", "c"]
    with (
        running(WRITER, empty_url, "a", "5") as a,
        running(WRITER, empty_url, "b", "5") as b,
        running(WRITER, empty_url, "c", "5") as c,
    ):
        said = [process.communicate(timeout=PATIENCE)[1] for process in (a, b, c)]
        assert said == ["", "", ""]
    with open_store(empty_url) as store:
        assert len(store.pages.states()) == 10 * len(names)
        assert len(store.findings.find()) == 5 * 10 * len(names)
    assert check(empty_url).problems == ()


def test_a_killed_writer_leaves_nothing_half_written(store_url: str) -> None:
    chance = random.Random(4)
    for _ in range(3):
        with running(WRITER, store_url, "a", "10000") as writer:
            assert first_line(writer) == "ready"
            for _ in range(3):
                assert first_line(writer) == "recorded"
            time.sleep(chance.random() / 20)  # the next batches are being written: any moment will do
            writer.send_signal(signal.SIGKILL)
            assert writer.wait() == -signal.SIGKILL
        found = check(store_url)
        assert found.problems == ()
        with open_store(store_url) as store:
            findings = store.findings.find()
            per_page = [len(store.pages.versions(article)) for article in store.pages.states()]
            assert len(set(per_page)) <= 1  # the pages of a batch are written together
            assert len(findings) == sum(per_page)
            assert all(len(store.findings.history(each.id)) == 1 for each in findings[:20])
    assert found.findings >= 3 * 3 * 10


def test_one_leads_and_the_next_follows_when_it_is_killed(store_url: str) -> None:
    with running(LEADER, store_url) as leader:
        assert first_line(leader) == "leads"
        with running(LEADER, store_url) as other:
            assert first_line(other) == "waits"
        with open_store(store_url) as store:
            with store.leadership() as held:
                assert held is None
            leader.kill()
            leader.wait()
            wait_for(lambda: leads(store))  # a server notices the end of a session a little later


def leads(store: SqlStore) -> bool:
    with store.leadership() as held:
        return held is not None and held()


def test_a_leader_knows_when_its_server_forgot_it(postgresql_url: str) -> None:
    with open_store(postgresql_url) as store, store.leadership() as held:
        assert held
        assert held()
        with psycopg.connect(postgresql_url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
            )
        assert not held()
        assert not held()
        with open_store(postgresql_url) as other, other.leadership() as now:
            assert now


def test_readers_wait_for_no_writer(store_url: str) -> None:
    with open_store(store_url) as store, Database(parse(store_url)) as other:
        begun = store.runs.start("help", "crawl", datetime(2026, 11, 21, tzinfo=UTC))
        with other.writing() as connection:
            connection.exec_driver_sql("UPDATE runs SET failure = 'not to be seen yet'")
            assert store.runs.last(1) == (begun,)
