"""About one message a second for each channel, none of which waits for another."""

from __future__ import annotations

from drift.alerts.pace import ChannelPace


class Time:
    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def timer(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def test_messages_to_one_channel_are_apart() -> None:
    time = Time()
    pace = ChannelPace(time.timer, time.sleep)
    for _ in range(3):
        pace.wait("content")
    assert time.slept == [1.0, 1.0]


def test_channels_do_not_wait_for_one_another() -> None:
    time = Time()
    pace = ChannelPace(time.timer, time.sleep)
    pace.wait("content")
    pace.wait("desk")
    assert time.slept == []


def test_who_waited_anyway_does_not_wait_again() -> None:
    time = Time()
    pace = ChannelPace(time.timer, time.sleep)
    pace.wait("content")
    time.now += 5
    pace.wait("content")
    assert time.slept == []


def test_a_channel_that_asked_for_time_gets_it() -> None:
    time = Time()
    pace = ChannelPace(time.timer, time.sleep)
    pace.held("content", 7.0)
    pace.wait("content")
    assert time.slept == [7.0]
