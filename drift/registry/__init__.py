"""The registry: what the owners keep true, read from a folder of YAML files.

`load` gives the registry or every problem of the folder; `lint` gives both, with warnings; `resolve` finds a term
by its name; `schema` is for editors; `change_reviewed` keeps what was answered.
"""

from drift.registry.lint import lint
from drift.registry.load import load
from drift.registry.names import resolve
from drift.registry.reviewed import change_reviewed, write_reviewed
from drift.registry.schema import schema

__all__ = ["change_reviewed", "lint", "load", "resolve", "schema", "write_reviewed"]
