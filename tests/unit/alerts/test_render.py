"""The words of alerts: the customer's moment first, never softened, and nothing but facts of their time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from drift.alerts import due
from drift.alerts.headings import heading
from drift.alerts.render import span, titled
from drift.model import Diagnosis
from drift.model.alert import Fact, Reason
from drift.model.finding import State
from drift.model.statement import Cause
from drift.model.values import Bound
from drift.model.wording import LONGEST_NAME


def told(made: Any, before: State | None, after: State, scene: Any = None, /, **fields: Any) -> Fact:
    step = {name: fields.pop(name) for name in ("at", "note", "published") if name in fields}
    cause = fields.get("cause", Cause.PAGE)
    (event,) = due(made.visit(made.step(before, after, cause=cause, **step), **fields), scene or made.scene)
    found: Fact = event.told
    return found


def test_the_customers_moment_comes_first_and_all_facts_with_it(made: Any) -> None:
    scene = replace(
        made.scene,
        dashboard="https://drift.larkspur.example/",
        edit_link="https://cms.larkspur.example/edit?page={url}&at={path}",
    )
    found = told(made, None, State.OPEN, scene, before=replace(made.statement, quote="After 60 days."))
    assert found.moment == 'A customer who reads "Unlock your phone" is told 30 days. The policy is 60 days.'
    assert found.news == "The page changed: it was right before."
    assert found.quote[found.value_start :].startswith(found.value_text)
    assert (found.published, found.expected, found.before) == ("30 days", "60 days", "After 60 days.")
    assert found.harms.startswith("The page promises customers more than the policy gives")
    assert found.since == "between 2 March 2026 03:00 and 2 March 2026 09:00 UTC"
    assert found.owner == made.policy.owner
    assert found.guidance == "Honour 30 days for anyone who activated while the article said so."
    assert found.page_link == made.page
    assert found.policy_link == "https://policies.larkspur.example/DU-7"
    assert found.finding_link == "https://drift.larkspur.example/findings/F-3f9a1c20"
    assert found.edit_link == (
        "https://cms.larkspur.example/edit?page=https%3A%2F%2Fhelp.larkspur.example%2Funlock&at=unlock"
    )
    assert found.command == "drift findings show F-3f9a1c20"


def test_a_stale_value_names_the_day_it_ended(made: Any) -> None:
    found = told(made, None, State.OPEN, statement=replace(made.statement, diagnosis=Diagnosis.STALE))
    assert found.diagnosed == "This was the value until 31 January 2026."


def test_a_turned_bound_is_said_with_its_direction(made: Any) -> None:
    term = replace(made.policy.terms[0], bound=Bound.AT_LEAST)
    registry = replace(made.scene.registry, policies=(replace(made.policy, terms=(term,)),))
    turned = replace(made.statement, diagnosis=Diagnosis.BOUND, published="60 days")
    found = told(made, None, State.OPEN, replace(made.scene, registry=registry), statement=turned)
    assert found.moment.endswith("is told 60 days. The policy is at least 60 days.")


def test_a_turned_bound_is_said_with_both_its_sides(made: Any) -> None:
    term = replace(made.policy.terms[0], bound=Bound.AT_MOST)
    registry = replace(made.scene.registry, policies=(replace(made.policy, terms=(term,)),))
    turned = replace(made.statement, diagnosis=Diagnosis.BOUND, published="60 days", bound=Bound.AT_LEAST)
    found = told(made, None, State.OPEN, replace(made.scene, registry=registry), statement=turned)
    assert found.moment.endswith("is told at least 60 days. The policy is at most 60 days.")
    assert found.diagnosed.startswith("The page says at least 60 days where the policy is at most 60 days: ")
    assert (found.published, found.expected) == ("at least 60 days", "at most 60 days")


CELL = {"caption": "Fees", "row": ("SIM cards", "New SIM"), "column": ("Monthly",)}


@pytest.mark.parametrize(
    ("where", "words"),
    [
        (CELL, ' in the table "Fees", row "SIM cards, New SIM", column "Monthly"'),
        ({"row": ("New SIM",)}, ' in the row "New SIM"'),
        ({"column": ("Monthly",)}, ' in the column "Monthly"'),
        ({"caption": "Prepaid"}, ' in the part "Prepaid"'),
        ({"defines": "New\nSIM"}, ' for "New SIM"'),
        ({"question": "How much?"}, ' in answer to "How much?"'),
        ({**CELL, "question": "How much?"}, ' column "Monthly" in answer to "How much?"'),
    ],
)
def test_a_value_that_says_nothing_alone_is_told_with_its_place(made: Any, where: Any, words: str) -> None:
    said = replace(made.statement, published="GBP 12", expected="GBP 10", published_text="£12", expected_text="£10")
    found = told(made, None, State.OPEN, statement=replace(said, **where))
    assert words in found.moment
    assert found.moment.startswith(
        'A customer who reads "Unlock your phone" is told £12 in '
        if "defines" not in where
        else 'A customer who reads "Unlock your phone" is told £12 for '
    )
    assert found.moment.endswith(". The policy is £10.")
    assert (found.row, found.column, found.caption) == tuple(
        where.get(name, none) for name, none in (("row", ()), ("column", ()), ("caption", None))
    )
    assert found.says == made.policy.terms[0].says


def test_a_cell_that_is_right_again_is_told_with_its_place_and_spelling(made: Any) -> None:
    said = replace(made.statement, published="GBP 12", expected="GBP 10", published_text="£12", expected_text="£10")
    end = {"last_diverged": made.hours(3), "agreed_again": made.hours(4), "at": made.hours(4), "published": "GBP 10"}
    found = told(made, State.OPEN, State.RESOLVED, statement=replace(said, **CELL), **end)
    assert found.moment.endswith(
        'told £10 in the table "Fees", row "SIM cards, New SIM", column "Monthly", as the policy says.'
    )


@pytest.mark.parametrize(
    ("fields", "moment", "news"),
    [
        (
            {"published": "60 days"},
            'A customer who reads "Unlock your phone" is told 60 days, as the policy says.',
            "The page is right again. It was wrong for at least 3 hours and at most 10 hours.",
        ),
        (
            {"published": "60 days", "last_agreed": None},
            'A customer who reads "Unlock your phone" is told 60 days, as the policy says.',
            "The page is right again. It was wrong for at least 3 hours.",
        ),
        (
            {"published": None, "note": "the page is gone"},
            'A customer who reads "Unlock your phone" is no longer told 30 days.',
            "The page is gone. It was wrong for at least 3 hours and at most 10 hours.",
        ),
        (
            {"published": "30 days", "cause": Cause.POLICY},
            'A customer who reads "Unlock your phone" is told 30 days, as the policy says.',
            "The policy changed, and the page is right by it. It was wrong for at least 3 hours and at most 10 hours.",
        ),
    ],
)
def test_the_end_says_how_long_it_was_wrong(made: Any, fields: dict[str, Any], moment: str, news: str) -> None:
    end = {"last_diverged": made.hours(3), "agreed_again": made.hours(4), "at": made.hours(4)}
    end["statement"] = replace(made.statement, link=f"{made.page}#:~:text=30%20days")
    found = told(made, State.OPEN, State.RESOLVED, **{**end, **fields})
    assert (found.moment, found.news) == (moment, news)
    assert found.wrong_for == timedelta(hours=3)
    assert found.page_link == made.page  # without the sentence that is no longer there


@pytest.mark.parametrize(
    ("seen_wrong", "agreed", "words"),
    [
        (3, 4, "It was wrong for at least 3 hours and at most 10 hours."),
        (0, 4, "It was wrong for at most 10 hours."),
        (9.9, 4, "It was wrong for at least 9 hours and at most 10 hours."),
        (10, 4, "It was wrong for 10 hours."),
        (3, None, "It was wrong for at least 3 hours."),
        (0, None, "Nobody knows for how long it was wrong."),
    ],
)
def test_how_long_it_was_wrong(made: Any, seen_wrong: float, agreed: float | None, words: str) -> None:
    """It was right six hours before it was first seen wrong."""
    fields = {"last_diverged": made.hours(seen_wrong), "agreed_again": made.hours(4), "published": "60 days"}
    if agreed is None:
        fields["last_agreed"] = None
    assert told(made, State.OPEN, State.RESOLVED, **fields).news == f"The page is right again. {words}"


@pytest.mark.parametrize(
    ("before", "after", "fields", "news"),
    [
        (None, State.OPEN, {"cause": Cause.POLICY}, "The policy changed, and the page has not."),
        (None, State.OPEN, {"last_agreed": None}, "The page has said so since we first read it there."),
        (
            State.OPEN,
            State.OPEN,
            {},
            "The page was wrong before and was changed: it is wrong in another way now.",
        ),
        (State.RESOLVED, State.REGRESSED, {"regressions": 1}, "The page is wrong again: it came back once."),
        (State.GONE, State.REGRESSED, {"regressions": 3}, "The page is wrong again: it came back 3 times."),
    ],
)
def test_why_it_is_told_now(made: Any, before: State | None, after: State, fields: dict[str, Any], news: str) -> None:
    assert told(made, before, after, **fields).news == news


def test_a_policy_that_is_gone_from_the_registry_is_told_all_the_same(made: Any) -> None:
    scene = replace(made.scene, registry=replace(made.scene.registry, policies=()), titles={})
    found = told(made, None, State.OPEN, scene)
    assert found.moment.startswith('A customer who reads "Unlock your phone"')  # the heading over the sentence
    assert (found.owner, found.guidance, found.policy_link, found.severity.value) == (None, None, None, "medium")


def test_no_link_is_a_scripts(made: Any) -> None:
    policy = replace(made.policy, source="javascript:alert(1)")
    found = told(made, None, State.OPEN, replace(made.scene, registry=replace(made.scene.registry, policies=(policy,))))
    assert found.policy_link is None


def test_a_title_stays_on_one_line_and_a_long_one_ends() -> None:
    assert titled("Unlock\n your\tphone") == '"Unlock your phone"'
    assert len(titled("x" * 10_000)) == LONGEST_NAME + 2
    assert titled("x" * 10_000).endswith('…"')


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=23, minutes=59), "23 hours"),
        (timedelta(days=2, hours=23), "2 days"),
    ],
)
def test_how_long(length: timedelta, words: str) -> None:
    assert span(length) == words


@pytest.mark.parametrize(
    ("reason", "count", "words"),
    [
        (Reason.OPENED, 1, "Device unlock: a page contradicts the policy"),
        (Reason.OPENED, 3, "Device unlock: 3 statements contradict the policy"),
        (Reason.RESOLVED, 1, "Device unlock: resolved"),
        (Reason.DIGEST, 4, "Device unlock: 4 alerts since the last digest"),
        (Reason.BASELINE, 312, "The first run of help found 312 statements that contradict the policies"),
    ],
)
def test_a_heading_says_what_a_message_is_about(made: Any, reason: Reason, count: int, words: str) -> None:
    assert heading(reason, [made.told(policy_title="Device unlock")] * count) == words


def test_a_heading_names_no_policy_that_is_not_common_to_all(made: Any) -> None:
    several = [made.told(policy_title="Device unlock"), made.told(policy_title="Returns")]
    assert heading(Reason.OPENED, several) == "help: 2 statements contradict the policy"


def test_what_only_an_annotator_vouches_for_says_so_and_what_settles_it(made: Any) -> None:
    unconfirmed = "Annotated by llama3.1:8b, not confirmed by a person: one answer settles it: drift review"
    statement = replace(made.statement, annotated="llama3.1:8b")
    found = told(made, None, State.OPEN, statement=statement)
    assert (found.annotated, found.annotated_agreed, found.unconfirmed) == ("llama3.1:8b", None, unconfirmed)
    known = replace(statement, annotated_agreed=(97, 100))
    share = "This annotator agreed with 97 of 100 answers given by people."
    assert told(made, State.SUSPECTED, State.OPEN, statement=known).unconfirmed == f"{unconfirmed}. {share}"
    over = told(made, State.OPEN, State.RESOLVED, statement=statement, published="60 days")
    assert over.unconfirmed == "Annotated by llama3.1:8b, not confirmed by a person"
    sure = told(made, None, State.OPEN)
    assert (sure.annotated, sure.unconfirmed) == (None, "")


def test_what_a_person_takes_back_was_never_wrong(made: Any) -> None:
    statement = replace(made.statement, annotated="llama3.1:8b")
    found = told(made, State.OPEN, State.DISMISSED, statement=statement, cause=Cause.PAGE)
    assert found.reason is Reason.RESOLVED
    assert found.moment == 'Nothing is wrong with 30 days at "Unlock your phone": it is not about unlock/wait.'
    assert found.news == (
        "A review says that the sentence states another rule, or none. Only an annotator had said otherwise."
    )
    assert (found.since, found.wrong_for) == ("", None)
