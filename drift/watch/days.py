"""What pages of the past are held against: the registry, day by day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from drift.engine.pipeline import Standard
from drift.model import Language, Registry
from drift.watch.looking import Gauge, in_force


@dataclass(slots=True)
class Days:
    """The gauges of a registry by day. Days on which the same values are in force share what was prepared for one.

    With `always` that day's values are held against every day: what would have diverged, had today's rules held.
    `annotator` is that of a Gauge.
    """

    registry: Registry
    language: Callable[[str], Language]
    always: date | None = None
    annotator: str = ""
    _in_force: dict[date, str] = field(default_factory=dict)
    _gauges: dict[str, Gauge] = field(default_factory=dict)  # by what is in force: the one last asked for

    def gauge(self, day: date) -> Gauge:
        """What a page of a day is held against."""
        day = self.always or day
        policies = self._in_force.get(day)
        if policies is None:
            policies = self._in_force[day] = in_force(self.registry, day)
        known = self._gauges.get(policies)
        if known is None:
            known = Gauge(Standard(self.registry, day, self.language), policies, annotator=self.annotator)
        elif known.standard.as_of != day:
            known = replace(known, standard=known.standard.on(day))
        self._gauges[policies] = known
        return known
