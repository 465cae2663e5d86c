"""Whether a matched claim agrees with the policy."""

from drift.engine.verdicts.context import ALONE, Context, Others, support
from drift.engine.verdicts.judge import judge

__all__ = ["ALONE", "Context", "Others", "judge", "support"]
