"""Page -> Snapshot. The only room that speaks HTTP, and every connection it makes goes through one gate.

`Client` and `Gate` are imported when they are first asked for, so that a run over files loads no HTTP library.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from drift.fetch.files import Files
from drift.fetch.limits import Limits

if TYPE_CHECKING:
    from drift.fetch.client import Client
    from drift.fetch.gate import Gate

__all__ = ["Client", "Files", "Gate", "Limits"]

_ON_DEMAND = {"Client": "drift.fetch.client", "Gate": "drift.fetch.gate"}


def __getattr__(name: str) -> object:
    if name in _ON_DEMAND:
        return getattr(import_module(_ON_DEMAND[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
