"""One table of exit statuses for all commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drift.model import CheckReport
    from drift.model.edits import GainsReport
    from drift.model.views import WatchStatus

NOTHING_DIVERGES = 0
DIVERGES = 1
WRONG_INPUT = 2  # also what typer gives for a wrong option
BLIND = 3
INTERRUPTED = 130  # 128 + SIGINT, as a shell counts it
BROKEN_PIPE = 141  # 128 + SIGPIPE: 1 would read as a divergence


def of(report: CheckReport, *, allow_blind: bool = False, fail_on_suspect: bool = False) -> int:
    """A divergence outweighs what was not read; blind or left out, that is no clean run unless that was asked for.

    A suspect counts for nothing unless that was asked for.
    """
    from drift.model import Outcome

    failing = (Outcome.DIVERGES, Outcome.SUSPECT) if fail_on_suspect else (Outcome.DIVERGES,)
    if any(verdict.outcome in failing for examined in report.examined for verdict in examined.verdicts):
        return DIVERGES
    if not allow_blind and (report.left_out or any(examined.blind is not None for examined in report.examined)):
        return BLIND
    return NOTHING_DIVERGES


def of_edit(report: GainsReport) -> int:
    """An edit is held against what it makes wrong; what diverged before it is for `check` to tell."""
    if any(change.newly_diverges for change in report.changes):
        return DIVERGES
    return BLIND if any(examined.blind is not None for examined in report.examined) else NOTHING_DIVERGES


def of_watch(status: WatchStatus) -> int:
    """A finding that stands is a divergence, silenced or not; what was not read is never all right."""
    if any(status.standing.values()):
        return DIVERGES
    unread = any(view.run is None or view.run.failure or view.late or view.dead for view in status.sources)
    return BLIND if unread or status.blind or not status.sources else NOTHING_DIVERGES
