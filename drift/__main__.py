"""`drift` and `python -m drift`."""

from __future__ import annotations

import sys


def main(arguments: list[str] | None = None) -> int:
    """Run one command (default: the arguments of this process) and give its exit status."""
    from drift.cli.app import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
