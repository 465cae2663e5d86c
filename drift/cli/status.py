"""One table of exit statuses for all commands."""

from __future__ import annotations

from drift.model import CheckReport, Outcome

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
    failing = (Outcome.DIVERGES, Outcome.SUSPECT) if fail_on_suspect else (Outcome.DIVERGES,)
    if any(verdict.outcome in failing for examined in report.examined for verdict in examined.verdicts):
        return DIVERGES
    if not allow_blind and (report.left_out or any(examined.blind is not None for examined in report.examined)):
        return BLIND
    return NOTHING_DIVERGES
