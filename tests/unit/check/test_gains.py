"""What an edit to a registry gains and loses in an article."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from drift.check.gains import compare, gains
from drift.engine import languages
from drift.engine.pipeline import Standard
from drift.model import Examined, Page, Registry, Snapshot
from drift.model.edits import Effect, GainsReport
from drift.model.errors import BlindReason, FetchError

RETURNS = """
- term: return-window
  says: Unused goods can be returned within 30 days of delivery.
  value: 30 days
  bound: at most
  topics: [return unused goods]
"""
FEE = """
- term: restocking-fee
  says: The restocking fee for opened goods is 15% of the price.
  value: 15%
"""
ARTICLE = """
# Returns

You can return unused goods within 30 days of delivery.

You can return unused goods within 14 days of delivery.
"""

Registries = Callable[..., Registry]
Read = Callable[..., Examined]


def told(change: Effect) -> tuple[str, str | None, str | None, str | None]:
    verdict = change.after or change.before
    assert verdict is not None
    return (
        verdict.match.claim.value_text,
        change.before.outcome.value if change.before else None,
        change.after.outcome.value if change.after else None,
        change.instead,
    )


@pytest.mark.parametrize(
    ("before", "after", "expected", "kept"),
    [
        pytest.param(RETURNS, RETURNS, [], 2, id="no edit"),
        pytest.param(
            RETURNS,
            RETURNS.replace("value: 30 days", "value: 14 days"),
            [("30 days", "agrees", "diverges", None), ("14 days", "diverges", "agrees", None)],
            0,
            id="another value",
        ),
        pytest.param(
            FEE,
            FEE + RETURNS,
            [("30 days", None, "agrees", None), ("14 days", None, "diverges", None)],
            0,
            id="a new term",
        ),
        pytest.param(
            RETURNS,
            RETURNS.replace("topics", "must: [delivery, warehouse]\n  topics"),
            [("30 days", "agrees", None, None), ("14 days", "diverges", None, None)],
            0,
            id="a filter too many",
        ),
        pytest.param(
            RETURNS,
            RETURNS.replace("return-window", "window"),
            [
                ("30 days", "agrees", None, "rules/window"),
                ("30 days", None, "agrees", "rules/return-window"),
                ("14 days", "diverges", None, "rules/window"),
                ("14 days", None, "diverges", "rules/return-window"),
            ],
            0,
            id="a new name",
        ),
    ],
)
def test_what_an_edit_changes(
    before: str,
    after: str,
    expected: list[tuple[str, str | None, str | None, str | None]],
    kept: int,
    registry_of: Registries,
    read_page: Read,
) -> None:
    changes, same = compare(read_page(registry_of(before), ARTICLE), read_page(registry_of(after), ARTICLE))
    assert [told(change) for change in changes] == expected
    assert same == kept


def test_what_is_said_twice_in_the_same_words_is_two_statements(registry_of: Registries, read_page: Read) -> None:
    twice = "Return unused goods within 30 days of delivery.\n\nReturn unused goods within 30 days of delivery.\n"
    before, after = (registry_of(RETURNS), registry_of(RETURNS.replace("value: 30 days", "value: 14 days")))
    changes, _ = compare(read_page(before, twice), read_page(after, twice))
    assert len(changes) == 2


def test_only_what_was_right_or_unsaid_diverges_newly(registry_of: Registries, read_page: Read) -> None:
    later, latest = (RETURNS.replace("value: 30 days", f"value: {value} days") for value in (21, 20))
    old, new = read_page(registry_of(RETURNS), ARTICLE), read_page(registry_of(later), ARTICLE)
    changes, _ = compare(old, new)
    assert [change.newly_diverges for change in changes] == [True, False]
    changes, _ = compare(new, read_page(registry_of(latest), ARTICLE))
    assert [change.newly_diverges for change in changes] == [False, False]


class Shelf:
    """Pages by address; counts how often each is asked for."""

    def __init__(self, pages: dict[str, str]) -> None:
        self.pages = pages
        self.asked: list[str] = []

    def fetch(self, page: Page) -> Snapshot:
        self.asked.append(page.address)
        if page.address not in self.pages:
            raise FetchError(BlindReason.NOT_FOUND)
        return Snapshot(page, self.pages[page.address].encode(), "text/markdown")


def test_every_page_is_fetched_once_and_a_blind_one_says_nothing(registry_of: Registries) -> None:
    now = datetime(2026, 11, 21, tzinfo=UTC)
    shelf = Shelf({"a.md": ARTICLE})
    before, after = (
        Standard(registry_of(text), now.date(), languages.load)
        for text in (RETURNS, RETURNS.replace("value: 30 days", "value: 14 days"))
    )
    done: list[int] = []

    def seen(_: Examined, number: int, __: int | None) -> None:
        done.append(number)

    pages = [Page("a.md"), Page("gone.md"), Page("a.md")]
    report = gains(pages, shelf, before, after, lambda: now, name="HEAD", on_examined=seen)
    assert shelf.asked == ["a.md", "gone.md"]
    assert done == [1, 2]
    assert isinstance(report, GainsReport)
    assert {change.page.address for change in report.changes} == {"a.md"}
    assert [examined.blind for examined in report.examined] == [None, BlindReason.NOT_FOUND]
