"""A drift that is warm: the scorers run hundreds of commands, and each would spend most of its time on becoming so.

    command() -> what a scorer is handed as `--drift`

A server imports what commands need and checks the sample help centre, so that languages are loaded and patterns are
compiled; then it forks for each command, so that every one is a process of its own, with nothing of another in it.
`ask.py` is the client: it hands over its arguments, its folder, its environment and its three streams.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import json
import os
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from functools import cache
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[2]
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
    server = subprocess.Popen([sys.executable, __file__, str(path)], stdout=subprocess.PIPE)
    assert server.stdout is not None
    assert server.stdout.readline() == b"ready\n"

    def end() -> None:
        server.send_signal(signal.SIGTERM)
        server.wait()
        folder.cleanup()

    atexit.register(end)
    return shlex.join([sys.executable, "-I", "-S", str(Path(__file__).with_name("ask.py")), str(path)])


def serve(path: str) -> None:
    """Fork for each command, and tell its exit status when it has ended."""
    for module in USED:
        import_module(f"drift.{module}")
    _warmed()
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


def _warmed() -> None:
    """Do what each command would have to do first: 0.2 s of the 0.3 s that a check of one page takes."""
    from drift.__main__ import OBJECTS_BETWEEN_COLLECTIONS
    from drift.cli.app import run

    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    asked = ["check", str(ROOT / "fixtures" / "help-centre"), "--policies", str(ROOT / "policies"), "--format", "json"]
    with open(os.devnull, "w", encoding="utf-8") as nowhere, contextlib.redirect_stdout(nowhere):
        assert run(asked) == 1, "some of the sample diverges"
    assert threading.active_count() == 1, "what is forked has this thread alone"
    gc.collect()
    gc.freeze()  # nobody looks for garbage in what all of them share


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


if __name__ == "__main__":
    serve(sys.argv[1])
