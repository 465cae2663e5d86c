"""`drift desk` as a process of its own: it answers, is safe as it is served, and ends when it is told to."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from waiting import PATIENCE

from drift.__main__ import main

START = "The desk is at http://"


@pytest.fixture
def desk(told_store: Any, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A desk that has not said yet where it is."""
    command = [sys.executable, "-m", "drift", "desk", "--store", told_store.url, "--listen", "127.0.0.1:0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def port_of(desk: subprocess.Popen[str]) -> int:
    """Where it answers, once it does."""
    assert desk.stdout
    line = desk.stdout.readline()
    assert line.startswith(START)
    return int(line.strip().rstrip("/").rpartition(":")[2])


def asked(port: int, path: str, **headers: str) -> tuple[int, Message, bytes]:
    """Status, headers and body of what is answered."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_answers_until_it_is_told_to_stop(desk: subprocess.Popen[str], number: signal.Signals) -> None:
    port = port_of(desk)
    status, headers, body = asked(port, "/")
    assert (status, headers["Cache-Control"], headers["Server"]) == (200, "no-store", None)
    assert b"2 findings open" in body
    assert asked(port, "/", X_Forwarded_For="127.0.0.1")[0] == 403
    assert asked(port, "/", Host="evil.example")[0] == 421
    desk.send_signal(number)
    out, err = desk.communicate(timeout=PATIENCE)
    assert (desk.returncode, out, err) == (0, "", "")


def test_a_port_that_is_taken_is_told(told_store: Any, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["desk", "--store", told_store.url, "--listen", f"127.0.0.1:{port}"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert f"127.0.0.1:{port}: another program listens there" in said.err
    assert "Traceback" not in said.err
    assert place.is_dir()


@pytest.mark.parametrize("listen", ["0.0.0.0:8470", "192.0.2.1:0", "desk.larkspur.example:8470"])
def test_it_listens_on_no_other_machine(
    told_store: Any, listen: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["desk", "--store", told_store.url, "--listen", listen]) == 2
    assert "it has no login yet" in capsys.readouterr().err
    assert place.is_dir()


def test_without_a_store_it_says_what_makes_one(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["desk", "--listen", "127.0.0.1:0"]) == 2
    assert "'drift crawl' or 'drift replay' makes one" in capsys.readouterr().err
    assert not (place / ".drift").exists()
