"""An edit of the policies put together: what it gains and loses in articles."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from drift.assembly.check import CheckOptions
from drift.assembly.fetching import Fetching
from drift.assembly.registry import registry, standard
from drift.check import gains as flow
from drift.check.check import OnExamined
from drift.engine import languages
from drift.engine.pipeline import Standard
from drift.model.edits import GainsReport
from drift.model.ports import Clock
from drift.policies.committed import COMMIT, committed


def gains(
    options: CheckOptions,
    before: Path | None,
    clock: Clock,
    on_examined: OnExamined | None = None,
    stdin: BinaryIO | None = None,
) -> GainsReport:
    """What the policies of `options` gain and lose against those in `before`, or against those last committed to git.

    Raises InputError as `check` does, and where no committed policies are found.
    """
    after = standard(options.policies, options.as_of, clock)
    if before is not None:
        old, name = registry(before), str(before)
    else:
        with committed(options.policies) as folder:
            old, name = registry(folder), COMMIT
    pages = options.pages("compare")
    held = Standard(old, after.as_of, languages.load)
    with Fetching(clock, options.allow_private, stdin) as fetcher:
        return flow.gains(pages, fetcher, held, after, clock, name=name, on_examined=on_examined)
