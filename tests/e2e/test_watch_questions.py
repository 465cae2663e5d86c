"""A sentence that may contradict a rule, and of which only the words say so: it is asked, followed, and alarms nobody.

The same amount for another time is never an alarm by words alone, however surely they name the rule.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

RIGHT = "Storing a parcel at the depot costs USD 5 per week."
DOUBTFUL = "Storing a parcel at the depot costs USD 5 per day."
PLAIN = "Storing a parcel at the depot costs USD 9 per week."
POLICY = f"""\
policy: parcels
owner: shop@larkspur.example
terms:
  - term: storage
    says: {RIGHT}
    value: USD 5 per week
    topics: [storing a parcel, store your parcel]
  - term: insurance
    says: Insuring a letter costs USD 3 per year.
    value: USD 3 per year
    topics: [insuring a letter]
"""
ALERTS = """\
alerts:
  notifiers: {desk: {kind: webhook, url: {env: HOOK}, key: {env: KEY}}}
  routes: [{name: all, to: desk}]
  default: all
"""
ASKED = ("/parcels", "suspected", "USD 5 per day")


@pytest.fixture
def watch(site: Any, policies: Path, watching: Callable[..., Any]) -> Any:
    """A watch over one page whose sentence is doubtful."""
    (policies / "parcels.yaml").write_text(POLICY, encoding="utf-8")
    site.says("/parcels", DOUBTFUL)
    return watching(f"kind: urls, at: ['{site.url('/parcels')}']", alerts=ALERTS)


@pytest.fixture
def reviewed(site: Any, policies: Path) -> Callable[[str], None]:
    """`reviewed(term)`: somebody says which term the sentence states, 'null' for none."""

    def answer(term: str) -> None:
        said = f"{{article: '{site.url('/parcels')}', sentence: '{DOUBTFUL}', term: {term}, by: ana, on: 2026-11-02}}"
        (policies / "reviewed.yaml").write_text(f"reviewed: [{said}]\n", encoding="utf-8")

    return answer


def said(watch: Any) -> list[str]:
    """The reasons of all that was to be sent to anybody, in order."""
    return [delivery.event.told.reason.value for delivery in reversed(watch.store.outbox.find())]


def life(watch: Any) -> list[tuple[str | None, str]]:
    (found,) = watch.store.findings.find(policy="parcels", term="storage")
    return [(one.before, one.after.value) for one in watch.store.findings.history(found.id)]


def test_a_question_is_kept_and_alarms_nobody(watch: Any) -> None:
    assert watch.crawls()["suspected"] == 1
    watch.crawls()
    (found,) = watch.store.findings.find()
    assert (watch.lives, said(watch)) == ([ASKED], [])
    assert (found.first_diverged, found.last_diverged) == (watch.at(1), watch.at(2))


def test_a_review_opens_it_from_the_day_it_was_asked_and_alerts_once(
    watch: Any, site: Any, reviewed: Callable[[str], None]
) -> None:
    watch.crawls()
    watch.crawls()
    reviewed("storage")
    watch.crawls()
    (found,) = watch.store.findings.find()
    assert (watch.lives, said(watch)) == ([("/parcels", "open", "USD 5 per day")], ["opened"])
    assert (found.first_diverged, found.opened, found.held) == (watch.at(1), watch.at(3), True)
    assert watch.store.outbox.find()[0].event.told.since.startswith("since before we first read it")
    watch.crawls()
    assert said(watch) == ["opened"]
    site.says("/parcels", RIGHT)
    watch.crawls()
    assert (watch.lives[0][1], said(watch)) == ("resolved", ["opened", "resolved"])


@pytest.mark.parametrize("term", ["null", "insurance"])
def test_an_answer_that_it_is_another_rule_dismisses_it_for_good(
    watch: Any, site: Any, policies: Path, reviewed: Callable[[str], None], term: str
) -> None:
    watch.crawls()
    reviewed(term)
    watch.crawls()
    assert life(watch) == [(None, "suspected"), ("suspected", "dismissed")]
    (policies / "reviewed.yaml").unlink()
    site.says("/parcels", f"{DOUBTFUL} Bring the card that we left at your door.")
    watch.crawls()
    watch.crawls()
    assert life(watch) == [(None, "suspected"), ("suspected", "dismissed")]
    assert [reason for reason in said(watch) if term == "null"] == []


@pytest.mark.parametrize(
    ("text", "state"), [(RIGHT, "resolved"), ("We keep your parcel at the depot until you come for it.", "gone")]
)
def test_a_page_that_is_right_again_closes_it_without_a_word(watch: Any, site: Any, text: str, state: str) -> None:
    watch.crawls()
    site.says("/parcels", text)
    watch.crawls()
    assert (life(watch), said(watch)) == ([(None, "suspected"), ("suspected", state)], [])


def test_a_page_that_is_no_more_closes_it_without_a_word(watch: Any, site: Any) -> None:
    watch.crawls()
    site.answers("/parcels", 404)
    watch.crawls()
    assert (life(watch), said(watch)) == ([(None, "suspected"), ("suspected", "gone")], [])


def test_a_rule_that_leaves_takes_it_along_without_a_word(watch: Any, policies: Path) -> None:
    watch.crawls()
    (policies / "parcels.yaml").unlink()
    watch.crawls()
    assert (life(watch), said(watch)) == ([(None, "suspected"), ("suspected", "withdrawn")], [])


def test_its_own_next_change_may_give_it_grounds(watch: Any, site: Any) -> None:
    watch.crawls()
    site.says("/parcels", PLAIN)
    watch.crawls()
    assert (watch.lives, said(watch)) == ([("/parcels", "open", "USD 9 per week")], ["opened"])
    (found,) = watch.store.findings.find()
    assert (found.first_diverged, found.opened) == (watch.at(1), watch.at(2))


def test_a_page_that_was_right_meanwhile_opens_it_for_the_first_time(watch: Any, site: Any) -> None:
    """What follows from a version that agreed is certain; nobody ever heard that it was wrong before."""
    watch.crawls()
    for text in (RIGHT, DOUBTFUL):
        site.says("/parcels", text)
        watch.crawls()
    assert life(watch) == [(None, "suspected"), ("suspected", "resolved"), ("resolved", "open")]
    assert said(watch) == ["opened"]
