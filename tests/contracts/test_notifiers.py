"""What every notifier promises. A kind in THE list is found here, with its receiver in `standins/benches.py` and its
golden messages in `fixtures/alerts/<kind>/`.

After a change that is meant: `DRIFT_WRITE_GOLDENS=1 pytest tests/contracts/test_notifiers.py`, and read the difference.
"""

from __future__ import annotations

import logging
import os
import traceback
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from benches import BENCHES, SOON, Bench, picture
from sample_messages import ANNOTATED, HOSTILE, OPENED, QUESTIONS, RESOLVED, REVIEW, UNREAD, hostile, message, thousand
from told_page import tolds
from waiting import PATIENCE

from drift.files.config import kind_of
from drift.model.alert import Message, Reason
from drift.model.errors import DeliveryError, DeliveryFailure
from drift.notifiers import NOTIFIERS

FIXTURES = Path(__file__).parents[2] / "fixtures" / "alerts"
KINDS = [kind_of(each) for each in NOTIFIERS]

SECOND = replace(OPENED, finding="F-00c0ffee", moment='A customer who reads "Fees" is told $30. The policy is $45.')
FOUND = tolds()
MESSAGES: dict[str, Message] = {
    "opened": message(OPENED),
    "annotated": message(ANNOTATED),
    "resolved": message(RESOLVED),
    "unread": message(UNREAD),
    "review": message(REVIEW),
    "questions": message(QUESTIONS),
    "baseline": message(
        OPENED,
        *[replace(SECOND, finding=f"F-00c0ff{number:02x}") for number in range(4)],
        reason=Reason.BASELINE,
        heading="The first run of help-centre found 312 statements that contradict the policies",
        left_out=307,
        link="https://drift.larkspur.example/findings",
    ),
    "sample": message(OPENED, sample=True),
    "cells": message(FOUND["pay-monthly"], FOUND["pay-as-you-go"]),
    "answer": message(FOUND["business"]),
    "turned": message(FOUND["engineer-visit"]),
}

# fault -> class of failure, whether trying again may help, in how many seconds, and a word of the receiver's own reason
FAULTS: dict[str, tuple[DeliveryFailure, bool]] = {
    "throttled": (DeliveryFailure.THROTTLED, True),
    "server error": (DeliveryFailure.SERVER_ERROR, True),
    "slow": (DeliveryFailure.TIMEOUT, True),
    "reset": (DeliveryFailure.UNREACHABLE, True),
    "nobody there": (DeliveryFailure.UNREACHABLE, True),
    "refused": (DeliveryFailure.REFUSED, False),
    "forbidden": (DeliveryFailure.FORBIDDEN, False),
    "not found": (DeliveryFailure.GONE, False),
    "gone": (DeliveryFailure.GONE, False),
    "elsewhere": (DeliveryFailure.ADDRESS, False),
}
OWN_REASON = {
    "slack": {"refused": "invalid_payload", "forbidden": "administrator", "not found": "removed", "gone": "archived"},
    "webhook": {"refused": "invalid_payload", "server error": "closed for repairs"},
    "email": {
        "refused": "554 too much of it",
        "not found": "550 no such mailbox",
        "server error": "closed for repairs",
    },
    "apprise": {"refused": "400", "not found": "404"},
}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def bench(kind: str, request: pytest.FixtureRequest) -> Iterator[Bench]:
    slow = "slow" in request.node.callspec.params.values()
    made = BENCHES[kind].bench(SOON if slow else PATIENCE)
    yield made
    made.close()


def failure(bench: Bench, fault: str) -> DeliveryError:
    bench.fail(fault)
    with pytest.raises(DeliveryError) as caught:
        bench.notifier.send(message(OPENED))
    return caught.value


def test_the_list_is_complete() -> None:
    assert sorted(KINDS) == sorted(BENCHES) == sorted(path.name for path in FIXTURES.iterdir() if path.is_dir())
    assert len(set(KINDS)) == len(KINDS)


@pytest.mark.parametrize("name", MESSAGES)
def test_golden_messages(kind: str, bench: Bench, name: str) -> None:
    bench.notifier.send(MESSAGES[name])
    (arrived,) = bench.arrived()
    compare(FIXTURES / kind / f"{name}.{BENCHES[kind].suffix}", arrived)
    if kind == "slack":
        compare(FIXTURES / kind / f"{name}.txt", picture(arrived))


def compare(path: Path, got: str) -> None:
    if os.environ.get("DRIFT_WRITE_GOLDENS"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(got, encoding="utf-8", newline="")
    assert got == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("fault", FAULTS)
def test_failures_have_their_class(kind: str, bench: Bench, fault: str) -> None:
    expected, transient = FAULTS[fault]
    error = failure(bench, fault)
    assert error.transient is transient
    if bench.exact:
        assert error.failure is expected
    assert OWN_REASON[kind].get(fault, "") in str(error)


def test_a_receiver_that_asks_for_time_is_heard(kind: str, bench: Bench) -> None:
    if kind in ("slack", "webhook"):
        assert failure(bench, "throttled").retry_after == 7.0


def test_after_a_failure_the_next_message_arrives(bench: Bench) -> None:
    bench.notifier.send(message(OPENED))
    failure(bench, "server error")
    if says := getattr(getattr(bench, "server", None), "says", None):
        says.clear()
    bench.notifier.send(message(OPENED))
    assert len(bench.arrived()) >= 2


@pytest.mark.parametrize("fault", FAULTS)
def test_no_secret_is_ever_shown(bench: Bench, fault: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    error = failure(bench, fault)
    shown = [repr(bench.notifier), str(bench.notifier), str(error), repr(error), bench.notifier.name]
    shown += ["".join(traceback.format_exception(error)), caplog.text]
    assert [secret for secret in bench.secrets for text in shown if secret in text] == []


@pytest.mark.parametrize("text", HOSTILE, ids=[ascii(text)[1:25] for text in HOSTILE])
def test_hostile_text_arrives_and_is_text(bench: Bench, text: str) -> None:
    bench.notifier.send(message(hostile(1, text), heading=f"About {text}"))
    (arrived,) = bench.arrived()
    bench.check(arrived)


def test_a_thousand_hostile_findings_in_one_message(bench: Bench) -> None:
    """What is left out is counted, and what is told is told whole."""
    bench.notifier.send(message(*thousand(), left_out=23))
    (arrived,) = bench.arrived()
    bench.check(arrived)
    assert "30 days" in arrived
    assert "more" in arrived or '"left_out"' in arrived


def test_a_value_is_never_cut(bench: Bench) -> None:
    """One finding that is longer than any message may be is named, not shortened."""
    endless = "9" * 500_000
    told = replace(
        OPENED, moment=f"A customer is told {endless} days.", quote=endless, value_text=endless, value_start=0
    )
    bench.notifier.send(message(told))
    (arrived,) = bench.arrived()
    assert OPENED.finding
    assert OPENED.finding in arrived
    assert "9" * 1_000 not in arrived or endless in arrived


def test_the_same_message_is_the_same_when_sent_again(bench: Bench) -> None:
    for _ in range(2):
        bench.notifier.send(message(OPENED))
    first, second = bench.arrived()
    assert first == second
