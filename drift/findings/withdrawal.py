"""Findings whose rule left the registry: closed as withdrawn, and where many leave at once not before a day is over.

A folder of which half is missing (a copy that broke off, a checkout under way) lints all the same. So the loss of many
rules at once is put down in the history of their findings first, and holds where it still does a day later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from drift.findings.lifecycle import Sighting, advance
from drift.model import Registry
from drift.model.finding import Finding, Reading, Seen, Transition
from drift.model.statement import Cause

MANY = 3  # rules: fewer than these leave in an ordinary edit, which is told and needs no day
HELD = timedelta(days=1)  # in which whoever runs drift hears of it, and can put the files back
_NOTE = "the rule is no longer in the registry"
_HELD_NOTE = f"{_NOTE}, like many others: it is withdrawn if that is still so a day later"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What becomes of findings whose rules left: those that are `closed`, each by its step, and those that are held.

    `noted` are the steps of those that are held from now on, from their state to itself.
    """

    closed: tuple[tuple[Finding, Transition], ...] = ()
    held: tuple[Finding, ...] = ()
    noted: tuple[Transition, ...] = ()


def ruled(findings: Iterable[Finding], registry: Registry) -> tuple[Finding, ...]:
    """The findings whose rule is in the registry: of the others no reading of a page says anything."""
    known = tuple(findings)
    if not known:  # as of most pages: a registry may have thousands of rules
        return ()
    rules = {term.full_name for term in registry.terms}
    return tuple(finding for finding in known if finding.full_name in rules)


def withdraw(
    live: Sequence[Finding],
    registry: Registry,
    history: Callable[[str], Sequence[Transition]],
    unread: Callable[[Finding], Reading],
) -> Withdrawal:
    """What becomes of the live findings of a source, by the registry as it is now.

    `history` gives that of a finding by its id, `unread` a reading of its page that read nothing, at a time.
    """
    rules = {term.full_name for term in registry.terms}
    lost = [finding for finding in live if finding.full_name not in rules]
    names = {finding.full_name for finding in lost}
    about = {finding.full_name for finding in live}
    many = len(names) >= MANY and 2 * len(names) > len(about)
    closed, held, noted = [], [], []
    for finding in lost:
        reading = unread(finding)
        since = _noted(finding, history(finding.id)) if many else None
        if many and (since is None or reading.at - since.at < HELD):
            held.append(finding)
            if since is None:
                noted.append(_note(finding, reading))
            continue
        moved, made = advance(finding, Sighting(Seen.UNRULED, reading, None, Cause.POLICY, note=_NOTE))
        assert made is not None  # what is live is closed by it
        closed.append((moved, made))
    return Withdrawal(tuple(closed), tuple(held), tuple(noted))


def _noted(finding: Finding, history: Sequence[Transition]) -> Transition | None:
    """When it was put down that the rule left, if no reading held the page against it again since."""
    notes = [one for one in history if one.seen is Seen.UNRULED and one.before is one.after]
    return notes[-1] if notes and notes[-1].at > finding.last_diverged else None


def _note(finding: Finding, reading: Reading) -> Transition:
    statement = finding.statement
    return Transition(
        finding.id,
        reading.at,
        finding.state,
        finding.state,
        Seen.UNRULED,
        Cause.POLICY,
        statement.published,
        statement.expected,
        note=_HELD_NOTE,
    )
