"""What a replay promises, through a real store: findings with the dates of snapshots, said once, in whatever pieces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from drift.assembly import registry as registry_room
from drift.engine import languages
from drift.model import Page, Registry, Snapshot
from drift.model.archive import Kept
from drift.model.errors import BlindReason, FetchError
from drift.model.finding import Finding, State
from drift.model.statement import Cause
from drift.store import SqlStore, open_store
from drift.watch.days import Days
from drift.watch.replay import Replay, Replayed

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
RIGHT, WRONG = 60, 30
GONE = FetchError(BlindReason.GONE, "HTTP 410")
BUSY = FetchError(BlindReason.SERVER_ERROR, "HTTP 503")
POLICY = """\
policy: device-unlock
owner: wireless-policy@larkspur.example
terms:
  - term: postpaid-wait
    says: A postpaid phone can be unlocked once it has had some months of paid, active service.
    value:
      - {is: 60 days, until: 2026-06-30}
      - {is: 90 days, from: 2026-07-01}
    topics: [unlock a postpaid phone]
"""


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    folder = tmp_path_factory.mktemp("policies")
    (folder / "unlock.yaml").write_text(POLICY, encoding="utf-8")
    return registry_room.registry(folder)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with open_store(f"sqlite:///{tmp_path}/drift.db") as store:
        yield store


class Past:
    """An Archive of what is given."""

    notes: tuple[str, ...] = ()

    def __init__(self, kept: Sequence[Kept]) -> None:
        self._kept = kept
        self.total = len(kept)

    def kept(self) -> Iterator[Kept]:
        yield from self._kept


def on(day: str, said: int | FetchError | None, path: str = "unlock.md", more: str = "", status: int = 0) -> Kept:
    """A page on a day of 2026: the days it says, why it is blind, or None where it is said to be as before."""
    at = datetime.fromisoformat(f"2026-{day}").replace(tzinfo=UTC)
    page, place = Page(path), f"{day}/{path}"
    if said is None or isinstance(said, FetchError):
        return Kept(page, at, place, failure=said)
    text = f"# Unlock\n\nYou can unlock a postpaid phone after {said} days of paid service.{more}\n"
    return Kept(page, at, place, Snapshot(page, text.encode(), "text/markdown", status=status or None))


def replayed(store: SqlStore, registry: Registry, *kept: Kept, always: date | None = None) -> Replayed:
    return Replay(Past(kept), Days(registry, languages.load, always), store, lambda: NOW).run()


def days(finding: Finding) -> tuple[State, str, str, str, str]:
    """State, last agreed, first diverged, last diverged, agreed again: months and days."""
    moments = (finding.last_agreed, finding.first_diverged, finding.last_diverged, finding.agreed_again)
    first, second, third, fourth = (f"{moment:%m-%d}" if moment else "" for moment in moments)
    return finding.state, first, second, third, fourth


HISTORIES = {
    "wrong since": (
        [on("01-06", RIGHT), on("01-13", WRONG), on("01-20", WRONG)],
        [(State.OPEN, "01-06", "01-13", "01-20", "")],
    ),
    "one copy is enough, each way": (
        [on("01-06", RIGHT), on("01-13", WRONG), on("01-20", RIGHT)],
        [(State.RESOLVED, "01-06", "01-13", "01-13", "01-20")],
    ),
    "never seen right": ([on("01-06", WRONG)], [(State.OPEN, "", "01-06", "01-06", "")]),
    "it came back": (
        [on("01-06", RIGHT), on("01-13", WRONG), on("01-20", RIGHT), on("01-27", WRONG)],
        [(State.REGRESSED, "01-20", "01-27", "01-27", "")],
    ),
    "a hole is no change": (
        [on("01-06", RIGHT), on("01-13", RIGHT, "other.md"), on("01-20", WRONG)],
        [(State.OPEN, "01-06", "01-20", "01-20", "")],
    ),
    "a blind copy changes nothing": (
        [on("01-06", WRONG), on("01-13", BUSY), on("01-20", WRONG)],
        [(State.OPEN, "", "01-06", "01-20", "")],
    ),
    "a page that is gone takes its finding along": (
        [on("01-06", WRONG), on("01-13", GONE), on("01-20", GONE)],
        [(State.GONE, "", "01-06", "01-06", "")],
    ),
    "and brings it back": (
        [on("01-06", WRONG), on("01-13", GONE), on("01-20", WRONG)],
        [(State.REGRESSED, "", "01-20", "01-20", "")],
    ),
    "as before": (
        [on("01-06", RIGHT), on("01-13", WRONG), on("01-20", None), on("01-27", RIGHT)],
        [(State.RESOLVED, "01-06", "01-13", "01-20", "01-27")],
    ),
    "other words around the same value": ([on("01-06", RIGHT), on("01-13", RIGHT, more=" Call us first.")], []),
    "each day by its own policies": (
        [on("06-23", RIGHT), on("06-30", RIGHT), on("07-07", RIGHT), on("07-14", 90)],
        [(State.RESOLVED, "06-30", "07-07", "07-07", "07-14")],
    ),
    "as before, and the policies are not": (
        [on("06-30", RIGHT), on("07-07", None)],
        [(State.OPEN, "06-30", "07-07", "07-07", "")],
    ),
}


@pytest.mark.parametrize("name", HISTORIES)
def test_histories(store: SqlStore, registry: Registry, name: str) -> None:
    kept, expected = HISTORIES[name]
    assert [days(finding) for finding in replayed(store, registry, *kept).findings] == expected


@pytest.mark.parametrize("name", HISTORIES)
def test_the_same_once_more_says_nothing_twice(store: SqlStore, registry: Registry, name: str) -> None:
    kept, _ = HISTORIES[name]
    first = replayed(store, registry, *kept)
    before = everything(store)
    again = replayed(store, registry, *kept)
    assert again.findings == first.findings
    assert everything(store) == before
    assert again.run.counts.get("new", 0) == 0


@pytest.mark.parametrize("name", HISTORIES)
def test_in_two_pieces_it_ends_the_same(tmp_path: Path, registry: Registry, name: str) -> None:
    kept, _ = HISTORIES[name]
    with open_store(f"sqlite:///{tmp_path}/whole.db") as whole:
        replayed(whole, registry, *kept)
        expected = everything(whole)
    for cut in range(1, len(kept)):
        with open_store(f"sqlite:///{tmp_path}/{cut}.db") as store:
            replayed(store, registry, *kept[:cut])
            replayed(store, registry, *kept)
            assert everything(store) == expected


def everything(store: SqlStore) -> list[object]:
    """All that is remembered, but for the runs."""
    findings = store.findings.find()
    histories = [store.findings.history(finding.id) for finding in findings]
    states = store.pages.states()
    versions = [
        [(one.text, one.first_seen, one.last_seen) for one in store.pages.versions(article)] for article in states
    ]
    return [findings, histories, states, versions, store.findings.notes()]


def test_by_the_policies_of_today(store: SqlStore, registry: Registry) -> None:
    done = replayed(store, registry, on("01-06", 90), on("01-13", RIGHT), always=NOW.date())
    assert [days(finding) for finding in done.findings] == [(State.OPEN, "01-06", "01-13", "01-13", "")]


def test_the_policies_are_named_as_the_cause_where_they_are(store: SqlStore, registry: Registry) -> None:
    (finding,) = replayed(store, registry, on("06-30", RIGHT), on("07-07", RIGHT)).findings
    assert finding.cause is Cause.POLICY


def test_a_copy_that_is_older_than_what_is_remembered_changes_nothing(store: SqlStore, registry: Registry) -> None:
    replayed(store, registry, on("01-13", RIGHT))
    before = everything(store)
    done = replayed(store, registry, on("01-06", WRONG))
    assert done.run.counts["known already"] == 1
    assert everything(store) == before


def test_addresses_at_which_there_never_was_a_page(store: SqlStore, registry: Registry) -> None:
    moved = FetchError(BlindReason.REDIRECTS, "HTTP 301 to /new")
    done = replayed(store, registry, on("01-06", GONE, "a"), on("01-06", moved, "b"), on("01-06", RIGHT))
    assert set(store.pages.states()) == {"unlock.md"}
    assert (done.run.counts["nothing there"], done.blind) == (2, ())


def test_what_could_not_be_read_is_told_with_its_place(store: SqlStore, registry: Registry) -> None:
    lost = on("01-06", None, "lost.md")
    missing = Snapshot(Page("b.md"), b"# Page not found\n", "text/markdown", status=200)
    done = replayed(store, registry, on("01-06", BUSY), lost, Kept(missing.page, lost.at, "3", missing))
    assert done.run.counts["blind"] == 3
    assert dict(done.blind) == {
        "01-06/unlock.md": "5xx: HTTP 503",
        "01-06/lost.md": "said to be as it was before, and it was not kept before",
        "3": "soft 404: it is called 'Page not found'",
    }


def test_a_page_stays_with_the_source_that_found_it(store: SqlStore, registry: Registry) -> None:
    replayed(store, registry, on("01-06", RIGHT))
    state = store.pages.states()["unlock.md"]
    assert state.source == "replay"


def test_many_days_prepare_few_registries(registry: Registry) -> None:
    gauges = Days(registry, languages.load)
    first = date(2026, 1, 1)
    prepared = {id(gauges.gauge(first).standard.matcher("en")._index)}
    for number in range(1, 300):
        gauge = gauges.gauge(first + timedelta(days=number))
        assert gauge.standard.as_of == first + timedelta(days=number)
        prepared.add(id(gauge.standard.matcher("en")._index))
    assert len(prepared) == 2  # before and after 1 July
    assert len({gauges.gauge(day).policies for day in (first, date(2026, 6, 30), date(2026, 7, 1))}) == 2
