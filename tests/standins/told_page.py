"""The findings of `fixtures/told`, made the whole way from the page: two cells of a row, an answer, a turned bound."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from drift import policies as registry_room
from drift.alerts import AlertContext
from drift.alerts.tell import of_finding
from drift.engine import languages, reading
from drift.engine.pipeline import Standard, judge
from drift.findings import exposure
from drift.model import Page, Snapshot
from drift.model.alert import Fact, Reason
from drift.model.finding import Finding, Seen, State, Transition
from drift.model.route import Routing
from drift.model.statement import Cause
from drift.model.views import FindingView
from drift.watch.readings import reading_of

FOLDER = Path(__file__).parents[2] / "fixtures" / "told"
ADDRESS = "https://help.larkspur.example/fees"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
NAMES = ("pay-monthly", "pay-as-you-go", "business", "engineer-visit")
HELD = registry_room.load(FOLDER / "policies")


def findings() -> dict[str, Finding]:
    """What is found on the page, by the short name of the term."""
    page = Page("fees.html", ADDRESS)
    article = reading.read(Snapshot(page, (FOLDER / "fees.html").read_bytes(), "text/html"))
    examined = judge(article, Standard(HELD, date(2026, 11, 22), languages.load), ())
    read = reading_of(examined, NOON, HELD, date(2026, 11, 22), text="t", policies="p", reader="r")
    made = {}
    for number, statement in enumerate(read.statements, 1):
        made[statement.term] = Finding(
            f"F-0000000{number}",
            f"s{number}",
            statement.policy,
            statement.term,
            ADDRESS,
            State.OPEN,
            statement,
            Cause.PAGE,
            opened=NOON,
            first_diverged=NOON,
            last_diverged=NOON,
            last_agreed=NOON - timedelta(hours=6),
        )
    return made


def opened(finding: Finding) -> Transition:
    """The step that opened it."""
    said = finding.statement
    return Transition(
        finding.id, NOON, None, State.OPEN, Seen.OTHER, Cause.PAGE, said.published, said.expected, text_before="t0"
    )


def tolds() -> dict[str, Fact]:
    """What is told of each finding when it opens."""
    scene = AlertContext(Routing(()), HELD, "help-centre", titles={ADDRESS: "All our fees"})
    return {
        name: of_finding(scene, finding, Reason.OPENED, NOON, transition=opened(finding))
        for name, finding in findings().items()
    }


def view(finding: Finding) -> FindingView:
    """What `drift findings show` shows of it."""
    (policy,) = HELD.policies
    live = exposure(finding)
    return FindingView(
        finding,
        live.least,
        live.most,
        live.began(),
        "still there on 22 November 2026 12:00 UTC",
        policy=policy,
        term=next(term for term in policy.terms if term.name == finding.term),
        history=(opened(finding),),
    )
