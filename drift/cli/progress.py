"""How far a run is, on standard error while a person watches, and nothing otherwise."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drift.model import Examined


@contextmanager
def progress() -> Iterator[Callable[[Examined, int, int | None], None] | None]:
    """A callback for each examined page, or None where standard error is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True, markup=False, highlight=False)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Checking", total=None)

        def examined(_: Examined, done: int, total: int | None) -> None:
            bar.update(task, completed=done, total=total)

        yield examined
