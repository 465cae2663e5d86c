"""`drift policies`: lint, test, show, schema."""

from __future__ import annotations

import typer

policies = typer.Typer(name="policies", no_args_is_help=True, help="Look after the policy files.")


@policies.callback()
def group() -> None:
    """Look after the policy files: check them, test their examples, show what they say today."""
