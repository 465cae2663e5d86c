"""A drift that is imported once: the scorers run hundreds of commands, and each would spend most of its time on that.

    command() -> what a scorer is handed as `--drift`

A server imports what commands need and forks for each, so that every command is a process of its own, with nothing of
another in it. The client hands over its arguments, its folder, its environment and its three streams.
"""

from __future__ import annotations

import array
import atexit
import json
import os
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
from functools import cache
from importlib import import_module
from pathlib import Path

ASKED = 1 << 20  # bytes of a command at most
NEEDED = ("cli.check", "cli.replay", "cli.review", "cli.findings", "assembly", "assembly.replay", "check.check")
USED = (
    *NEEDED,
    "check.review",
    "engine.reading.html",
    "engine.reading.markdown",
    "reports",
    "reports.json_report",
    "store",
)


@cache
def command() -> str:
    """The words of a shell that run drift, from now until this process ends."""
    folder = tempfile.TemporaryDirectory(prefix="drift-warm-")
    path = Path(folder.name, "socket")
    server = subprocess.Popen([sys.executable, __file__, "serve", str(path)], stdout=subprocess.PIPE)
    assert server.stdout is not None
    assert server.stdout.readline() == b"ready\n"

    def end() -> None:
        server.send_signal(signal.SIGTERM)
        server.wait()
        folder.cleanup()

    atexit.register(end)
    return shlex.join([sys.executable, "-I", "-S", __file__, "ask", str(path)])


def serve(path: str) -> None:
    """Fork for each command, and tell its exit status when it has ended."""
    for module in USED:
        import_module(f"drift.{module}")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those who tell the status themselves
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path)
        listening.listen(64)
        print("ready", flush=True)
        while True:
            asked, _ = listening.accept()
            with asked:
                if os.fork() == 0:
                    listening.close()
                    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                    _run(asked)


def _run(asked: socket.socket) -> None:
    """One command, in a process that ends with it."""
    from drift.cli.app import run

    status = 1
    try:
        words, streams, _, _ = socket.recv_fds(asked, ASKED, 3)
        told = json.loads(words)
        for place, stream in enumerate(streams):
            os.dup2(stream, place)
        os.chdir(told["folder"])
        os.environ.clear()
        os.environ.update(told["environment"])
        sys.argv = ["drift", *told["arguments"]]
        status = run(None)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        asked.sendall(bytes([status]))
        os._exit(status)


def ask(path: str, arguments: list[str]) -> int:
    """Have a command run by the server. Its exit status."""
    told = {"arguments": arguments, "folder": os.getcwd(), "environment": dict(os.environ)}
    with socket.socket(socket.AF_UNIX) as server:
        server.connect(path)
        streams = array.array("i", [0, 1, 2])
        server.sendmsg([json.dumps(told).encode()], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, streams)])
        status = server.recv(1)
    return status[0] if status else 1


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(sys.argv[2])
    sys.exit(ask(sys.argv[2], sys.argv[3:]))
