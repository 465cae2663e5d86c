"""Whether a matched claim agrees with the policy."""

from drift.engine.verdicts.context import ALONE, Others, SourceContext, support
from drift.engine.verdicts.judge import judge

__all__ = ["ALONE", "Others", "SourceContext", "judge", "support"]
