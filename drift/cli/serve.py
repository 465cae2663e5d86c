"""`drift serve`: read every source when it is due, until told to stop."""

from __future__ import annotations

import logging
import os
import random
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from drift import settings as room
from drift.assembly.alerts import operator_hears
from drift.assembly.watch import opened
from drift.cli import watchdog
from drift.cli.crawl import DEFAULT, File, Policies, StoreChoice
from drift.cli.lasting import lasting
from drift.cli.logs import logging_to
from drift.cli.options import now
from drift.cli.status import INTERRUPTED
from drift.cli.stopping import stopping
from drift.serve import Notices
from drift.serve.serving import Serving


def serve(file: File = DEFAULT, store: StoreChoice = None, policies: Policies = None) -> None:
    """Read every source when its schedule says so, keep the findings true, and tell people, until told to stop.

    A source that was due while nobody served is read once at the start, and a pass that was cut off goes on where it
    was. Several may run on one store: one of them leads, and another takes over when it ends.

    The policies and the reviewed answers are read anew for each pass; policies that do not lint are told in the log,
    and those before them used. What is changed in FILE holds after a restart.

    The log is lines of JSON, on standard error or in the file that the settings name. TERM and INT end it within 10
    seconds, a second one at once; what was being read is read on at the next start.

    \b
    Examples:
      drift serve
      drift serve --file /etc/drift/drift.yaml --store postgresql://drift@db.larkspur.example/drift

    \b
    Exit status:
      0  it was told to stop
      2  wrong input, or a store that cannot be used
    """
    with stopping(_at_once) as asked:  # before anything that takes its time
        _serve(file, store, policies, asked)


def _serve(file: Path, store: str | None, policies: Path | None, asked: Callable[[], bool]) -> None:
    lasting()
    settings = room.load(file, os.environ)
    if policies is not None:
        settings = replace(settings, policies=policies)
    with logging_to(settings), opened(settings, store) as memory:
        hears = operator_hears(settings, memory)
        serving = Serving(
            settings,
            memory,
            now,
            time.monotonic,
            random.random,
            asked,
            Notices(now, lambda notice: hears(notice.code, notice.words, notice.source, notice.at)),
            alive=lambda: watchdog.notify(watchdog.ALIVE),
        )
        watchdog.notify(watchdog.READY)
        ended = serving.run()
        logging.getLogger("drift.serve").info("stopped")
        if not ended:  # a thread that waits for a server cannot be ended, and would keep the process
            logging.shutdown()
            os._exit(0)


def _at_once() -> None:
    """End the process: everything is written in transactions."""
    os._exit(INTERRUPTED)
