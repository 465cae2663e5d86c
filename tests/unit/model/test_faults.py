"""A fault of ours is the failure of one thing; what is raised on purpose, and want of memory, go on as they are."""

from __future__ import annotations

import logging

import pytest

from drift.model import faults
from drift.model.errors import BlindReason, DeliveryError, DeliveryFailure, FetchError, InputError, StoppedError


def test_a_fault_becomes_the_failure_of_the_thing_and_is_told_without_what_it_held(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG, logger="drift.model.faults")
    with pytest.raises(FetchError) as raised, faults.contained("a page"):
        raise KeyError("secret")
    assert raised.value.reason is BlindReason.FAULT
    assert "KeyError" in raised.value.detail
    assert "secret" not in raised.value.detail
    assert isinstance(raised.value.__cause__, KeyError)
    (record,) = caplog.records
    assert record.exc_info is not None
    assert record.exc_info[0] is KeyError


@pytest.mark.parametrize(
    "raised", [FetchError(BlindReason.DNS, "no such host"), InputError("wrong"), StoppedError(), MemoryError()]
)
def test_what_is_raised_on_purpose_goes_on_as_it_is(raised: Exception) -> None:
    with pytest.raises(type(raised)) as caught, faults.contained("a page"):
        raise raised
    assert caught.value is raised


@pytest.mark.parametrize("interrupt", [KeyboardInterrupt, SystemExit, GeneratorExit])
def test_an_interrupt_is_no_fault(interrupt: type[BaseException]) -> None:
    with pytest.raises(interrupt), faults.contained("a page"):
        raise interrupt


def test_the_caller_says_what_a_fault_becomes() -> None:
    def failing(words: str) -> DeliveryError:
        return DeliveryError(DeliveryFailure.FAULT, words, transient=True)

    with pytest.raises(DeliveryError, match="ZeroDivisionError") as raised, faults.contained("a message", failing):
        _ = 1 / 0
    assert raised.value.failure is DeliveryFailure.FAULT


def test_nothing_happens_where_nothing_is_raised() -> None:
    with faults.contained("a page"):
        done = True
    assert done
