"""One pass over pages: each once, in order, blind where it cannot be had; then what the owners should know."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from drift.check.check import check
from drift.check.processes import Processes
from drift.engine import languages
from drift.engine.pipeline import Standard
from drift.fetch.files import FileFetcher
from drift.model import CheckReport, Examined, Outcome, Page, Registry
from drift.model.errors import BlindReason

NOW = datetime(2026, 11, 21, 19, 0, tzinfo=UTC)
TODAY = NOW.date()
SITE = "https://help.larkspur.example/"
TERMS = """
- term: wait
  says: A phone can be unlocked after 60 days of paid service.
  value: 60 days
  topics: [unlock your phone]
- term: fee
  says: A bill that is paid late costs a late fee of USD 5.
  value: USD 5
  topics: [late fee]
"""
WRONG = "# Unlock your phone\n\nYou can unlock your phone after 30 days of paid service.\n"
RIGHT = "# Unlock your phone\n\nYou can unlock your phone after 60 days of paid service.\n"


def clock() -> datetime:
    return NOW


@pytest.fixture
def run(tmp_path: Path, registry_of: Callable[..., Registry]) -> Callable[..., CheckReport]:
    """`run({name: text or None}, **registry options)`: None is a file that is not there."""

    def checked(
        articles: dict[str, str | None],
        *,
        exceptions: str = "",
        applies_to: str = "",
        day: date = TODAY,
        on_examined: Callable[[Examined, int, int | None], None] | None = None,
    ) -> CheckReport:
        for name, text in articles.items():
            if text is not None:
                (tmp_path / name).write_text(text, encoding="utf-8")
        pages = [Page(str(tmp_path / name), SITE + name.removesuffix(".md")) for name in articles]
        held = registry_of(TERMS, exceptions=exceptions, applies_to=applies_to)
        return check(pages, FileFetcher(clock), Standard(held, day, languages.load), clock, on_examined)

    return checked


def test_every_page_is_examined_in_the_order_given(run: Callable[..., CheckReport]) -> None:
    seen: list[tuple[str, int, int | None]] = []

    report = run(
        {"b.md": WRONG, "a.md": RIGHT, "c.md": "# Hello\n\nNothing here.\n"},
        on_examined=lambda one, done, total: seen.append((Path(one.page.address).name, done, total)),
    )

    assert [Path(one.page.address).name for one in report.examined] == ["b.md", "a.md", "c.md"]
    assert [[verdict.outcome for verdict in one.verdicts] for one in report.examined] == [
        [Outcome.DIVERGES],
        [Outcome.AGREES],
        [],
    ]
    assert seen == [("b.md", 1, 3), ("a.md", 2, 3), ("c.md", 3, 3)]
    assert (report.checked_at, report.as_of) == (NOW, NOW.date())


def test_a_page_named_twice_is_examined_once(tmp_path: Path, registry_of: Callable[..., Registry]) -> None:
    (tmp_path / "a.md").write_text(WRONG, encoding="utf-8")
    page = Page(str(tmp_path / "a.md"))
    standard = Standard(registry_of(TERMS), NOW.date(), languages.load)

    assert len(check([page, page], FileFetcher(clock), standard, clock).examined) == 1


def test_what_cannot_be_fetched_is_blind_and_stops_nothing(run: Callable[..., CheckReport]) -> None:
    report = run({"gone.md": None, "a.md": WRONG})

    assert [one.blind for one in report.examined] == [BlindReason.MISSING, None]
    assert [len(one.verdicts) for one in report.examined] == [0, 1]


def test_pages_examined_in_other_processes_say_the_same(tmp_path: Path, registry_of: Callable[..., Registry]) -> None:
    names = [f"{number}.md" for number in range(40)]  # more than are examined before there are processes
    for name in names:
        (tmp_path / name).write_text(WRONG if name.endswith(("1.md", "3.md")) else RIGHT, encoding="utf-8")
    pages = [Page(str(tmp_path / name), SITE + name) for name in names]
    standard = Standard(registry_of(TERMS), TODAY, languages.load)
    done: list[str] = []

    beside = check(
        pages,
        FileFetcher(clock),
        standard,
        clock,
        lambda one, *_: done.append(one.page.address),
        examining=lambda held: Processes(held, 2),
    )

    assert beside == check(pages, FileFetcher(clock), standard, clock)
    assert done == [page.address for page in pages]
    assert all(verdict.match.term in standard.registry.terms for one in beside.examined for verdict in one.verdicts)


def test_what_is_said_of_an_article_is_the_same_in_any_order(run: Callable[..., CheckReport]) -> None:
    first = run({"a.md": WRONG, "b.md": RIGHT, "gone.md": None}).examined[0]
    last = run({"gone.md": None, "b.md": RIGHT, "a.md": WRONG}).examined[2]

    assert first == last


def test_what_the_other_articles_say_is_evidence(run: Callable[..., CheckReport]) -> None:
    (alone,) = run({"a.md": WRONG}).examined[0].verdicts
    (beside,) = run({"a.md": WRONG, "b.md": RIGHT}).examined[0].verdicts
    silent = run({"a.md": WRONG, "c.md": "# Help\n\nAsk us.\n", "gone.md": None}).examined[0].verdicts

    assert beside.confidence != alone.confidence
    assert silent == (alone,)


def test_every_term_is_counted_also_one_that_nobody_states(run: Callable[..., CheckReport]) -> None:
    assert run({"a.md": WRONG, "b.md": RIGHT, "gone.md": None}).stated == {"rules/wait": 2, "rules/fee": 0}


def test_a_policy_that_applies_to_no_article_is_told(run: Callable[..., CheckReport]) -> None:
    wireless = f'["{SITE}wireless-*", "{SITE}sim-*"]'

    nowhere = run({"a.md": WRONG}, applies_to=wireless)
    somewhere = run({"a.md": WRONG, "sim-lock.md": RIGHT}, applies_to=wireless)

    assert len(nowhere.notes) == 1
    assert "policy rules applies to none of these articles" in nowhere.notes[0]
    assert somewhere.notes == ()
    assert [len(one.verdicts) for one in somewhere.examined] == [0, 1]


EXCEPTION = """
- {{term: wait, article: "{article}", value: {value}, reason: old contracts, by: ana, until: 2026-12-31}}
"""


@pytest.mark.parametrize(
    ("article", "value", "day", "notes"),
    [
        (f"{SITE}a", "30 days", NOW.date(), []),
        (f"{SITE}b", "30 days", NOW.date(), ["exceptions for articles that are not in this run: 1"]),
        (f"{SITE}a", "45 days", NOW.date(), [f"exception to rules/wait for {SITE}a hid nothing in this run"]),
        (f"{SITE}a", "30 days", date(2027, 1, 1), [f"exception to rules/wait for {SITE}a ended on 2026-12-31"]),
    ],
    ids=["used", "another article", "another value", "ended"],
)
def test_an_exception_that_hides_nothing_is_told(
    run: Callable[..., CheckReport], article: str, value: str, day: date, notes: list[str]
) -> None:
    report = run({"a.md": WRONG}, exceptions=EXCEPTION.format(article=article, value=value), day=day)

    assert len(report.notes) == len(notes)
    assert all(note.startswith(words) for words, note in zip(notes, report.notes, strict=True))


def test_an_exception_to_what_is_right_hides_nothing(run: Callable[..., CheckReport]) -> None:
    report = run({"a.md": RIGHT}, exceptions=EXCEPTION.format(article=f"{SITE}a", value="60 days"))

    assert [verdict.exception for verdict in report.examined[0].verdicts] == [None]
    assert ["hid nothing" in note for note in report.notes] == [True]
