"""What all tests need of the machine; and for those of reports and doors a report made by hand, with one of everything,
and a folder to work in."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import quick_stores
from hypothesis import HealthCheck, settings

from drift.engine import reading
from drift.findings import Memory, take, text_of
from drift.model import (
    Candidate,
    CheckReport,
    Claim,
    Diagnosis,
    Evidence,
    Examined,
    Harm,
    Match,
    Outcome,
    Owner,
    Page,
    Passage,
    Period,
    Policy,
    PolicyException,
    Preference,
    Registry,
    Severity,
    Snapshot,
    Stance,
    Term,
    Verdict,
    Zone,
)
from drift.model.errors import BlindReason
from drift.model.finding import PageState, Reading
from drift.model.memory import PageOutcome
from drift.model.statement import Statement
from drift.model.values import Bound, Kind, Unit, Value
from drift.store import SqlStore, open_store

# How long an example takes says nothing on a busy machine.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


def pytest_configure(config: pytest.Config) -> None:
    """Let processes that tests start keep their byte code, where the environment wants none to be written.

    There are hundreds of them, and each would compile what it imports, which takes as long as what it is for. Nothing
    is written beside the modules: it goes into pytest's own cache.
    """
    config.pluginmanager.register(quick_stores)
    if sys.dont_write_bytecode and config.pluginmanager.hasplugin("cacheprovider"):
        assert config.cache is not None
        sys.pycache_prefix = str(config.cache.mkdir("byte-code"))
        sys.dont_write_bytecode = False
        os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Half as many processes again as there are cores: a third of the time of a test process is waiting."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores + (cores + 1) // 2


def days(number: int) -> Value:
    return Value(Kind("duration"), Decimal(number), Decimal(number), Unit("day"))


POSTPAID = Term(
    "device-unlock",
    "postpaid-wait",
    "A postpaid phone can be unlocked once it has had 60 days of paid, active service.",
    (Period(days(60)),),
    bound=Bound.AT_LEAST,
    customer_prefers=Preference.LESS,
    guidance="Honour 30 days for anyone who activated while the article said so.",
)
HANDLING = Term("device-unlock", "handling", "An unlock request is worked off within 2 days.", (Period(days(2)),))
RETURNS = Term("returns", "window", "Goods come back within 14 days.", (Period(days(14)),), bound=Bound.AT_MOST)
UNSTATED = Term("returns", "grace", "Late returns are taken for 3 days.", (Period(days(3), start=date(2027, 1, 1)),))
UNLOCK_POLICY = Policy(
    "device-unlock",
    "Device unlock",
    Owner("Wireless policy", "wireless-policy@larkspur.example", "#policy-wireless"),
    (POSTPAID, HANDLING),
    source="https://policies.larkspur.example/DU-7",
    severity=Severity.HIGH,
)
RETURNS_POLICY = Policy("returns", "Returns", Owner(email="shop@larkspur.example"), (RETURNS, UNSTATED))
EXCEPTION = PolicyException(
    "returns", "window", "legacy/**", days(30), "old stock", "ana@larkspur.example", date(2027, 1, 1)
)


def claim(text: str, value_text: str, value: Value, passage: Passage | None = None, **fields: object) -> Claim:
    """A claim whose sentence is the whole text of its passage."""
    passage = passage or Passage(text, Zone.PARAGRAPH, lines=((0, 12),))
    start = passage.text.index(value_text)
    whole = (0, len(passage.text))
    return Claim(passage, value, start, start + len(value_text), whole, whole, **fields)  # type: ignore[arg-type]


def _overwritten() -> Examined:
    """The article that diverges once, agrees once, has an unclear statement, and a claim nobody judged."""
    wrong = claim(
        "You can unlock your phone 30 days after you buy it.",
        "30 days",
        days(30),
        Passage(
            "You can unlock your phone 30 days after you buy it.",
            Zone.PARAGRAPH,
            headings=("Unlocking", "Postpaid"),
            anchor="postpaid",
            lines=((0, 12),),
        ),
    )
    why = (Evidence("topic", 2.5, "names 'unlock your phone'"), Evidence("size", -0.25, "half the expected size"))
    rivals = (Candidate(POSTPAID, 2.25, why), Candidate(HANDLING, 0.5, (Evidence("says", 0.5, "shares 'unlock'"),)))
    match = Match(wrong, POSTPAID, 2.25, why, rivals)
    right = claim("Requests are worked off within 2 days.", "2 days", days(2))
    right_match = Match(right, HANDLING, 3.0, (), (Candidate(HANDLING, 3.0),))
    loose = claim("It may take about 4 days.", "4 days", days(4), bound=Bound.ABOUT)
    loose_match = Match(loose, HANDLING, 0.75, (), (Candidate(HANDLING, 0.75),))
    former = claim("Until 2024 it was 90 days.", "90 days", days(90), stance=Stance.FORMER, stance_why="'until 2024'")
    page = Page("help/unlock.md", "https://help.larkspur.example/wireless/unlock")
    verdicts = (
        Verdict(right_match, Outcome.AGREES, days(2), confidence=0.97, because="names 'requests are worked off'"),
        Verdict(
            loose_match,
            Outcome.UNCLEAR,
            days(2),
            confidence=0.4,
            because="'about' leaves it open",
            settle="an answer in review",
        ),
        Verdict(
            match,
            Outcome.DIVERGES,
            days(60),
            Diagnosis.WRONG,
            Harm.GENEROUS,
            0.9412,
            "names 'unlock your phone'; plan postpaid",
        ),
    )
    matches = (match, right_match, loose_match, Match(former, None, 0.0))
    return Examined(page, "Unlock your phone", claims=4, verdicts=verdicts, matches=matches)


def _table() -> Examined:
    """A page known only by its address, with a cell that diverges and an excepted statement; no source lines."""
    cell = Passage("30 days", Zone.CELL, headings=("Plans",), row=("Returns",), column=("Prepaid",), visible=True)
    wrong = Match(claim("", "30 days", days(30), cell), RETURNS, 2.0, (), (Candidate(RETURNS, 2.0),))
    kept = Match(
        claim("", "30 days", days(30), Passage("Old stock comes back within 30 days.", Zone.PARAGRAPH)), RETURNS, 2.0
    )
    verdicts = (
        Verdict(wrong, Outcome.DIVERGES, days(14), Diagnosis.STALE, None, 0.8, "row 'Returns'"),
        Verdict(kept, Outcome.AGREES, days(30), confidence=0.9, because="excepted", exception=EXCEPTION),
    )
    page = Page("https://help.larkspur.example/returns")
    return Examined(page, "Returns", claims=2, verdicts=verdicts, matches=(wrong, kept))


@pytest.fixture
def sample_report() -> CheckReport:
    """Two divergences, two agreements (one by exception), one unclear, one blind article, one that says nothing."""
    return CheckReport(
        checked_at=datetime(2026, 11, 21, 19, 0, 0, 4711, tzinfo=UTC),
        as_of=date(2026, 11, 21),
        registry=Registry((UNLOCK_POLICY, RETURNS_POLICY)),
        examined=(
            _overwritten(),
            _table(),
            Examined(Page("https://help.larkspur.example/gone"), blind=BlindReason.NOT_FOUND, detail="HTTP 404"),
            Examined(Page("help/about.md"), "About us"),
        ),
        notes=("exception to returns/window for old/** hid nothing in this run",),
        stated={"device-unlock/postpaid-wait": 1, "device-unlock/handling": 2, "returns/window": 2, "returns/grace": 0},
    )


@pytest.fixture
def hostile_report(sample_report: CheckReport) -> CheckReport:
    """A page that tries to be more than text, everywhere a page's text reaches a report."""
    evil = "\x1b[2J[red]Refunds[/red] \x9b31m\u202etake 30 days\u202c now\x07 :smile: \u00adsoft"
    passage = Passage(
        evil, Zone.PARAGRAPH, headings=("[bold]\x1b]8;;http://evil.example\x07x", "a\rb"), lines=((0, 1),)
    )
    match = Match(claim("", "30 days", days(30), passage), RETURNS, 1.0, (), (Candidate(RETURNS, 1.0),))
    verdict = Verdict(match, Outcome.DIVERGES, days(14), Diagnosis.WRONG, None, 0.7, f"names '{evil}'")
    examined = Examined(Page("[link]\x1b[31m.md"), evil, claims=1, verdicts=(verdict,), matches=(match,))
    return CheckReport(sample_report.checked_at, sample_report.as_of, sample_report.registry, (examined,), (evil,))


POLICY = """\
policy: returns
owner: shop@larkspur.example
terms:
  - term: return-window
    says: Unused goods can be returned within 30 days of delivery.
    value: 30 days
    bound: at most
    topics: [return unused goods, send back goods]
    customer_prefers: more
  - term: restocking-fee
    says: The restocking fee for opened goods is 15% of the price.
    value: 15%
    topics: [restocking fee]
"""

RIGHT = "# Returns\n\nYou can return unused goods within 30 days of delivery.\n"
WRONG = "# Returns\n\nYou can return unused goods within 14 days of delivery.\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with `policies/returns.yaml`, `right.md` and `wrong.md`."""
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "returns.yaml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "right.md").write_text(RIGHT, encoding="utf-8")
    (tmp_path / "wrong.md").write_text(WRONG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


class Watch:
    """A store filled by visits to pages, each its own confirmation, with statements made by hand."""

    def __init__(self, url: str) -> None:
        self.url = url

    def store(self) -> SqlStore:
        return open_store(self.url)

    def copied(self, folder: Path) -> Watch:
        """The same in a store of one's own, to be changed."""
        path = folder / "drift.db"
        shutil.copyfile(self.url.removeprefix("sqlite:///"), path)
        return Watch(f"sqlite:///{path}")

    def says(self, published: str, quote: str, **fields: object) -> Statement:
        """A statement of device-unlock/postpaid-wait, which is 60 days."""
        right = published == fields.get("expected", "60 days")
        made = Statement(
            slot="s1",
            policy="device-unlock",
            term="postpaid-wait",
            outcome=Outcome.AGREES if right else Outcome.DIVERGES,
            published=published,
            expected="60 days",
            sentence=quote,
            words=quote.replace(published, "◊"),
            nth=1,
            quote=quote,
            value_text=published,
            value_start=quote.index(published),
            confidence=0.97,
            because="names 'unlock your phone'",
            diagnosis=None if right else Diagnosis.WRONG,
            severity=Severity.HIGH,
        )
        return replace(made, **fields)  # type: ignore[arg-type]

    def visit(self, name: str, at: datetime, text: str, *statements: Statement, source: str = "help") -> None:
        """Read a page that says a text, and what it states."""
        page = Page(f"https://help.larkspur.example/{name}")
        snapshot = Snapshot(page, text.encode(), "text/markdown", "utf-8", 200, page.address, at)
        hashed = text_of(reading.read(snapshot))
        with self.store() as store:
            one = Reading(page, at, hashed, "policies-1", "reader-1", name, statements)
            change = take(self._memory(store, page), one)
            before = store.pages.state(page.public)
            same = before is not None and before.text == hashed
            first = before.first_read if before is not None and same else at
            state = PageState(page, source, text=hashed, first_read=first, read_at=at, full_read_at=at, tried_at=at)
            body = None if same else snapshot
            made = PageOutcome(state, change.reading, body, None, change.findings, change.transitions, change.notes)
            store.record([made])

    def miss(self, name: str, at: datetime, why: BlindReason, source: str = "help") -> None:
        """Not read a page; one that is no more is gone."""
        page = Page(f"https://help.larkspur.example/{name}")
        with self.store() as store:
            change = take(self._memory(store, page), Reading(page, at, blind=why))
            before = store.pages.state(page.public) or PageState(page, source)
            gone = at if why is BlindReason.GONE else None
            state = replace(
                before,
                tried_at=at,
                failures=before.failures + 1,
                blind=why,
                blind_since=before.blind_since or at,
                gone_since=gone,
            )
            store.record([PageOutcome(state, findings=change.findings, transitions=change.transitions)])

    def _memory(self, store: SqlStore, page: Page) -> Memory:
        state = store.pages.state(page.public)
        known = store.findings.on([page.public]).get(page.public, ())
        return Memory(store.pages.readings([page.public]).get(page.public), state.read_at if state else None, known)


def march(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)


UNLOCK = "# Unlock your phone\n\nYou can unlock your phone {}.\n\nAsk in a shop or in the app.\n"


@pytest.fixture(scope="session")
def told_store(tmp_path_factory: pytest.TempPathFactory) -> Watch:
    """A watch of four pages over ten days: one wrong now, one blind and wrong, one mended, one gone."""
    watch = Watch(f"sqlite:///{tmp_path_factory.mktemp('watch') / 'drift.db'}")
    right = watch.says("60 days", "You can unlock your phone after 60 days of paid service.", heading=("Unlocking",))
    wrong = watch.says(
        "30 days",
        "You can unlock your phone 30 days after you buy it.",
        harm=Harm.GENEROUS,
        heading=("Unlocking",),
        line=3,
        link="https://help.larkspur.example/wireless/unlock#:~:text=30%20days",
    )
    before = UNLOCK.format("after 60 days of paid service")
    after = UNLOCK.format("30 days after you buy it")
    watch.visit("wireless/unlock", march(2), before, right)
    watch.visit("wireless/unlock", march(3), after, wrong)
    watch.visit("wireless/unlock", march(5), after, wrong)

    late = {"policy": "returns", "term": "window", "expected": "14 days", "severity": Severity.MEDIUM}
    good = watch.says("14 days", "Goods come back within 14 days.", **late)
    bad = watch.says("30 days", "Goods come back within 30 days.", diagnosis=Diagnosis.STALE, **late)
    for day, stated in ((2, good), (3, bad), (4, good)):
        watch.visit("returns", march(day), f"# Returns\n\n{stated.quote}\n", stated)
        watch.visit("shop/returns", march(day, 10), f"# Returns\n\n{stated.quote}\n", stated, source="shop")
    watch.visit("shop/returns", march(6), f"# Returns\n\n{bad.quote}\n", bad, source="shop")
    watch.miss("shop/returns", march(7), BlindReason.FORBIDDEN)

    watch.visit("promo", march(2), f"# Spring\n\n{bad.quote}\n", replace(bad, slot="s2"))
    watch.miss("promo", march(4), BlindReason.GONE)

    with watch.store() as store:
        run = store.runs.start("help", "crawl", march(5))
        store.runs.end(run, march(5, 10), {"pages": 3, "changed": 1, "opened": 0})
        run = store.runs.start("shop", "crawl", march(7))
        store.runs.end(run, march(7, 10), {}, "403 at https://help.larkspur.example/sitemap.xml")
    return watch


@pytest.fixture
def own_store(told_store: Watch, tmp_path: Path) -> Watch:
    """The same in a store of one's own, to be changed."""
    return told_store.copied(tmp_path)
