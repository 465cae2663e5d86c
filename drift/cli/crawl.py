"""`drift crawl`: one pass over the sources of drift.yaml."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from drift import settings as room
from drift.assembly.alerts import speak
from drift.assembly.waiting import waiting
from drift.assembly.watch import Watch, opened, summed
from drift.cli.lasting import lasting
from drift.cli.options import now
from drift.cli.problems import tell
from drift.cli.status import BLIND, DIVERGES, INTERRUPTED, NOTHING_DIVERGES, WRONG_INPUT
from drift.cli.stopping import stopping
from drift.model.errors import BusyError, InputError
from drift.model.finding import State
from drift.watch.watched import Progress

File = Annotated[Path, typer.Option("--file", "-c", metavar="FILE", help="The settings.")]
StoreChoice = Annotated[
    str | None,
    typer.Option(
        "--store", metavar="URL", envvar="DRIFT_STORE", help="Where to remember, instead of what the settings say."
    ),
]
Policies = Annotated[
    Path | None, typer.Option("--policies", metavar="DIR", help="The policies, instead of those the settings name.")
]
Names = Annotated[
    list[str] | None, typer.Argument(metavar="[SOURCE...]", help="Sources by name; all of them where none is named.")
]

DEFAULT = Path("drift.yaml")
GRACE = 8  # seconds that answers under way get to arrive, before the command ends without them
SHOW_CURSOR = b"\x1b[?25h"  # which the line that follows a pass hides
_TOLD = (
    "pages",
    "changed",
    "unchanged",
    "duplicates",
    "replaced",
    "failed",
    "blind",
    "gone pages",
    "moved",
    "unlisted",
    "unread",
    "postponed",
    "trapped",
)
_UNREAD = ("blind", "replaced", "failed", "postponed", "unread")
_MADE = ("open", "regressed", "changed value", "resolved", "gone", "withdrawn", "suspected", "dismissed")


def crawl(names: Names = None, file: File = DEFAULT, store: StoreChoice = None, policies: Policies = None) -> None:
    """Go over the sources once: fetch what may have changed, read it, and keep the findings true.

    A new divergence, and one that is gone, is fetched a second time before it counts. What is to be said is sent at the
    end, unless a 'drift serve' does so. A pass that was stopped or
    killed goes on where it was when the command is run again. A source that another process is reading is passed over.

    \b
    Examples:
      drift crawl
      drift crawl help-centre --file /etc/drift/drift.yaml

    \b
    Exit status:
      0  nothing stands wrong
      1  a finding stands open
      2  wrong input; what else could be read was
      3  nothing stands wrong, but something could not be read, or another process is reading it
      130  it was stopped before its end
    """
    with stopping(_at_once, GRACE) as stopped:  # before anything that takes its time
        status = _crawl(names, file, store, policies, stopped)
    raise typer.Exit(status)


def _crawl(
    names: list[str] | None, file: Path, store: str | None, policies: Path | None, stopped: Callable[[], bool]
) -> int:
    """Go over the sources, and give the exit status."""
    lasting()
    settings = room.load(file, os.environ)
    if policies is not None:
        settings = replace(settings, policies=policies)
    chosen = names or [source.name for source in settings.sources]
    wrong, blind = False, 0
    with opened(settings, store) as memory, ExitStack() as leaving:
        watch = Watch(
            settings,
            memory,
            now,
            sleep=waiting(stopped),
            tell=lambda _, words: typer.echo(words, err=True),
            command="drift crawl",
        )
        leaving.callback(watch.close)
        watch.standard()  # policies that do not lint are wrong for all sources
        for name in chosen:
            try:
                with _progress(name) as on_visited:
                    runs = watch.crawl(name, on_visited=on_visited, stopped=stopped)
            except InputError as error:  # as of a folder that is missing: the other sources are read all the same
                tell(error)
                wrong = True
                continue
            except BusyError as error:  # the other reads it to its end, and tells what there is to say
                typer.echo(f"{error}; it was not read a second time", err=True)
                blind += 1
                continue
            counts = summed(runs)
            blind += sum(counts.get(name, 0) for name in _UNREAD)
            typer.echo(f"{name}: {_told(counts)}")
            for run in runs:
                if run.failure:
                    blind += 1
                    typer.echo(f"{name}: the source could not be read: {run.failure}", err=True)
            if stopped():
                typer.echo("Stopped: what was read is kept; run 'drift crawl' again to go on.", err=True)
                return INTERRUPTED
        if settings.alerts.routes:
            _speak(watch, stopped)
            if stopped():
                typer.echo("Stopped: who has not heard yet hears it from the next run.", err=True)
                return INTERRUPTED
        states = [finding.state for finding in memory.findings.find()]
    standing, questions = sum(state.stands for state in states), states.count(State.SUSPECTED)
    if standing:
        typer.echo(f"{standing} standing: see 'drift findings list'")
    if questions:
        typer.echo(f"{questions} suspected: see 'drift findings list --state suspected'")
    return WRONG_INPUT if wrong else DIVERGES if standing else BLIND if blind else NOTHING_DIVERGES


def _speak(watch: Watch, stopped: Callable[[], bool]) -> None:
    """Say what is due, unless a `drift serve` does."""

    def tell(words: str) -> None:
        typer.echo(words, err=True)

    said = speak(watch.settings, watch.store, watch.registry(), now, tell, stopped)
    if said:
        typer.echo(f"alerts: {', '.join(f'{said[name]} {name}' for name in sorted(said))}")


def _told(counts: Mapping[str, int]) -> str:
    """'120 pages, 3 changed, 117 unchanged; 1 open'."""
    told = ", ".join(f"{counts.get(name, 0)} {name}" for name in _TOLD if counts.get(name) or name == "pages")
    made = ", ".join(f"{counts[name]} {name}" for name in _MADE if counts.get(name))
    return f"{told}; {made}" if made else told


def _at_once() -> None:
    """End the process: everything is written in transactions, and a request under way would be waited for."""
    if sys.stderr.isatty():
        os.write(2, SHOW_CURSOR)
    os._exit(INTERRUPTED)


@contextmanager
def _progress(name: str) -> Iterator[Callable[[Progress], None] | None]:
    """A line that follows the pass, where standard error is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    console = Console(stderr=True, markup=False, highlight=False)
    with Bar(
        SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=console, transient=True
    ) as bar:
        task = bar.add_task(name, total=None)
        yield lambda at: bar.update(task, description=f"{name}: {_told(at.counts)}")
