"""The registry: what the owners keep true, read from a folder of YAML files.

`load` gives the registry or every problem of the folder; `lint` gives both, with warnings; `resolve` finds a term
by its name; `schema` is for editors. `reviewed` keeps what was answered.
"""

from __future__ import annotations

from drift.policies.lint import lint
from drift.policies.load import load
from drift.policies.names import resolve
from drift.policies.schema import schema

__all__ = ["lint", "load", "resolve", "schema"]
