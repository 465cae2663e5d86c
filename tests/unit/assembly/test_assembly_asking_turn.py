"""One at a time asks the annotator, of all that share a store; who waits may be told to stop."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from drift.assembly.asking_turn import WAIT, AskingTurn
from drift.model.errors import StoppedError
from drift.store import open_store

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_one_at_a_time(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/drift.db"
    waited: list[float] = []

    def stop(seconds: float) -> None:
        waited.append(seconds)
        raise StoppedError

    with open_store(url) as one, open_store(url) as other:
        first = AskingTurn(one, lambda: "us", lambda: NOON, stop)
        second = AskingTurn(other, lambda: "them", lambda: NOON, stop)
        for _ in range(2):
            with first, pytest.raises(StoppedError):
                second.__enter__()
            with second:
                pass
    assert waited == [WAIT, WAIT]


def test_it_is_given_back_by_who_fails(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path}/drift.db") as store:
        turn = AskingTurn(store, lambda: "us", lambda: NOON, lambda _: pytest.fail("nobody else has it"))
        with pytest.raises(ZeroDivisionError), turn:
            1 / 0  # noqa: B018
        with turn:
            pass
