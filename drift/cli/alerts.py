"""`drift alerts`: list, show, retry, test, routes."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from drift import settings as room
from drift.assembly.alerts import heard, poster, try_route
from drift.cli.options import now
from drift.cli.output import look, write
from drift.cli.remembered import SettingsAtHand, StoreAtHand, opened
from drift.model.alert import DeliveryState
from drift.model.errors import DeliveryError, InputError
from drift.model.wording import counted
from drift.reports.alerts import render_hearing, render_list, render_one, render_routes

alerts = typer.Typer()

File = Annotated[Path, typer.Option("--file", "-c", metavar="FILE", help="The settings.")]
States = Annotated[
    DeliveryState | None, typer.Option("--state", help="Only those that wait, were sent, or were given up.")
]
OfFinding = Annotated[str | None, typer.Option("--finding", metavar="ID", help="Only those of a finding.")]
Most = Annotated[int, typer.Option("--most", metavar="N", min=1, help="How many, the newest first.")]
One = Annotated[int, typer.Argument(metavar="ID", help="As 'drift alerts list' has it.", show_default=False)]
Ids = Annotated[list[int] | None, typer.Argument(metavar="[ID...]", help="As 'drift alerts list' has them.")]
AllDead = Annotated[bool, typer.Option("--all", help="All that were given up.")]
RouteName = Annotated[str, typer.Option("--route", metavar="NAME", help="The route.", show_default=False)]
Explain = Annotated[
    str | None, typer.Option("--explain", metavar="FINDING", help="Tell who would hear of a finding, and why.")
]

DEFAULT = Path("drift.yaml")


@alerts.command("list")
def list_(
    state: States = None,
    finding: OfFinding = None,
    most: Most = 50,
    file: SettingsAtHand = None,
    store: StoreAtHand = None,
) -> None:
    """Tell what is on its way, what arrived, and what was given up.

    \b
    Examples:
      drift alerts list
      drift alerts list --state dead
      drift alerts list --finding F-3f9a1c20
    """
    with opened(store, file) as (memory, _):
        found = memory.outbox.find(state=state, finding=finding, most=most)
    write(render_list(found, look()))


@alerts.command()
def show(delivery: One, file: SettingsAtHand = None, store: StoreAtHand = None) -> None:
    """Show one alert whole: what is said, to whom, and how far it is.

    \b
    Examples:
      drift alerts show 17
    """
    with opened(store, file) as (memory, _):
        found = memory.outbox.get(delivery)
    if found is None:
        raise InputError(f"there is no alert {delivery}: see 'drift alerts list'")
    write(render_one(found, look()))


@alerts.command()
def retry(ids: Ids = None, every: AllDead = False, file: SettingsAtHand = None, store: StoreAtHand = None) -> None:
    """Let alerts that were given up be tried again, for a day, by the 'drift serve' that runs.

    \b
    Examples:
      drift alerts retry 17 18
      drift alerts retry --all
    """
    if bool(ids) == every:
        raise typer.BadParameter("name some alerts, or give --all")
    with opened(store, file) as (memory, _):
        found = {each.id: each for each in memory.outbox.find(state=DeliveryState.DEAD)}
        for missing in sorted(set(ids or ()) - set(found)):
            raise InputError(f"alert {missing} was not given up: see 'drift alerts list --state dead'")
        messages = {found[one].message for one in ids or found}
        chosen = [each for each in found.values() if each.message in messages]  # a message goes again as it was
        memory.outbox.retry(chosen)
    typer.echo(f"{counted(len(chosen), 'alert')} to be tried again.")


@alerts.command("test")
def try_(route: RouteName, file: File = DEFAULT) -> None:
    """Send a sample to every notifier of a route. It says of itself that nothing of it is true.

    \b
    Examples:
      drift alerts test --route content

    \b
    Exit status:
      0  every notifier took it
      2  one did not, or there is no such route
    """
    settings = room.load(file, os.environ, ("alerts",))
    with closing(poster(settings, now)) as http:
        try:
            names = try_route(settings, route, http, now)
        except DeliveryError as error:
            raise InputError(f"the sample did not arrive by {route!r}: {error}") from error
    typer.echo(f"Sent a sample by {', '.join(names)}.")


@alerts.command()
def routes(explain: Explain = None, file: File = DEFAULT, store: StoreAtHand = None) -> None:
    """Tell who hears what, or who would hear of one finding and why.

    \b
    Examples:
      drift alerts routes
      drift alerts routes --explain F-3f9a1c20
    """
    settings = room.load(file, os.environ, () if store or explain is None else ("store",))
    if explain is None:
        write(render_routes(settings.alerts.routing, look()))
        return
    with opened(store, file) as (memory, _):
        found = heard(settings, memory, explain, now)
    write(render_hearing(found, look()))
