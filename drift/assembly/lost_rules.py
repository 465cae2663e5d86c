"""Findings of rules that left the registry: closed before a pass, and said to whoever runs drift."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from drift.assembly.alerts import operator_hears
from drift.model.ports import Clock
from drift.model.watch_ports import Store
from drift.model.wording import counted
from drift.settings import Settings
from drift.watch.looking import Gauge
from drift.watch.withdraw import withdraw

SHRUNK = "policies-shrunk"
WITHDRAWN = "findings-withdrawn"
NAMED = 5  # rules named in one sentence; `drift findings list` has all


def withdraw_lost(
    settings: Settings, store: Store, source: str, gauge: Gauge, clock: Clock, tell: Callable[[str, str], None]
) -> None:
    """Close what stands on a source for rules that left the registry. Where many left, the operator hears of it first.

    `tell` is given a code (one of the above) and words. Raises StoreError.
    """
    made = withdraw(store, source, gauge, clock)
    if made.held:
        words = _held(made.held)
        operator_hears(settings, store)(SHRUNK, words, source, clock())
        tell(SHRUNK, f"{source}: {words}")
    if made.closed:
        tell(WITHDRAWN, f"{source}: {_closed(made.closed)}")


def _held(names: Sequence[str]) -> str:
    """`names` has the full name of the rule of each finding."""
    rules, findings = counted(len(set(names)), "rule"), counted(len(names), "finding")
    return (
        f"{rules} with {findings} are no longer in the registry ({_some(names)}): was a part of the policies' folder "
        "lost? Put it back, or the findings are withdrawn in a day"
    )


def _closed(names: Sequence[str]) -> str:
    findings = counted(len(names), "finding")
    return f"{_some(names)} left the registry, and so {findings} {'is' if len(names) == 1 else 'are'} withdrawn"


def _some(names: Sequence[str]) -> str:
    """'a/b, c/d and 3 more'."""
    each = sorted(set(names))
    more = len(each) - NAMED
    return f"{', '.join(each[:NAMED])} and {more} more" if more > 0 else ", ".join(each)
