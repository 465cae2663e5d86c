"""`drift init`: first files, with comments, that can be used at once."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated, Any

import typer

from drift import policies as registry_room
from drift import settings
from drift.model.errors import InputError

POLICY = "returns.yaml"
POLICY_SCHEMA = "policy.schema.json"
SETTINGS = "drift.yaml"
SETTINGS_SCHEMA = "drift.schema.json"
ARTICLE = "help/returns.md"

Folder = Annotated[Path, typer.Argument(metavar="[DIR]", help="The folder of policy files; made where there is none.")]


def init(folder: Folder = Path("policies")) -> None:
    """Write a first policy file and, beside its folder, drift.yaml and an article to try them on.

    All have comments, and schemas by which an editor checks them. Nothing is ever overwritten: where there are policy
    files, settings or a folder 'help' already, they are left as they are.

    \b
    Examples:
      drift init
      drift init company/policies
    """
    try:
        folder.absolute().name.encode()
    except UnicodeEncodeError:
        raise InputError(f"{folder}: no settings can hold a name that is no UTF-8: nothing was written") from None
    beside = _beside(folder)
    existing = sorted(folder.glob("*.y*ml")) if folder.is_dir() else []
    if existing and (beside / SETTINGS).exists():
        raise InputError(f"{folder} holds policy files already ({existing[0].name}): nothing was written")
    written: list[Path] = []
    try:
        if not existing:
            folder.mkdir(parents=True, exist_ok=True)
            written += _write(folder / POLICY, _sample("first-policy.yaml"))
            _write(folder / POLICY_SCHEMA, _spelled(registry_room.schema()))
        if not (beside / ARTICLE).parent.exists():  # which the settings name as a source
            (beside / ARTICLE).parent.mkdir(parents=True)
            written += _write(beside / ARTICLE, _sample("first-article.md"))
        named = f"policies: {json.dumps(folder.absolute().name, ensure_ascii=False)} ".ljust(38)
        plain = "policies: policies".ljust(38)
        first = _sample("first-settings.yaml")
        written += _write(beside / SETTINGS, first if folder.name == "policies" else first.replace(plain, named))
        _write(beside / SETTINGS_SCHEMA, _spelled(settings.schema()))
    except OSError as error:
        raise InputError(f"{error.filename}: cannot be written: {error.strerror}") from error
    typer.echo(f"Wrote {', '.join(map(str, written))}. Next:")
    typer.echo(f"  drift policies lint --policies {folder}")
    typer.echo(f"  drift check {beside / ARTICLE.partition('/')[0]} --policies {folder}")
    typer.echo("  drift config check" + ("" if beside == Path() else f" --file {beside / SETTINGS}"))


def _beside(folder: Path) -> Path:
    """The folder that holds a folder: as it was spelled, where that says it."""
    return folder.parent if folder.name and folder.name != ".." else Path(os.path.relpath(folder.absolute().parent))


def _sample(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _spelled(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _write(path: Path, text: str) -> list[Path]:
    """The path, if there was nothing and now there is the text; else nothing."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        return []
    return [path]
