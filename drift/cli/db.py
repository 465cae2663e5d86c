"""`drift db`: upgrade, check, prune; `drift backup` and `drift restore`."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from drift import store as room
from drift.cli.options import now
from drift.cli.remembered import SettingsAtHand, StoreAtHand, place
from drift.cli.status import NOTHING_DIVERGES, WRONG_INPUT
from drift.model.wording import counted

db = typer.Typer()

_MEGABYTE = 1_000_000

AGE, VERSIONS = timedelta(days=400), 20  # where no settings are at hand: as they are where they say nothing

Days = Annotated[
    int | None,
    typer.Option(
        "--older-than",
        metavar="DAYS",
        min=0,
        max=100_000,
        help=f"Forget versions last seen longer ago than this (default: what the settings say, else {AGE.days}).",
        show_default=False,
    ),
]
Keep = Annotated[
    int | None,
    typer.Option(
        "--keep",
        metavar="N",
        min=1,
        help=f"Of each page, keep so many of the newest (default: what the settings say, else {VERSIONS}).",
        show_default=False,
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only tell what would be forgotten.")]
BackupFile = Annotated[Path, typer.Argument(metavar="FILE", help="The backup: one file.", show_default=False)]
Replace = Annotated[bool, typer.Option("--replace", help="Put the backup in the place of what the store holds.")]


@db.command()
def upgrade(store: StoreAtHand = None, file: SettingsAtHand = None) -> None:
    """Bring the tables of a store forward to this version, or build them in an empty database.

    An SQLite store does so by itself when it is opened. Stop older drifts that use a PostgreSQL store first.

    \b
    Examples:
      drift db upgrade
      drift db upgrade --store postgresql://drift@db.larkspur.example/drift
    """
    before, after = room.upgrade(place(store, file)[0])
    if before == after:
        typer.echo(f"The store is of version {after} already.")
    else:
        typer.echo(f"Brought the store from version {before} to {after}." if before else f"Built version {after}.")


@db.command()
def check(store: StoreAtHand = None, file: SettingsAtHand = None) -> None:
    """Check that a store is whole: the file, what belongs to what, and every snapshot. Changes nothing.

    \b
    Examples:
      drift db check
      drift db check --store sqlite:///backups/drift.db

    \b
    Exit status:
      0  it is whole
      2  something is wrong
    """
    found = room.check(place(store, file)[0])
    for problem in found.problems:
        typer.echo(f"error: {problem}", err=True)
    typer.echo(
        f"Version {found.version}: {counted(found.pages, 'page')}, {counted(found.versions, 'version')}, "
        f"{counted(found.snapshots, 'snapshot')}, {counted(found.findings, 'finding')}; "
        f"{counted(len(found.problems), 'problem')}"
    )
    if found.orphans:
        typer.echo(f"{counted(found.orphans, 'snapshot')} that no version needs: 'drift db prune' forgets them.")
    raise typer.Exit(WRONG_INPUT if found.problems else NOTHING_DIVERGES)


@db.command()
def prune(
    days: Days = None,
    keep: Keep = None,
    dry_run: DryRun = False,
    store: StoreAtHand = None,
    file: SettingsAtHand = None,
) -> None:
    """Forget old versions of pages, old runs and old notes, and tell how much room that makes.

    The newest version of a page and the versions that a finding's history names are never forgotten, nor what an
    annotator answered, unless it was of no use.

    \b
    Examples:
      drift db prune --dry-run
      drift db prune --older-than 90 --keep 3
    """
    url, settings = place(store, file)
    age, versions = (settings.retention.age, settings.retention.versions) if settings else (AGE, VERSIONS)
    age = age if days is None else timedelta(days=days)
    forgotten = room.prune(url, now() - age, versions if keep is None else keep, dry_run=dry_run)
    typer.echo(
        f"{'Would forget' if dry_run else 'Forgot'} {counted(forgotten.versions, 'version')}, "
        f"{counted(forgotten.snapshots, 'snapshot')} ({_megabytes(forgotten.bytes)}), "
        f"{counted(forgotten.runs, 'run')}, {counted(forgotten.notes, 'note')}, "
        f"{counted(forgotten.events, 'event')}, {counted(forgotten.answers, 'answer')} of no use."
    )


def backup(file: BackupFile, store: StoreAtHand = None, settings: SettingsAtHand = None) -> None:
    """Write all that is remembered into one file, whole or not at all, while the store is in use.

    The file is an SQLite store, whichever database it was made of.

    \b
    Examples:
      drift backup drift-backup.db
      drift backup drift-backup.db --store postgresql://drift@db.larkspur.example/drift
    """
    typer.echo(f"Wrote {file}: {_megabytes(room.backup(place(store, settings)[0], file))}.")


def restore(
    file: BackupFile, replace: Replace = False, store: StoreAtHand = None, settings: SettingsAtHand = None
) -> None:
    """Make a store hold what a backup holds, all of it or nothing, and bring it forward to this version.

    A store that holds something is replaced only with --replace, and one that is being served not at all. A backup of
    one database can be restored into another.

    \b
    Examples:
      drift restore drift-backup.db
      drift restore drift-backup.db --store postgresql://drift@db.larkspur.example/drift
    """
    room.restore(file, place(store, settings)[0], replace=replace)
    typer.echo(f"Restored {file}.")


def _megabytes(size: int) -> str:
    return f"{size / _MEGABYTE:,.1f} MB"
