"""`drift desk`: look at a watch in a browser."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from drift.assembly.desk import Policies, StoreDesk
from drift.cli.options import now
from drift.cli.remembered import POLICIES, PoliciesAtHand, SettingsAtHand, StoreAtHand, opened
from drift.cli.status import INTERRUPTED
from drift.cli.stopping import stopping
from drift.web.listening import DEFAULT, address, bound, shown
from drift.web.server import serve


def desk(
    file: SettingsAtHand = None,
    store: StoreAtHand = None,
    policies: PoliciesAtHand = None,
    listen: Annotated[
        str,
        typer.Option("--listen", metavar="ADDRESS", help="Where it answers, on this machine; port 0 is any free one."),
    ] = DEFAULT,
) -> None:
    """Show what a watch knows in a browser on this machine: findings, pages, policies.

    Nothing is crawled: the desk only looks. It has no login, and so it answers on this machine alone: 127.0.0.1,
    localhost or [::1]. Policies that are edited are shown as they are; what is changed in FILE holds after a restart.
    TERM and INT end it.

    \b
    Examples:
      drift desk
      drift desk --file /etc/drift/drift.yaml --listen 127.0.0.1:9000

    \b
    Exit status:
      0  it was told to stop
      2  wrong input, a store that cannot be used, or an address that is taken
    """
    where = address(listen)
    with (
        stopping(lambda: os._exit(INTERRUPTED)),
        bound(where) as listening,
        opened(store, file) as (known, settings),
    ):
        folder = policies or (settings.policies if settings else POLICIES)
        answers_at = shown(where._replace(port=listening.getsockname()[1]))
        made = StoreDesk(known, Policies(folder), now, settings)
        serve(made, listening, lambda: typer.echo(f"The desk is at http://{answers_at}/"))
