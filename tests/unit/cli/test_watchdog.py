"""What systemd hears."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from drift.cli import watchdog


def test_it_is_told_where_it_listens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(address)
        monkeypatch.setenv("NOTIFY_SOCKET", address)
        watchdog.notify(watchdog.READY)
        watchdog.notify(watchdog.ALIVE)
        assert [listener.recv(100), listener.recv(100)] == [b"READY=1", b"WATCHDOG=1"]
    watchdog.notify(watchdog.ALIVE)  # it went away


def test_nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    watchdog.notify(watchdog.READY)
