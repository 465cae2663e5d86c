"""What is shown of a watch, as wholes, to the byte. They are written anew as those of reports are."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Protocol

import pytest

from drift.model import CheckReport, Outcome, Owner
from drift.model.finding import Finding, PageState, Seen, State
from drift.model.views import FindingView, SourcePlan
from drift.reports import PLAIN, Display, export, finding, findings, findings_json, history, status
from drift.store import SqlStore
from drift.watch import findings as flow
from drift.watch import history as history_flow
from drift.watch import status as status_flow

EXPECTED = Path(__file__).parent / "watch"
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
UNLOCK = "https://help.larkspur.example/wireless/unlock"
NARROW, WIDE = Display(colour=True, width=80), Display(colour=True, width=120)
NEXT = datetime(2026, 3, 10, 18, tzinfo=UTC)
PLANS = {
    "help": SourcePlan(NEXT, late=True),
    "shop": SourcePlan(NEXT),
    "new": SourcePlan(NEXT),
}

Render = Callable[[SqlStore, flow.Around], str]


class Watched(Protocol):
    """What the fixture of the told store gives."""

    def copied(self, folder: Path) -> Watched: ...

    def store(self) -> SqlStore: ...


def _all(store: SqlStore, around: flow.Around, *, history: bool = False) -> tuple[FindingView, ...]:
    return flow.listed(store, flow.Query(), NOW, around, history=history)


def _shown(state: State, look: Display) -> Render:
    def render(store: SqlStore, around: flow.Around) -> str:
        known = store.findings.find(states=[state])[0]
        return finding.render(flow.one(store, known.id, NOW, around), look)

    return render


GOLDENS: dict[str, Render] = {
    "list.txt": lambda store, around: findings.render(_all(store, around), PLAIN),
    "list-80.txt": lambda store, around: findings.render(_all(store, around), NARROW),
    "list-120.txt": lambda store, around: findings.render(_all(store, around), WIDE),
    "list.json": lambda store, around: findings_json.render(_all(store, around)),
    "show-open.txt": _shown(State.OPEN, PLAIN),
    "show-open-80.txt": _shown(State.OPEN, NARROW),
    "show-regressed-80.txt": _shown(State.REGRESSED, Display(width=80)),
    "show-resolved.txt": _shown(State.RESOLVED, PLAIN),
    "show-gone.txt": _shown(State.GONE, PLAIN),
    "silences.txt": lambda store, _: findings.render_silences(flow.silences(store, NOW, ended=True), PLAIN),
    "silences.json": lambda store, _: findings_json.render_silences(flow.silences(store, NOW, ended=True)),
    "export.csv": lambda store, around: export.render_csv(_all(store, around, history=True)),
    "export.json": lambda store, around: findings_json.render(_all(store, around, history=True), history=True),
    "history.txt": lambda store, _: history.render(history_flow.history(store, UNLOCK), PLAIN),
    "history-full-80.txt": lambda store, _: history.render(history_flow.history(store, UNLOCK), NARROW, full=True),
    "history.json": lambda store, _: history.render_json(history_flow.history(store, UNLOCK)),
    "status.txt": lambda store, _: status.render(status_flow.status(store, NOW, blind_after=1), PLAIN),
    "status-80.txt": lambda store, _: status.render(status_flow.status(store, NOW, PLANS, 1), NARROW),
    "status.json": lambda store, _: status.render_json(status_flow.status(store, NOW, PLANS, 1)),
}


@pytest.fixture(scope="module")
def store(told_store: Watched, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlStore]:
    """The told watch with a silence in force that hides, one that hides nothing, and one that has ended."""
    with told_store.copied(tmp_path_factory.mktemp("golden")).store() as opened:
        made = datetime(2026, 3, 8, 9, tzinfo=UTC)
        end = datetime(2026, 4, 1, tzinfo=UTC)
        silence = partial(flow.silence, opened, made, author="ana@larkspur.example", until=end)
        silenced = silence(policy="returns", reason="The shop moves in April.")
        opened.findings.hid(silenced.silence.id, 3)
        silence(article="https://help.larkspur.example/none/**", reason="Moved.")
        old = silence(policy="device-unlock", term="handling", reason="A test.")
        flow.end_silence(opened, old.silence.id, datetime(2026, 3, 9, tzinfo=UTC))
        yield opened


@pytest.fixture
def around(sample_report: CheckReport) -> flow.Around:
    def owner_of(known: Finding, _: PageState | None) -> Owner | None:
        return Owner("Wireless content", slack="#wireless-content") if "wireless" in known.article else None

    return flow.Around(sample_report.registry, owner_of)


def hold(name: str, got: str) -> None:
    path = EXPECTED / name
    got = got.replace("\x1b", "ESC")
    if os.environ.get("DRIFT_WRITE_GOLDENS"):
        path.write_text(got, encoding="utf-8", newline="")
    assert got == path.read_bytes().decode("utf-8")


@pytest.mark.parametrize("name", GOLDENS)
def test_the_whole_screen(name: str, store: SqlStore, around: flow.Around) -> None:
    hold(name, GOLDENS[name](store, around))


def asked(store: SqlStore, around: flow.Around, state: State) -> FindingView:
    """The finding that is open, as it were if only its words said so; or if a review had said that it is another."""
    known = store.findings.find(states=[State.OPEN])[0]
    view = flow.one(store, known.id, NOW, around)
    statement = replace(known.statement, outcome=Outcome.SUSPECT, confidence=0.41)
    first = replace(view.history[0], after=State.SUSPECTED, seen=Seen.SUSPECT)
    review = "a review says that the sentence states another rule, or none"
    last = replace(
        first, before=State.SUSPECTED, after=state, seen=Seen.DENIED, cause=None, published=None, note=review
    )
    history = (first,) if state is State.SUSPECTED else (first, last)
    return replace(view, finding=replace(known, state=state, statement=statement), history=history)


QUESTIONS: dict[str, Render] = {
    "list-asked.txt": lambda store, around: findings.render(
        (*_all(store, around), asked(store, around, State.SUSPECTED)), PLAIN
    ),
    "show-asked.txt": lambda store, around: finding.render(asked(store, around, State.SUSPECTED), PLAIN),
    "show-dismissed.txt": lambda store, around: finding.render(asked(store, around, State.DISMISSED), PLAIN),
    "status-asked.txt": lambda store, _: status.render(
        replace(status_flow.status(store, NOW, blind_after=1), questions=7), PLAIN
    ),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_is_asked(name: str, store: SqlStore, around: flow.Around) -> None:
    hold(name, QUESTIONS[name](store, around))


EVIL = "\x1b[2J[red]Refunds[/red] \x9b31m\u202etake 30 days\u202c now\x07 \u00adsoft\r\n=1+1"


def hostile(store: SqlStore, around: flow.Around) -> FindingView:
    """A page, and a person, that try to be more than text wherever text reaches a screen."""
    known = store.findings.find(states=[State.OPEN])[0]
    view = flow.one(store, known.id, NOW, around)
    long = "word " * 2000
    statement = replace(
        known.statement,
        quote=f"{long}{EVIL}{long}",
        value_text="30 days",
        value_start=len(long) + EVIL.index("30 days"),
        heading=(EVIL, long),
        because=EVIL + long,
        link="https://help.larkspur.example/\x1b]8;;x\x07",
        published=EVIL,
    )
    before = replace(statement, quote=f"{long}{EVIL.replace('30', '60')}{long}x", published="60 days")
    made = replace(view.history[0], note=EVIL + long, by=EVIL, published=EVIL)
    return replace(
        view,
        finding=replace(known, statement=statement, before=before, article=f"https://help.larkspur.example/{EVIL}"),
        history=(made,),
    )


@pytest.mark.parametrize(
    ("name", "render"),
    [
        ("hostile-show.txt", lambda view: finding.render(view, Display(width=80))),
        ("hostile-list.txt", lambda view: findings.render([view], Display(width=80))),
        ("hostile.csv", lambda view: export.render_csv([view])),
    ],
)
def test_hostile_text(name: str, render: Callable[[FindingView], str], store: SqlStore, around: flow.Around) -> None:
    got = render(hostile(store, around))
    assert not set(got) & set("\x1b\x9b\x07\u202e\u202c\u00ad")
    hold(name, got)


def test_no_golden_is_left_behind() -> None:
    names = {*GOLDENS, *QUESTIONS, "hostile-show.txt", "hostile-list.txt", "hostile.csv"}
    assert {path.name for path in EXPECTED.iterdir()} == names
