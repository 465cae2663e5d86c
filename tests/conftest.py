"""For the tests of reports and doors: a report made by hand, with one of everything, and a folder to work in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from drift.errors import BlindReason
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
    Registry,
    Severity,
    Stance,
    Term,
    Verdict,
    Zone,
)
from drift.values import Bound, Kind, Value


def days(number: int) -> Value:
    return Value(Kind.DURATION, Decimal(number), Decimal(number), "day")


POSTPAID = Term(
    "device-unlock",
    "postpaid-wait",
    "A postpaid phone can be unlocked once it has had 60 days of paid, active service.",
    (Period(days(60)),),
    bound=Bound.AT_LEAST,
    customer_prefers="less",
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
