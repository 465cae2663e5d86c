"""A folder of policies looked over: what is wrong in it, and which of its examples fail."""

from __future__ import annotations

from pathlib import Path

from drift import policies as registry_room
from drift.assembly.registry import standard
from drift.check.examples import examples
from drift.engine import languages
from drift.model import Registry
from drift.model.errors import Problem
from drift.model.ports import Clock


def lint(policies: Path, clock: Clock) -> tuple[tuple[Problem, ...], Registry | None]:
    """Everything that is wrong in a folder or looks so today, in order of place, failing examples included.

    The registry is None where a problem forbids one; its examples are not run then.
    """
    problems, loaded = registry_room.lint(policies, today=clock().date(), language=languages.load)
    if loaded is None:
        return problems, None
    return (*problems, *failing_examples(policies, clock)), loaded


def failing_examples(policies: Path, clock: Clock) -> tuple[Problem, ...]:
    """The examples in a registry that do not do what they say. Raises InputError where it does not load."""
    return examples(standard(policies, None, clock))
