"""The operator hears of each thing once."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

import pytest

from drift.serve import Notice, Notices

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_each_thing_is_told_once_until_it_is_over(caplog: pytest.LogCaptureFixture) -> None:
    told: list[Notice] = []
    notices = Notices(lambda: NOON, told.append)
    with caplog.at_level(logging.INFO, "drift"):
        notices.over("source-late", "help")
        notices.begin("source-late", "6 hours", "help")
        notices.begin("source-late", "7 hours", "help")
        notices.begin("source-late", "6 hours", "shop")
        notices.begin("store-failed", "locked")
        notices.over("source-late", "help")
        notices.begin("source-late", "6 hours", "help")
    assert told == [
        Notice("source-late", "6 hours", "help", NOON),
        Notice("source-late", "6 hours", "shop", NOON),
        Notice("store-failed", "locked", "", NOON),
        Notice("source-late", "6 hours", "help", NOON),
    ]
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("ERROR", "source-late"),
        ("ERROR", "source-late"),
        ("ERROR", "store-failed"),
        ("INFO", "over"),
        ("ERROR", "source-late"),
    ]
