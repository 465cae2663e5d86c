"""Page -> Snapshot, and messages out. The only room that speaks HTTP: every connection goes through one gate.

All but `Files` and `Limits` is imported when it is first asked for, so that a run over files loads no HTTP library.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from drift.fetch.files import Files
from drift.fetch.limits import Limits

if TYPE_CHECKING:
    from drift.fetch.client import Client
    from drift.fetch.courier import Courier, Retries
    from drift.fetch.delivery import Delivery, ahead
    from drift.fetch.gate import Gate
    from drift.fetch.given import Given
    from drift.fetch.pace import Tempo
    from drift.fetch.poster import Poster

__all__ = ["Client", "Courier", "Delivery", "Files", "Gate", "Given", "Limits", "Poster", "Retries", "Tempo", "ahead"]

_ON_DEMAND = {
    "Client": "drift.fetch.client",
    "Courier": "drift.fetch.courier",
    "Delivery": "drift.fetch.delivery",
    "Gate": "drift.fetch.gate",
    "Given": "drift.fetch.given",
    "Poster": "drift.fetch.poster",
    "Retries": "drift.fetch.courier",
    "Tempo": "drift.fetch.pace",
    "ahead": "drift.fetch.delivery",
}


def __getattr__(name: str) -> object:
    if name in _ON_DEMAND:
        return getattr(import_module(_ON_DEMAND[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
