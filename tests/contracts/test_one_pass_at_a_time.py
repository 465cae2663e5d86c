"""Two passes over one source at once, each a process of its own: one reads it, the other says who does."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent

import psycopg
import pytest
from site_of_shops import WRONG, Site, laid_out, served
from waiting import PATIENCE, wait_for

from drift.model.errors import BusyError
from drift.store import SqlStore, open_store
from drift.watch.watched import KIND

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
PAGES = 12

HOLDER = dedent("""
    import sys
    from datetime import datetime, UTC
    from drift.store import open_store

    now = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    with open_store(sys.argv[1]) as store, store.turn("help", "drift crawl, pid 7 on desk", now):
        print("has it", flush=True)
        sys.stdin.read()
""")


def free(store: SqlStore, source: str = "help") -> bool:
    try:
        with store.turn(source, "us", NOW) as held:
            return held()
    except BusyError:
        return False


@contextmanager
def holding(url: str) -> Iterator[subprocess.Popen[str]]:
    """A process that has the source 'help' for itself."""
    command = [sys.executable, "-c", HOLDER, url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == "has it\n"
            yield process
        finally:
            process.kill()


def drift(*arguments: str, folder: Path, url: str, **options: object) -> subprocess.Popen[str]:
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-m", "drift", *arguments, "--file", str(folder / "drift.yaml")],
        env={**os.environ, "DRIFT_STORE": url},
        text=True,
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options},
    )


@pytest.fixture
def wrong_site(tmp_path: Path) -> Iterator[Site]:
    """A site all of whose articles are wrong, and that takes its time; it is the source 'help' in the folder."""
    with served(Site(pages=PAGES, wait=0.0)) as site:
        for values in site.values:
            values.append(WRONG[0])
        settings = laid_out(tmp_path, site, every="2 seconds")
        patient = settings.read_text(encoding="utf-8").replace(
            "fetching: {", "fetching: {timeouts: {read: 5 minutes, whole: 5 minutes}, "
        )
        settings.write_text(patient, encoding="utf-8")  # a site that is stuck is waited for on a busy machine too
        yield site


def written_once(store: SqlStore, site: Site) -> None:
    """Every article has one finding, opened once, and one version."""
    found = store.findings.find()
    assert len(found) == PAGES
    assert [len(store.findings.history(one.id)) for one in found] == [1] * PAGES
    assert [len(store.pages.versions(site.public(number))) for number in range(PAGES)] == [1] * PAGES


def test_the_second_is_told_who_has_the_source_and_since_when(store_url: str) -> None:
    with open_store(store_url) as store, holding(store_url):
        with pytest.raises(BusyError) as caught, store.turn("help", "us", NOW):
            raise AssertionError("it is not ours")
        assert str(caught.value) == ("help is being read by drift crawl, pid 7 on desk, since 2026-11-21 09:30:00 UTC")
        assert free(store, "shop")  # another source waits for nobody


def test_a_holder_that_is_killed_holds_up_nobody(store_url: str) -> None:
    with open_store(store_url) as store, holding(store_url) as holder:
        assert not free(store)
        holder.kill()
        holder.wait()
        wait_for(lambda: free(store))


def test_one_knows_when_the_server_forgot_it(postgresql_url: str) -> None:
    with open_store(postgresql_url) as store, store.turn("help", "us", NOW) as held:
        assert held()
        with psycopg.connect(postgresql_url, autocommit=True) as connection:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
        assert not held()
        with open_store(postgresql_url) as other:
            assert free(other)


def test_two_crawls_at_once_are_one_pass(store_url: str, tmp_path: Path, wrong_site: Site) -> None:
    wrong_site.stuck = True
    with open_store(store_url) as store:
        first = drift("crawl", folder=tmp_path, url=store_url)
        wait_for(lambda: wrong_site.requests > 0)  # it has its source, and waits for an answer
        second = drift("crawl", folder=tmp_path, url=store_url)
        said, warned = second.communicate(timeout=PATIENCE)
        assert re.fullmatch(
            rf"help is being read by drift crawl, pid {first.pid} on .*, since .* UTC; it was not read a second time\n",
            warned,
        )
        assert (second.returncode, said) == (3, "")
        wrong_site.stuck = False
        first.communicate(timeout=PATIENCE)
        assert first.returncode == 1
        written_once(store, wrong_site)
        assert len(store.runs.last(10, "help")) == 1
        third = drift("crawl", folder=tmp_path, url=store_url)
        assert "12 unchanged" in third.communicate(timeout=PATIENCE)[0]


def test_a_crawl_that_is_killed_is_gone_on_with_at_once(store_url: str, tmp_path: Path, wrong_site: Site) -> None:
    wrong_site.stuck = True
    with open_store(store_url) as store:
        first = drift("crawl", folder=tmp_path, url=store_url)
        wait_for(lambda: wrong_site.requests > 0)
        first.kill()
        first.communicate()
        wrong_site.stuck = False
        wait_for(lambda: free(store))
        second = drift("crawl", folder=tmp_path, url=store_url)
        second.communicate(timeout=PATIENCE)
        assert second.returncode == 1
        written_once(store, wrong_site)
        assert len(store.runs.last(10, "help")) == 1


def test_serve_lets_a_crawl_end_and_goes_on_afterwards(store_url: str, tmp_path: Path, wrong_site: Site) -> None:
    def events(name: str) -> list[str]:
        lines = (tmp_path / "log").read_text(encoding="utf-8").splitlines()
        return [line for line in lines if line.endswith("}") and json.loads(line)["event"] == name]

    wrong_site.stuck = True
    with open_store(store_url) as store, (tmp_path / "log").open("w") as log:
        crawl = drift("crawl", folder=tmp_path, url=store_url)
        wait_for(lambda: wrong_site.requests > 0)
        serve = drift("serve", folder=tmp_path, url=store_url, stdout=log, stderr=log)
        wait_for(lambda: events("source-busy"))
        assert f"pid {crawl.pid}" in events("source-busy")[0]
        wrong_site.stuck = False
        crawl.communicate(timeout=PATIENCE)
        written_once(store, wrong_site)
        serve.send_signal(signal.SIGTERM)
        assert serve.wait(PATIENCE) == 0
        assert len([run for run in store.runs.last(10, "help") if run.kind == KIND]) == 1
        assert not events("store-failed")


def test_a_crawl_beside_serve_is_told(store_url: str, tmp_path: Path, wrong_site: Site) -> None:
    wrong_site.stuck = True
    with open_store(store_url) as store, (tmp_path / "log").open("w") as log:
        serve = drift("serve", folder=tmp_path, url=store_url, stdout=log, stderr=log)
        wait_for(lambda: wrong_site.requests > 0)
        crawl = drift("crawl", folder=tmp_path, url=store_url)
        _, warned = crawl.communicate(timeout=PATIENCE)
        assert f"help is being read by drift serve, pid {serve.pid} on " in warned
        assert crawl.returncode == 3
        wrong_site.stuck = False
        wait_for(lambda: len(store.findings.find()) == PAGES)
        serve.send_signal(signal.SIGTERM)
        assert serve.wait(PATIENCE) == 0
        written_once(store, wrong_site)
