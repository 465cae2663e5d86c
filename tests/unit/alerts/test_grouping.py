"""What is sent at once, and in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from drift.alerts import BASELINE, letters
from drift.alerts.grouping import MOST
from drift.model import Harm, Severity
from drift.model.alert import Delivery, Reason
from drift.model.route import Digest, QuietHours, Route, Routing


def sent(made: Any, *waiting: Delivery, **fields: Any) -> list[tuple[str, list[int]]]:
    """(reason, ids of deliveries) of the messages that may be sent an hour after the start."""
    routing = Routing((Route("unlocks", ("slack-unlocks",), **fields),))
    found = letters(waiting, routing, made.hours(1))
    return [(letter.message.reason.value, [each.id for each in letter.deliveries]) for letter in found]


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("policy", [("opened", [1, 3]), ("opened", [2])]),
        ("page", [("opened", [1]), ("opened", [2, 3])]),
        ("run", [("opened", [1, 2, 3])]),
    ],
)
def test_what_is_grouped_is_told_in_one_message(made: Any, group: str, expected: object) -> None:
    waiting = (
        made.waiting(1, "F-1", article="/a"),
        made.waiting(2, "F-2", article="/b", policy="returns"),
        made.waiting(3, "F-3", article="/b"),
    )
    assert sent(made, *waiting, group=group) == expected


def test_reasons_are_told_apart(made: Any) -> None:
    waiting = (made.waiting(1, "F-1"), made.waiting(2, "F-2", Reason.RESOLVED), made.waiting(3, "F-3"))
    assert sent(made, *waiting) == [("opened", [1, 3]), ("resolved", [2])]


def test_pages_that_cannot_be_read_are_told_by_source(made: Any) -> None:
    waiting = [made.waiting(n, f"page /{n}", Reason.BLIND, policy=None, article=f"/{n}") for n in range(1, 9)]
    assert sent(made, *waiting, group="page") == [("blind", list(range(1, 9)))]


def test_a_route_hears_of_one_finding_in_order(made: Any) -> None:
    """The third opened would come with the first, before the resolved one that happened before it."""
    waiting = (
        made.waiting(1, "F-1", Reason.REGRESSED),
        made.waiting(2, "F-2", Reason.RESOLVED),
        made.waiting(3, "F-2", Reason.REGRESSED),
        made.waiting(4, "F-1", Reason.RESOLVED),
    )
    assert sent(made, *waiting) == [("regressed", [1]), ("resolved", [2, 4]), ("regressed", [3])]


def test_what_waits_for_another_attempt_holds_back_what_came_after_it_and_nothing_else(made: Any) -> None:
    later = made.hours(1) + timedelta(seconds=1)
    waiting = (
        made.waiting(1, "F-1", message="M-1", message_reason=Reason.OPENED, next_attempt=later),
        made.waiting(2, "F-2", message="M-1", message_reason=Reason.OPENED, next_attempt=later),
        made.waiting(3, "F-2", Reason.RESOLVED),
        made.waiting(4, "F-3", Reason.RESOLVED),
    )
    assert sent(made, *waiting) == [("resolved", [4])]


def test_what_was_begun_comes_before_what_happened_later_to_the_same(made: Any) -> None:
    begun = {"message": "M-1", "message_reason": Reason.CHANGED}
    waiting = (
        made.waiting(1, "F-9"),
        made.waiting(2, "F-2", Reason.CHANGED, **begun),
        made.waiting(3, "F-3", Reason.CHANGED, **begun),
        made.waiting(4, "F-3"),
    )
    assert sent(made, *waiting) == [("changed", [2, 3]), ("opened", [1, 4])]


@pytest.mark.parametrize(("severity", "expected"), [(Severity.HIGH, []), (Severity.CRITICAL, [("opened", [1, 2])])])
def test_what_was_begun_is_not_tried_again_in_quiet_hours(made: Any, severity: Severity, expected: object) -> None:
    """Unless something in it is told at any time."""
    begun = {"message": "M-1", "message_reason": Reason.OPENED}
    waiting = (made.waiting(1, "F-1", **begun), made.waiting(2, "F-2", severity=severity, **begun))
    quiet = QuietHours(made.start.time(), made.hours(2).time(), "UTC", tuple(range(7)), (Severity.CRITICAL,))
    assert sent(made, *waiting, quiet=quiet) == expected


def test_what_a_first_run_found_waits_for_its_end_and_holds_back_what_came_after_it(made: Any) -> None:
    waiting = (made.waiting(1, held=True), made.waiting(2, reason=Reason.RESOLVED), made.waiting(3, "F-2"))
    assert sent(made, *waiting) == [("opened", [3])]


def test_a_message_that_was_begun_stays_as_it_was(made: Any) -> None:
    begun = {"message": "M-1", "message_reason": Reason.OPENED, "next_attempt": made.start}
    waiting = (made.waiting(1, "F-1", **begun), made.waiting(2, "F-2", **begun), made.waiting(3, "F-3"))
    routing = Routing((Route("unlocks", ("slack-unlocks",)),))
    first, second = letters(waiting, routing, made.hours(1))
    assert ([each.id for each in first.deliveries], first.message.key) == ([1, 2], "M-1")
    assert [each.id for each in second.deliveries] == [3]
    (fresh,) = letters(tuple(replace(each, message=None) for each in waiting[:2]), routing, made.hours(1))
    assert replace(fresh.message, key="M-1") == first.message


@pytest.mark.parametrize(("count", "messages"), [(BASELINE - 1, 3), (BASELINE, 1)])
def test_a_first_run_that_finds_much_is_one_message(made: Any, count: int, messages: int) -> None:
    waiting = [made.waiting(n, f"F-{n}", policy=f"policy-{n % 3}", first_run=1) for n in range(1, count + 1)]
    found = sent(made, *waiting)
    assert len(found) == messages
    assert {reason for reason, _ in found} == ({"baseline"} if messages == 1 else {"opened"})


def test_the_worst_comes_first_and_what_is_left_out_is_counted(made: Any) -> None:
    waiting = [made.waiting(n, f"F-{n}", first_run=1) for n in range(1, MOST + 6)]
    waiting.append(made.waiting(200, "F-200", first_run=1, harm=Harm.HARSH))
    waiting.append(made.waiting(201, "F-201", first_run=1, severity=Severity.CRITICAL))
    (letter,) = letters(waiting, Routing((Route("unlocks", ("s",)),)), made.hours(1), dashboard="https://d.example")
    assert [told.finding for told in letter.message.tolds[:3]] == ["F-201", "F-200", "F-1"]
    assert (len(letter.message.tolds), letter.message.left_out, letter.message.count) == (MOST, 7, MOST + 7)
    assert len(letter.deliveries) == MOST + 7
    assert letter.message.link == "https://d.example"


def test_a_digest_is_one_message_in_the_order_of_what_happened(made: Any) -> None:
    digest = Digest(made.start.time(), "UTC", tuple(range(7)))
    waiting = (
        made.waiting(1, "F-1", policy="returns"),
        made.waiting(2, "F-1", Reason.RESOLVED, policy="returns"),
        made.waiting(3, "F-2"),
    )
    assert sent(made, *waiting, digest=digest) == [("digest", [1, 2, 3])]
    later = [replace(each, event=replace(each.event, told=made.told(at=made.hours(0.5)))) for each in waiting]
    assert sent(made, *later, digest=digest) == []


def test_what_happened_to_one_finding_is_told_in_its_order_however_important(made: Any) -> None:
    """The page said 7 days and then 90: what hurts customers more is no earlier for that."""
    waiting = (
        made.waiting(1, "F-1", Reason.CHANGED, published="90 days"),
        made.waiting(2, "F-1", Reason.CHANGED, published="7 days", harm=Harm.HARSH),
        made.waiting(3, "F-2", Reason.CHANGED, published="5 days", severity=Severity.CRITICAL),
    )
    (letter,) = letters(waiting, Routing((Route("unlocks", ("s",)),)), made.hours(1))
    assert [told.published for told in letter.message.tolds] == ["5 days", "90 days", "7 days"]


def test_a_route_that_the_settings_have_no_more_still_gets_what_was_meant_for_it(made: Any) -> None:
    assert len(letters((made.waiting(1, route="gone"),), Routing(), made.hours(1))) == 1
