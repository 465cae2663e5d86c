"""How far a run is, on standard error while a person watches, and nothing otherwise."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from drift.model import Examined


@contextmanager
def progress() -> Iterator[Callable[[Examined, int, int | None], None] | None]:
    """A callback for each examined page, or None where standard error is no terminal."""
    with bar("Checking") as at:
        yield None if at is None else lambda _, done, total: at(done, total)


@contextmanager
def bar(label: str) -> Iterator[Callable[[int, int | None], None] | None]:
    """A bar, moved by what is done and what there is in all where that is known; None where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # takes a fifth of a small check to import, and most write to no terminal
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True, markup=False, highlight=False)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as shown:
        task = shown.add_task(label, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)
