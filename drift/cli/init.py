"""`drift init`: a first policy file, with comments, ready to lint."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from drift.errors import InputError

POLICY = "returns.yaml"
SCHEMA = "policy.schema.json"

Folder = Annotated[Path, typer.Argument(metavar="[DIR]", help="The folder of policy files; made where there is none.")]


def init(folder: Folder = Path("policies")) -> None:
    """Write a first policy file, with comments, and the schema by which an editor checks it.

    Nothing is ever overwritten: a folder that holds policy files already is left as it is.

    \b
    Examples:
      drift init
      drift init company/policies
    """
    import json

    from drift import registry

    existing = sorted(folder.glob("*.y*ml")) if folder.is_dir() else []
    if existing:
        raise InputError(f"{folder} holds policy files already ({existing[0].name}): nothing was written")
    first = Path(__file__).with_name("first-policy.yaml").read_text(encoding="utf-8")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_new(folder / POLICY, first)
        if not (folder / SCHEMA).exists():
            _write_new(folder / SCHEMA, json.dumps(registry.schema(), indent=2, ensure_ascii=False) + "\n")
    except OSError as error:
        raise InputError(f"{error.filename}: cannot be written: {error.strerror}") from error
    typer.echo(f"Wrote {folder / POLICY}. Next:")
    typer.echo(f"  drift policies lint --policies {folder}")
    typer.echo(f"  drift check ARTICLE... --policies {folder}")


def _write_new(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
