"""The registry of a folder, and what articles are held against."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from drift.engine import languages
from drift.engine.pipeline import Standard
from drift.model import Registry
from drift.model.ports import Clock
from drift.policies import load


def registry(policies: Path) -> Registry:
    """The registry in a folder. Raises InputError with everything wrong in it."""
    return load(policies, language=languages.load)


def standard(policies: Path, as_of: date | None, clock: Clock, *, explain: bool = False) -> Standard:
    """The registry on a day, ready to judge. Raises InputError with everything wrong in it."""
    return Standard(registry(policies), as_of or clock().date(), languages.load, explain)
