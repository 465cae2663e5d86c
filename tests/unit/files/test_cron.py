"""Cron times: the fields, their names and numbers, and what never comes."""

from __future__ import annotations

import re

import pytest

from drift.files.cron import parse

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


@pytest.mark.parametrize(
    ("weekday", "days"),
    [
        ("0", (SUN,)),
        ("7", (SUN,)),
        ("1", (MON,)),
        ("1-5", (MON, TUE, WED, THU, FRI)),
        ("mon-fri", (MON, TUE, WED, THU, FRI)),
        ("MON", (MON,)),
        ("0-4", (MON, TUE, WED, THU, SUN)),
        ("5-7", (FRI, SAT, SUN)),
        ("fri-sun", (FRI, SAT, SUN)),
        ("sat,sun", (SAT, SUN)),
        ("*/2", (TUE, THU, SAT, SUN)),
        ("1-5/2", (MON, WED, FRI)),
        ("*", tuple(range(7))),
    ],
)
def test_weekdays_are_numbered_as_cron_numbers_them(weekday: str, days: tuple[int, ...]) -> None:
    assert parse(f"0 0 * * {weekday}").weekdays == days


def test_the_other_fields() -> None:
    cron = parse("*/20 6,18 1-3 jan,7 *")
    assert (cron.minutes, cron.hours, cron.days, cron.months) == ((0, 20, 40), (6, 18), (1, 2, 3), (1, 7))
    assert parse("50/5 * * * *").minutes == (50, 55)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("60 * * * *", "'60' is no minute"),
        ("* 24 * * *", "'24' is no hour"),
        ("* * 0 * *", "'0' is no day of the month"),
        ("* * * 13 *", "'13' is no month"),
        ("* * * * 8", "'8' is no weekday"),
        ("* * * * funday", "'funday' is no weekday"),
        ("* * L * *", "'l' is no day of the month"),
        ("1- * * * *", "'1-' is no minute"),
        ("*/0 * * * *", "'*/0' steps by nothing"),
        ("30-10 * * * *", "'30-10' runs backwards"),
        ("* * * * fri-mon", "'fri-mon' runs backwards"),
        ("@daily", "'@daily' has 1 of the 5 fields of a cron time"),
        ("* * * * * *", "'* * * * * *' has 6 of the 5 fields of a cron time"),
        ("0 0 31 2 *", "'0 0 31 2 *' never comes: no such month has a day 31"),
        ("0 0 31 4,6,9,11 *", "'0 0 31 4,6,9,11 *' never comes: no such month has a day 31"),
        ("0 0 13 * 5", "'0 0 13 * 5' names days of the month and weekdays: some crons run on both, some on either"),
    ],
)
def test_what_no_cron_takes_is_told(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)) as told:
        parse(text)
    assert told.value.args[0] == message
    assert told.value.args[1]


def test_a_leap_day_comes() -> None:
    assert parse("0 0 29 2 *").days == (29,)
