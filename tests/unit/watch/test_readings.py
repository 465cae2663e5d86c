"""What is kept of a page that was examined."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from textwrap import dedent

import pytest

from drift.engine import languages, reading
from drift.engine.pipeline import Standard, judge
from drift.model import Diagnosis, Examined, Followed, Harm, Outcome, Page, Registry, Severity, Snapshot
from drift.model.errors import BlindReason
from drift.model.finding import Reading
from drift.watch.readings import reading_of

AT = datetime(2026, 11, 21, 19, tzinfo=UTC)
DAY = date(2026, 11, 21)
PAGE = Page("help/returns.md", "https://help.larkspur.example/returns")
POLICY = """\
policy: returns
owner: shop@larkspur.example
severity: high
terms:
  - term: window
    says: An order can be returned within 30 days of delivery.
    value: 30 days
    bound: at most
    topics: [return an order]
    customer_prefers: more
"""


def kept(
    registry_of: Callable[..., Registry],
    text: str,
    followed: tuple[Followed, ...] = (),
    files: dict[str, str] | None = None,
) -> Reading:
    held = registry_of(files=files or {"returns.yaml": POLICY})
    article = reading.read(Snapshot(PAGE, dedent(text).encode(), "text/markdown"))
    examined = judge(article, Standard(held, DAY, languages.load), followed)
    return reading_of(examined, AT, held, DAY, text="t", policies="p", reader="r")


def test_a_statement_keeps_all_that_people_are_told(registry_of: Callable[..., Registry]) -> None:
    text = "# Returns\n\n## How\n\nOur shops open at 9:00. You can return an order within 14 days of delivery.\n"
    (statement,) = kept(registry_of, text).statements
    assert (statement.full_name, statement.outcome) == ("returns/window", Outcome.DIVERGES)
    assert (statement.published, statement.expected) == ("14 days", "30 days")
    assert (statement.diagnosis, statement.harm, statement.severity) == (Diagnosis.WRONG, Harm.HARSH, Severity.HIGH)
    quote = statement.quote
    assert quote == "You can return an order within 14 days of delivery."
    assert quote[statement.value_start :].startswith(statement.value_text)
    assert statement.words == "You can return an order within ◊ of delivery."
    assert (statement.heading, statement.line) == (("How",), 5)
    assert statement.link is not None
    assert statement.link.startswith("https://help.larkspur.example/returns")
    assert (statement.slot, statement.known) == ("", 0.0)


def test_sentences_that_state_nothing_are_kept_once_each(registry_of: Callable[..., Registry]) -> None:
    text = (
        "A day has 24 hours or 1440 minutes, as everybody knows.\n\nThe year 2024 had 366 days in it, not 365 days.\n"
    )
    one = kept(registry_of, text)
    assert one.statements == ()
    assert len(one.others) == 2
    assert one.claims >= 3


def test_a_sentence_that_stands_with_nothing_said_of_it_is_told_from_one_that_is_lost(
    registry_of: Callable[..., Registry],
) -> None:
    stands = Followed("The trip takes 9 days by boat, as every sailor will tell you.", 1, "returns/window", "s1", 0.7)
    lost = Followed("You have 14 days for that and no more.", 1, "returns/window", "s2", 0.7)
    one = kept(registry_of, "The trip takes 9 days by boat, as every sailor will tell you.\n", (stands, lost))
    assert (one.statements, one.unjudged) == ((), ("s1",))


@pytest.mark.parametrize(("term", "denied"), [("null", ("s1",)), ("returns/window", ())])
def test_a_review_that_says_another_thing_than_was_said_is_told(
    registry_of: Callable[..., Registry], term: str, denied: tuple[str, ...]
) -> None:
    sentence = "You can return unused goods within 14 days of delivery."
    said = f"{{article: '**', sentence: '{sentence}', term: {term}, by: ana, on: 2026-11-02}}"
    files = {"returns.yaml": POLICY, "reviewed.yaml": f"reviewed: [{said}]\n"}
    earlier = (Followed(sentence, 1, "returns/window", "s1", 0.7),)
    one = kept(registry_of, f"{sentence}\n", earlier, files)
    assert (one.denied, [each.slot for each in one.statements]) == (denied, [] if denied else ["s1"])


def test_of_a_blind_page_only_why_is_kept(registry_of: Callable[..., Registry]) -> None:
    held = registry_of(files={"returns.yaml": POLICY})
    blind = Examined(PAGE, blind=BlindReason.TIMEOUT, detail="after 30 s")
    one = reading_of(blind, AT, held, DAY, text="t", policies="p", reader="r")
    assert (one.blind, one.detail, one.text, one.statements) == (BlindReason.TIMEOUT, "after 30 s", "", ())
