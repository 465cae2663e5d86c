"""How many examples Hypothesis tries of what is costly: a property whose every example makes stores or reads pages."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

TIMES = int(os.environ.get("DRIFT_TRIES", "1"))  # the same at greater depth: as many times as many examples


def tries(examples: int) -> settings:
    """The settings of a property of which so many examples are tried, or `DRIFT_TRIES` times as many."""
    return settings(max_examples=examples * TIMES, deadline=None, suppress_health_check=list(HealthCheck))
