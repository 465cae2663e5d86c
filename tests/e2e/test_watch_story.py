"""The origin story over real HTTP: an article is overwritten between two passes, mended, and overwritten again."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from drift.engine import reading
from drift.findings import exposure
from drift.model.finding import NoteKind
from drift.model.statement import Cause

RIGHT = "You can return unused goods within 30 days of delivery. Keep the receipt."
WRONG = "You can return unused goods within 14 days of delivery. Keep the receipt."
OTHER = "You can return unused goods within 20 days of delivery. Keep the receipt."
RULE = "Unused goods can be returned within 30 days of delivery."


@pytest.fixture
def watch(site: Any, watching: Callable[..., Any]) -> Any:
    """A watch over one page, which is right."""
    site.says("/returns", RIGHT)
    return watching(f"kind: urls, at: ['{site.url('/returns')}']")


def finding(watch: Any) -> Any:
    (found,) = watch.store.findings.find()
    return found


def test_an_overwritten_article_is_found_and_followed_until_it_is_right_again(site: Any, watch: Any) -> None:
    assert watch.crawls() == {"pages": 1, "changed": 1}

    site.says("/returns", WRONG)
    assert watch.crawls() == {"pages": 1, "changed": 1, "open": 1, "fetched twice": 1}
    found = finding(watch)
    assert (found.state, found.cause, found.statement.published) == ("open", Cause.PAGE, "14 days")
    assert found.before.quote == "You can return unused goods within 30 days of delivery."
    assert (exposure(found).after, exposure(found).by) == (watch.at(1), watch.at(2))
    old, new = (reading.read(watch.store.pages.snapshot(one)) for one in watch.store.pages.versions(found.article))
    diff = difflib.ndiff([one.text for one in old.passages], [one.text for one in new.passages])
    assert [line for line in diff if line[0] in "-+"] == [f"- {RIGHT}", f"+ {WRONG}"]

    assert watch.crawls() == {"pages": 1, "unchanged": 1}
    assert finding(watch).last_diverged == watch.at(3)

    site.says("/returns", OTHER)
    assert watch.crawls() == {"pages": 1, "changed": 1, "changed value": 1, "fetched twice": 1}
    assert finding(watch).statement.published == "20 days"

    site.says("/returns", RIGHT)
    assert watch.crawls() == {"pages": 1, "changed": 1, "resolved": 1, "fetched twice": 3}  # it came back
    window = exposure(finding(watch))
    assert (window.after, window.by, window.still, window.ended_by) == tuple(map(watch.at, (1, 2, 4, 5)))
    assert watch.crawls() == {"pages": 1, "unchanged": 1}

    site.says("/returns", WRONG)
    assert watch.crawls() == {"pages": 1, "changed": 1, "regressed": 1, "fetched twice": 3}
    found = finding(watch)
    assert (found.state, found.regressions, found.last_agreed) == ("regressed", 1, watch.at(6))
    life = [(one.before, one.after, one.published) for one in watch.store.findings.history(found.id)]
    assert life == [
        (None, "open", "14 days"),
        ("open", "open", "20 days"),
        ("open", "resolved", "30 days"),
        ("resolved", "regressed", "14 days"),
    ]
    assert len(watch.store.pages.versions(found.article)) == 5  # a text that comes back is another stretch of time


def test_what_changes_a_finding_is_fetched_twice_past_every_cache(site: Any, watch: Any) -> None:
    watch.crawls()
    site.asked.clear()
    site.says("/returns", WRONG)
    watch.crawls()
    assert [(versioned, fresh) for path, versioned, fresh in site.asked if path == "/returns"] == [
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize("passes", [[(RIGHT, WRONG)], [(WRONG, RIGHT), (RIGHT, WRONG)]])
def test_a_page_that_says_something_else_a_moment_later_opens_nothing(
    site: Any, watch: Any, passes: list[tuple[str, str]]
) -> None:
    """A page caught in the middle of a change, also where the second fetch gives what is remembered."""
    watch.crawls()
    for turns in passes:
        bodies = []
        for text in turns[::-1]:
            site.says("/returns", text)
            bodies.append(site.pages["/returns"])
        site.pages["/returns"] = lambda handler, left=bodies: site_answer(handler, left)
        watch.crawls()
    assert watch.lives == []
    notes = watch.store.findings.notes()
    assert {note.kind for note in notes} <= {NoteKind.UNSTEADY}
    unsteady = [turns for turns in passes if turns[0] == WRONG]
    assert len(notes) == len(unsteady)
    assert (watch.state(site.url("/returns")).unsteady_at is not None) == bool(unsteady)
    site.says("/returns", WRONG)
    watch.crawls()
    assert watch.lives == [("/returns", "open", "14 days")]


def site_answer(handler: Any, left: list[bytes]) -> None:
    """Answer with the next of some bodies, the last one again and again."""
    body = left.pop() if len(left) > 1 else left[0]
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def test_a_second_fetch_that_fails_leaves_everything_to_the_next_pass(site: Any, watch: Any) -> None:
    watch.crawls()
    site.says("/returns", WRONG)
    wrong, fetches = site.pages["/returns"], []

    def once(handler: Any) -> None:
        fetches.append(1)
        if len(fetches) > 1:
            handler.send_response(403)
            handler.send_header("Content-Length", "0")
            handler.end_headers()
        else:
            site_answer(handler, [wrong])

    site.pages["/returns"] = once
    watch.crawls()
    state = watch.state(site.url("/returns"))
    assert (watch.lives, state.read_at, state.unsteady_at) == ([], watch.at(1), None)
    site.pages["/returns"] = wrong
    watch.crawls()
    found = finding(watch)
    assert (found.first_diverged, found.last_agreed) == (watch.at(3), watch.at(1))


def test_other_policies_judge_what_is_stored_without_fetching(site: Any, watch: Any, policies: Path) -> None:
    watch.crawls()
    file = policies / "returns.yaml"
    now, then = file.read_text(encoding="utf-8"), "value: 14 days"
    file.write_text(now.replace("value: 30 days", then).replace("within 30 days", "within 14 days"), encoding="utf-8")
    site.asked.clear()
    site.pages.clear()  # nothing can be fetched
    counts = watch.crawls()
    assert (counts["open"], finding(watch).cause, finding(watch).first_diverged) == (1, Cause.POLICY, watch.at(2))
    file.write_text(now, encoding="utf-8")
    site.says("/returns", RIGHT)
    watch.crawls()
    assert (finding(watch).state, finding(watch).regressions) == ("resolved", 0)


def test_a_day_on_which_another_value_becomes_right(watch: Any, policies: Path) -> None:
    file = policies / "returns.yaml"
    timeline = "value:\n      - {until: 2026-11-03, is: 30 days}\n      - {from: 2026-11-04, is: 14 days}"
    text = file.read_text(encoding="utf-8").replace("value: 30 days", timeline).replace("within 30 days", "in time")
    file.write_text(text, encoding="utf-8")
    assert watch.crawls() == {"pages": 1, "changed": 1}
    assert watch.crawls(hours=24) == {"pages": 1, "unchanged": 1}
    assert watch.crawls(hours=24)["open"] == 1
    assert (finding(watch).cause, finding(watch).statement.expected) == (Cause.POLICY, "14 days")


def test_a_day_on_which_the_page_itself_means_another_value(site: Any, watch: Any) -> None:
    """The page announces the change; nobody edits it on the day."""
    site.says("/returns", f"{RIGHT} From 4 November 2026 you can return unused goods within 14 days of delivery.")
    assert watch.crawls() == {"pages": 1, "changed": 1}
    assert watch.lives == []
    watch.crawls(hours=24)
    assert watch.lives == []
    watch.crawls(hours=24)
    assert watch.lives == [("/returns", "suspected", "14 days")]


def test_policies_that_do_not_lint_leave_the_last_good_ones(site: Any, watch: Any, policies: Path) -> None:
    watch.crawls()
    (policies / "returns.yaml").write_text("policy: returns\nterms: nonsense\n", encoding="utf-8")
    site.says("/returns", WRONG)
    watch.crawls()
    assert watch.lives == [("/returns", "open", "14 days")]
    assert any("do not lint" in told for told in watch.told)


def in_turn(handler: Any, left: list[str], site: Any) -> None:
    """Answer with some texts in turn, without end."""
    left.append(left.pop(0))
    site.says("/turns", left[-1])
    site_answer(handler, [site.pages.pop("/turns")])


def test_a_page_that_says_two_things_in_turn_is_a_finding_until_it_is_steady(site: Any, watch: Any) -> None:
    watch.crawls()
    site.pages["/returns"] = lambda handler, left=[WRONG, RIGHT]: in_turn(handler, left, site)
    for _ in range(2):
        watch.crawls()
        assert watch.lives == []
    assert watch.crawls()["open"] == 1
    found = finding(watch)
    (opened,) = watch.store.findings.history(found.id)
    assert opened.note == "the page says 30 days or 14 days in turn"
    assert len(watch.store.pages.versions(found.article)) == 2
    notes = watch.store.findings.notes(article=found.article)
    assert (notes[-1].before, notes[-1].after) == (WRONG.partition(" Keep")[0], RIGHT.partition(" Keep")[0])
    for _ in range(30):
        watch.crawls()
        assert watch.lives == [("/returns", "open", "14 days")]

    site.says("/returns", RIGHT)
    for _ in range(24):
        watch.crawls()
        assert watch.lives == [("/returns", "open", "14 days")]
    watch.crawls()
    assert watch.lives == [("/returns", "resolved", "14 days")]
    assert watch.state(found.article).unsteady_visits == 1  # a text came back


def test_a_page_that_is_read_once_a_day_turns_until_three_visits_were_calm(site: Any, watch: Any) -> None:
    """Two equal answers are no evidence where every other one is right: half of such visits have them."""
    watch.crawls()
    left = [WRONG, RIGHT]
    site.pages["/returns"] = lambda handler: in_turn(handler, left, site)
    for _ in range(3):
        watch.crawls(hours=24)
    assert watch.lives == [("/returns", "open", "14 days")]
    site.says("/returns", RIGHT)
    for _ in range(3):
        watch.crawls(hours=24)
        assert watch.lives == [("/returns", "open", "14 days")]
    watch.crawls(hours=24)
    assert watch.lives == [("/returns", "resolved", "14 days")]
