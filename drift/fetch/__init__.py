"""Page -> Snapshot. The only room that speaks HTTP, and every connection it makes goes through one gate.

`Client` is imported when it is first asked for, so that a run over files never loads an HTTP library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drift.fetch.files import Files
from drift.fetch.limits import Limits

if TYPE_CHECKING:
    from drift.fetch.client import Client

__all__ = ["Client", "Files", "Limits"]


def __getattr__(name: str) -> object:
    if name == "Client":
        from drift.fetch.client import Client

        return Client
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
