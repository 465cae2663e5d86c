"""An explanation put together: what a check finds, and who can say what would teach a claim of it."""

from __future__ import annotations

from typing import BinaryIO

from drift.assembly.check import CheckOptions, means
from drift.assembly.registry import standard
from drift.check import check as flow
from drift.check.suggest import Keeping, Teacher
from drift.model import CheckReport
from drift.model.ports import Clock


def explain(
    options: CheckOptions,
    clock: Clock,
    on_examined: flow.OnExamined | None = None,
    stdin: BinaryIO | None = None,
) -> tuple[CheckReport, Teacher]:
    """What `check` finds, and who can say what would teach a claim of it. Raises InputError as `check` does."""
    held = standard(options.policies, options.as_of, clock, explain=options.explain)
    pages = options.pages("explain")
    with means(options, clock, stdin) as (fetcher, annotating):
        keeping = Keeping(fetcher)
        report = flow.check(pages, keeping, held, clock, on_examined, options.left_out(), annotating)
    return report, Teacher(held, keeping.kept, report.examined)
