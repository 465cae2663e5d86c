"""Whether a matched claim agrees with the policy."""

from drift.verdicts.judge import judge

__all__ = ["judge"]
