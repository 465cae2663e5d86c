"""`drift` and `python -m drift`."""

from __future__ import annotations

import atexit
import gc
import os
import sys

# A small check makes 64,000 objects the collector tracks, nearly all of them modules and classes that stay. Looking
# for garbage every 700 of them, as is the default, takes 30 ms of 400.
OBJECTS_BETWEEN_COLLECTIONS = 100_000


def main(arguments: list[str] | None = None) -> int:
    """Run one command (default: the arguments of this process) and give its exit status."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    atexit.register(gc.freeze)  # the system takes everything back at once: a last search would take 50 ms

    # No plugin of another package has a say in what a policy means, and looking for some takes 6 ms.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")

    from drift.cli.app import run  # after the collector was told: importing typer makes a good part of those objects

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
