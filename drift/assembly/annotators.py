"""Who is asked which rule a sentence states: from `--annotator`, or from the settings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from drift.errors import InputError
from drift.ports import Clock

if TYPE_CHECKING:
    from drift.flows.annotating import Asking

FORM = "recorded:FILE"


def asking(spec: str, clock: Clock) -> Asking:
    """What asks the annotator that an option names. Raises InputError where it names none that can be used."""
    from drift.flows.annotating import Asking

    kind, colon, rest = spec.partition(":")
    if kind == "recorded" and colon and rest:
        from drift.annotators.recorded import Recorded

        return Asking(Recorded(Path(rest), clock), clock)
    raise InputError(f"--annotator: '{spec}' names none; expected {FORM}")
