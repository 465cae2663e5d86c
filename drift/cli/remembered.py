"""What the commands that look at a watch have in common: its store, the policies and settings at hand, and who asks."""

from __future__ import annotations

import getpass
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from drift.assembly.registry import registry
from drift.cli.options import STORE
from drift.model import Owner, Page, Registry
from drift.model.errors import InputError, StoreError, StoreFailure
from drift.model.escaping import inert
from drift.model.finding import Finding, PageState
from drift.settings import Settings, load
from drift.store import SqlStore, open_store
from drift.watch.findings import Around, OwnerOf

POLICIES = Path("policies")
SETTINGS = Path("drift.yaml")
_PATIENCE = 5  # seconds that git may take to say who works here

PoliciesAtHand = Annotated[
    Path | None,
    typer.Option(
        "--policies",
        "-p",
        metavar="DIR",
        help="The folder of policy files, for owners and guidance (default: policies, where there is one).",
        show_default=False,
    ),
]
ArticlesAtHand = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SOURCE...",
        help="Files, folders, globs, http(s) addresses, or - for standard input; none for the watched pages.",
        show_default=False,
    ),
]
RulesAtHand = Annotated[
    Path | None,
    typer.Option(
        "--policies",
        "-p",
        metavar="DIR",
        help="The folder of policy files (default: policies; of the watched pages, what the settings say).",
        show_default=False,
    ),
]
SettingsAtHand = Annotated[
    Path | None,
    typer.Option(
        "--file",
        "-c",
        metavar="FILE",
        help="The settings (default: drift.yaml, where there is one).",
        show_default=False,
    ),
]
StoreAtHand = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="URL",
        envvar="DRIFT_STORE",
        help=f"Where it is remembered (default: what the settings say, else {STORE}).",
        show_default=False,
    ),
]
By = Annotated[
    str | None,
    typer.Option("--by", metavar="NAME", help="Who says so (default: your e-mail in git).", show_default=False),
]


@contextmanager
def opened(store: str | None, file: Path | None) -> Iterator[tuple[SqlStore, Settings | None]]:
    """The store that was named, or that of the settings, and the settings as far as they are at hand.

    Raises StoreError, MISSING where nothing was ever remembered there; InputError where the settings cannot be used
    and were named, or are needed to know the store.
    """
    url, settings = place(store, file)
    try:
        known = open_store(url, create=False)
    except StoreError as error:
        if error.failure is not StoreFailure.MISSING:
            raise
        raise StoreError(error.failure, f"{error}; 'drift crawl' or 'drift replay' makes one") from None
    with known:
        yield known, settings


def place(store: str | None, file: Path | None) -> tuple[str, Settings | None]:
    """The URL of the store that was named, or that of the settings, and the settings as far as they are at hand.

    Raises InputError where the settings cannot be used and were named, or are needed to know the store.
    """
    settings = _settings(file, needed=store is None)
    return store or (settings.store.address if settings else STORE), settings


def around(policies: Path | None, settings: Settings | None) -> Around:
    """Policies and owners of articles, as far as they are at hand.

    Policies that were named must be right: raises InputError. Those that merely lie there are told, and left out.
    """
    return Around(_registry(policies, settings), _owners(settings) if settings else None)


def _settings(file: Path | None, *, needed: bool) -> Settings | None:
    """The settings, with no more secrets than the way to the store takes: what only looks needs no others."""
    if file is None and not SETTINGS.exists():
        return None

    try:
        return load(file or SETTINGS, os.environ, ("store",) if needed else ())
    except InputError:
        if needed or file is not None:
            raise
        _warn(f"{SETTINGS} cannot be used, and is left out: 'drift config check' says why")
        return None


def person(by: str | None) -> str:
    """Who acts: the name given, else the e-mail address that git knows, else the user of the system.

    Raises typer.BadParameter (exit status 2) where nobody is known.
    """
    if by is not None:
        if not by.strip():
            raise typer.BadParameter("say who", param_hint="--by")
        return by.strip()
    return _git_email() or _user()


def _git_email() -> str:
    try:
        asked = ["git", "config", "user.email"]
        done = subprocess.run(asked, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise typer.BadParameter("neither git nor the system says who you are", param_hint="--by") from None


def _registry(policies: Path | None, settings: Settings | None) -> Registry | None:
    folder = policies or (settings.policies if settings else POLICIES)
    if policies is None and not folder.is_dir():
        return None
    try:
        return registry(folder)
    except InputError:
        if policies is not None:
            raise
        _warn(f"{folder} cannot be used, and owners and guidance are left out: 'drift policies lint' says why")
        return None


def _owners(settings: Settings) -> OwnerOf:
    def owner_of(finding: Finding, page: PageState | None) -> Owner | None:
        return settings.owner_of(page.source if page else None, Page(finding.article))

    return owner_of


def _warn(message: str) -> None:
    typer.echo(f"warning: {inert(message)}", err=True)
