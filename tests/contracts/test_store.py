"""What a store promises the flows, on both databases."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, event

from drift.model import Diagnosis, Followed, Harm, Outcome, Page, Severity, watch_ports
from drift.model.errors import BlindReason, StoreError, StoreFailure
from drift.model.finding import Finding, Note, NoteKind, PageState, Seen, Silence, State, Transition, Voice
from drift.model.memory import PageOutcome
from drift.model.statement import Cause, Statement
from drift.store import SqlStore, open_store

NOON = datetime(2026, 11, 21, 12, 0, 0, 4711, tzinfo=UTC)
HOUR = timedelta(hours=1)
RETURNS = "https://help.larkspur.example/returns"

Outcomes = Callable[..., PageOutcome]
Statements = Callable[..., Statement]


@pytest.fixture
def executed() -> Iterator[list[str]]:
    """The statements that are executed, but for those that begin and end transactions."""
    seen: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield seen
    event.remove(Engine, "before_cursor_execute", note)


def again(outcome: PageOutcome, at: datetime, **more: object) -> PageOutcome:
    """The same page at a later time, with nothing read anew."""
    state = dataclasses.replace(outcome.state, read_at=at, tried_at=at)
    values: dict[str, object] = {"reading": None, "snapshot": None, **more}
    return dataclasses.replace(outcome, state=state, **values)  # type: ignore[arg-type]


def test_an_empty_store_remembers_nothing(store: SqlStore) -> None:
    assert store.pages.states() == {}
    assert store.pages.state(RETURNS) is None
    assert store.pages.reading(RETURNS) is None
    assert store.pages.versions(RETURNS) == ()
    assert list(store.pages.newest()) == []
    assert store.findings.find() == ()
    assert store.findings.get("F-00000000") is None
    assert store.runs.last(10) == ()
    assert store.runs.unfinished("help", "crawl") is None
    store.record([])


def test_everything_of_a_page_comes_back_as_it_was_written(
    store: SqlStore, outcome_of: Outcomes, statement_of: Statements
) -> None:
    stated = (
        statement_of("60 days", outcome=Outcome.DIVERGES, diagnosis=Diagnosis.STALE, harm=Harm.HARSH, line=3),
        statement_of(
            "5 days",
            agreed_at=NOON,
            known=0.75,
            followed=True,
            slot="s2",
            expected=None,
            heading=("A", "B"),
            severity=Severity.CRITICAL,
            link="x#y",
            reviewed=True,
        ),
    )
    told = outcome_of(at=NOON)
    assert told.reading
    page = Page("help/returns.html", RETURNS)
    reading = dataclasses.replace(
        told.reading,
        page=page,
        title=None,
        statements=stated,
        unjudged=("s3",),
        denied=("s5",),
        others=(("Open since 1999.", 1), ("b", 2)),
        likely=(Followed("c", 1, "returns/window", "s4", 0.5, True),),
        stored=True,
    )
    blind = PageState(
        page, "help", '"e"', "Sat, 21 Nov 2026", told.state.text, NOON, NOON + HOUR, NOON, NOON + 2 * HOUR, 3,
        BlindReason.TIMEOUT, "60 s", NOON, NOON + HOUR, NOON + HOUR,
    )  # fmt: skip
    store.record([dataclasses.replace(told, state=blind, reading=reading, links=("https://a.example", "b"))])
    assert store.pages.state(RETURNS) == blind
    assert store.pages.states("help") == {RETURNS: blind}
    assert store.pages.states("other") == {}
    assert store.pages.some([RETURNS, "https://a.example/unknown"]) == {RETURNS: blind}
    assert store.pages.reading(RETURNS) == reading
    assert store.pages.readings([RETURNS, "https://nowhere.example"]) == {RETURNS: reading}
    assert store.pages.links(RETURNS) == ("https://a.example", "b")


def test_snapshots_come_back_byte_for_byte(store: SqlStore, outcome_of: Outcomes) -> None:
    body = bytes(range(256)) * 100
    told = outcome_of(body=body, at=NOON)
    store.record([told])
    ((state, snapshot),) = store.pages.newest("help")
    assert state == told.state
    assert snapshot == told.snapshot
    (version,) = store.pages.versions(RETURNS)
    assert store.pages.snapshot(version) == told.snapshot
    assert (version.size, version.media, version.reader) == (25_600, "text/html", "r1")
    assert list(store.pages.newest("other")) == []


def test_words_that_no_database_holds_are_written_all_the_same(
    store: SqlStore, outcome_of: Outcomes, statement_of: Statements
) -> None:
    told = outcome_of()
    assert told.reading
    hostile = statement_of(quote="\0 \ud800 \U0001f4a9 '; DROP TABLE pages; --")
    reading = dataclasses.replace(told.reading, title="a\0b\ud800c\U0001f4a9", statements=(hostile,))
    store.record([dataclasses.replace(told, reading=reading)])
    kept = store.pages.reading(RETURNS)
    assert kept
    assert kept.title == "a\ufffdb\\ud800c\U0001f4a9"
    assert kept.statements == (hostile,)


@pytest.mark.parametrize("name", ["caf\udce9.md", "\udcff\udc80", "a\\udce9", "a\\udc5c", "\\udc", "100%25", "é"])
def test_addresses_come_back_whatever_bytes_a_file_name_has(store: SqlStore, outcome_of: Outcomes, name: str) -> None:
    told = outcome_of(name)
    store.record([told, outcome_of("other")])
    store.record([again(told, NOON + HOUR)])
    public = told.state.page.public
    assert set(store.pages.states()) == {public, "https://help.larkspur.example/other"}
    kept = store.pages.state(public)
    assert kept is not None
    assert kept.page == told.state.page
    assert set(store.pages.readings([public])) == {public}


@pytest.mark.parametrize("other_bytes", [False, True], ids=["not modified", "same text in other bytes"])
def test_an_unchanged_page_costs_one_row_update(
    store: SqlStore, outcome_of: Outcomes, executed: list[str], other_bytes: bool
) -> None:
    first = outcome_of(at=NOON, links=("a",))
    store.record([first])
    executed.clear()
    later = outcome_of(at=NOON + HOUR, body=b"<b>first</b>", links=("a",)) if other_bytes else again(first, NOON + HOUR)
    store.record([later])
    written = [each for each in executed if not each.startswith("SELECT")]
    assert len(written) == 1
    assert written[0].startswith("INSERT INTO pages")
    (version,) = store.pages.versions(RETURNS)
    assert (version.first_seen, version.last_seen) == (NOON, NOON + HOUR)
    assert store.pages.snapshot(version) == first.snapshot


def test_a_batch_costs_as_many_statements_as_one_page(
    store: SqlStore, outcome_of: Outcomes, executed: list[str]
) -> None:
    def cost(outcomes: list[PageOutcome]) -> int:
        executed.clear()
        store.record(outcomes)
        return len(executed)

    assert cost([outcome_of("a")]) == cost([outcome_of(f"b{number}") for number in range(50)])


def test_versions_are_stretches_of_time(store: SqlStore, outcome_of: Outcomes) -> None:
    for hours, text in enumerate(["first", "first", "second", "first"]):
        store.record([outcome_of(text=text, at=NOON + hours * HOUR)])
    found = store.pages.versions(RETURNS)
    stretches = [(0, 1), (2, 2), (3, 3)]
    assert [(each.first_seen, each.last_seen) for each in found] == [
        (NOON + first * HOUR, NOON + last * HOUR) for first, last in stretches
    ]
    assert [store.pages.snapshot(each).body for each in found] == [
        b"<p>first</p>", b"<p>second</p>", b"<p>first</p>",
    ]  # fmt: skip
    ((state, newest),) = store.pages.newest()
    assert newest.body == b"<p>first</p>"
    assert state.read_at == NOON + 3 * HOUR


def test_a_stored_snapshot_read_by_another_reader_keeps_its_bytes(store: SqlStore, outcome_of: Outcomes) -> None:
    first = outcome_of(at=NOON)
    store.record([first])
    assert first.reading
    text = "f" * 64
    reading = dataclasses.replace(first.reading, text=text, reader="r2", at=NOON + HOUR)
    store.record([PageOutcome(dataclasses.replace(first.state, text=text), reading)])
    older, newer = store.pages.versions(RETURNS)
    assert (older.reader, newer.reader) == ("r1", "r2")
    assert store.pages.snapshot(newer).body == store.pages.snapshot(older).body


def test_what_pages_say_to_one_another_is_told_by_source(store: SqlStore, outcome_of: Outcomes) -> None:
    said = (Voice("returns/fee", -1.25, -math.inf), Voice("returns/window", 4.5, 0.1, (-math.inf, 3.0)))
    first, other = outcome_of(), outcome_of("fees", "other")
    assert first.reading
    first = dataclasses.replace(first, reading=dataclasses.replace(first.reading, said=said))
    strange = dataclasses.replace(other, state=dataclasses.replace(other.state, source="shop"))
    store.record([first, strange])
    assert store.pages.said("help") == {RETURNS: (first.state.text, said)}
    assert store.pages.reading(RETURNS) == first.reading
    assert store.pages.said("nowhere") == {}
    gone = dataclasses.replace(first.state, gone_since=NOON)
    store.record([PageOutcome(gone)])
    assert store.pages.said("help") == {RETURNS: (first.state.text, said)}  # for when it is back


def test_what_a_page_says_to_others_is_part_of_its_reading(store: SqlStore, outcome_of: Outcomes) -> None:
    """The same text judged beside others that say something else is another reading, and is written."""
    first = outcome_of()
    assert first.reading
    for beside in ((1.0, -math.inf), (1.0, 1.0), None):
        reading = dataclasses.replace(first.reading, said=(Voice("returns/window", 2.0, 2.0, beside),))
        store.record([dataclasses.replace(first, reading=reading)])
        assert store.pages.reading(RETURNS) == reading


def test_a_blind_visit_leaves_what_was_read_before(store: SqlStore, outcome_of: Outcomes) -> None:
    first = outcome_of(at=NOON)
    store.record([first])
    state = dataclasses.replace(first.state, failures=1, blind=BlindReason.SERVER_ERROR, tried_at=NOON + HOUR)
    store.record([PageOutcome(state)])
    assert store.pages.state(RETURNS) == state
    assert store.pages.reading(RETURNS) == first.reading
    (version,) = store.pages.versions(RETURNS)
    assert version.last_seen == NOON


def test_all_snapshots_are_gone_over_in_batches(store: SqlStore, outcome_of: Outcomes) -> None:
    store.record([outcome_of(f"p{number}", f"text {number}") for number in range(45)])
    seen = [snapshot.body.decode() for _, snapshot in store.pages.newest()]
    assert seen == [f"<p>text {number}</p>" for number in range(45)]


def finding(statement: Statement, **more: object) -> Finding:
    values: dict[str, object] = {
        "id": "F-3f9a1c20", "slot": "s1", "policy": "returns", "term": "window", "article": RETURNS,
        "state": State.OPEN, "statement": statement, "cause": Cause.PAGE,
        "opened": NOON, "first_diverged": NOON, "last_diverged": NOON,
    }  # fmt: skip
    return Finding(**{**values, **more})  # type: ignore[arg-type]


OPENED = Transition(
    "F-3f9a1c20", NOON, None, State.OPEN, Seen.SAME, Cause.PAGE, "60 days", "30 days", "n", None, "a", "b"
)
RESOLVED = Transition("F-3f9a1c20", NOON + HOUR, State.OPEN, State.RESOLVED, Seen.AGREES, Cause.PAGE, "30 days")


def test_findings_keep_all_of_their_history(store: SqlStore, outcome_of: Outcomes, statement_of: Statements) -> None:
    wrong, right = statement_of("60 days", outcome=Outcome.DIVERGES), statement_of()
    opened = finding(
        wrong, before=right, last_agreed=NOON - HOUR, last_without=NOON - 2 * HOUR, text="t", policies="p", reader="r"
    )
    store.record([outcome_of(findings=(opened,), transitions=(OPENED,))])
    assert store.findings.get(opened.id) == opened
    closed = dataclasses.replace(opened, state=State.RESOLVED, resolved=NOON + HOUR, agreed_again=NOON + HOUR)
    store.record([again(outcome_of(), NOON + HOUR, findings=(closed,), transitions=(RESOLVED,))])
    assert store.findings.on([RETURNS, "https://nowhere.example"]) == {RETURNS: (closed,)}
    assert store.findings.history(opened.id) == (OPENED, RESOLVED)


def test_findings_are_found_by_what_is_known_of_them(
    store: SqlStore, outcome_of: Outcomes, statement_of: Statements
) -> None:
    first = finding(statement_of("60 days"))
    second = finding(
        statement_of("5 days"), id="F-2", term="grace", article="https://elsewhere.example/a", state=State.GONE
    )
    store.record([outcome_of(findings=(first,), transitions=(OPENED,))])
    store.findings.write([second], [dataclasses.replace(OPENED, finding="F-2", after=State.GONE)])
    find = store.findings.find
    assert find() == (second, first)
    assert find(states=[State.OPEN, State.REGRESSED]) == find(term="window") == find(source="help") == (first,)
    assert find(policy="returns") == (second, first)
    assert find(article=RETURNS, states=[State.GONE]) == find(policy="other") == ()


def test_what_a_person_said_meanwhile_is_not_lost(
    store: SqlStore, outcome_of: Outcomes, statement_of: Statements
) -> None:
    opened = finding(statement_of("60 days"))
    store.record([outcome_of(findings=(opened,), transitions=(OPENED,))])
    acknowledged = dataclasses.replace(opened, state=State.ACKNOWLEDGED, acknowledged_by="ana@larkspur.example")
    said = Transition(opened.id, NOON, State.OPEN, State.ACKNOWLEDGED, None, None, None, by="ana@larkspur.example")
    store.findings.write([acknowledged], [said])
    closed = dataclasses.replace(opened, state=State.RESOLVED)
    late = again(outcome_of(), NOON + HOUR, findings=(closed,), transitions=(RESOLVED,))
    with pytest.raises(StoreError, match="F-3f9a1c20 was 'open' and is 'acknowledged'") as told:
        store.record([late])
    assert told.value.failure is StoreFailure.CHANGED
    assert told.value.transient
    assert store.findings.get(opened.id) == acknowledged
    state = store.pages.state(RETURNS)
    assert state
    assert state.read_at == datetime(2026, 11, 21, 12, tzinfo=UTC)  # nothing of the batch was written


def test_a_finding_is_not_opened_twice(store: SqlStore, statement_of: Statements) -> None:
    opened = finding(statement_of("60 days"))
    store.findings.write([opened], [OPENED])
    with pytest.raises(StoreError, match="was 'None' and is 'open'"):
        store.findings.write([opened], [OPENED])
    assert store.findings.history(opened.id) == (OPENED,)


def test_notes_and_silences_are_kept(store: SqlStore, outcome_of: Outcomes) -> None:
    note = Note(NoteKind.REWORDED, RETURNS, NOON, "s1", "returns", "window", "before", "after")
    store.record([outcome_of(notes=(note,))])
    assert store.findings.notes() == store.findings.notes(NOON, RETURNS) == (note,)
    assert store.findings.notes(NOON + HOUR) == ()
    silence = Silence("S-1", "ana@larkspur.example", "known", NOON, NOON + HOUR, term="window")
    store.findings.silence(silence)
    store.findings.hid("S-1")
    store.findings.hid("S-1", 2)
    longer = dataclasses.replace(silence, until=NOON + 2 * HOUR)
    store.findings.silence(longer)
    counted = dataclasses.replace(longer, hidden=3)
    assert store.findings.silences() == store.findings.silences(NOON + HOUR) == (counted,)
    assert store.findings.silences(NOON + 2 * HOUR) == ()


def test_a_run_is_resumed_where_it_was_killed(store: SqlStore, outcome_of: Outcomes) -> None:
    run = store.runs.start("help", "crawl", NOON, policies="p1", reader="r1")
    store.record([outcome_of("a"), outcome_of("b")], run)
    store.runs.beat(run, NOON + HOUR)
    assert store.runs.unfinished("help", "crawl") == dataclasses.replace(run, beat=NOON + HOUR)
    assert store.runs.unfinished("help", "rejudge") is None
    assert store.runs.done(run) == {"https://help.larkspur.example/a", "https://help.larkspur.example/b"}
    store.runs.end(run, NOON + HOUR, {"pages": 2}, failure="")
    ended = dataclasses.replace(run, beat=NOON + HOUR, ended=NOON + HOUR, counts={"pages": 2})
    assert store.runs.unfinished("help", "crawl") is None
    later = store.runs.start("shop", "crawl", NOON + HOUR)
    assert store.runs.last(10) == (later, ended)
    assert store.runs.last(10, "help") == store.runs.last(1, "help") == (ended,)


def test_what_cannot_be_meant_is_refused(store: SqlStore, outcome_of: Outcomes) -> None:
    told = outcome_of()
    assert told.reading
    with pytest.raises(ValueError, match="two outcomes"):
        store.record([told, told])
    with pytest.raises(ValueError, match="another text"):
        store.record([dataclasses.replace(told, state=dataclasses.replace(told.state, text="other"))])
    with pytest.raises(ValueError, match="blind"):
        store.record([dataclasses.replace(told, reading=dataclasses.replace(told.reading, blind=BlindReason.DNS))])
    with pytest.raises(StoreError, match="nothing that is stored"):
        store.record([dataclasses.replace(told, snapshot=None)])
    assert store.pages.states() == {}


def test_what_is_written_is_there_when_it_is_opened_again(store_url: str, outcome_of: Outcomes) -> None:
    with open_store(store_url) as store:
        store.record([outcome_of()])
    with open_store(store_url) as store:
        assert set(store.pages.states()) == {RETURNS}


def test_a_store_is_what_the_flows_ask_for(store: SqlStore) -> None:
    asked: watch_ports.Store = store
    with asked.leadership() as held:
        assert held
        assert held()
