"""Whether a matched claim agrees with the policy."""

from drift.verdicts.context import ALONE, Context, Others, support
from drift.verdicts.judge import judge

__all__ = ["ALONE", "Context", "Others", "judge", "support"]
