"""Which term a claim is about."""

from drift.matching.known import Writing
from drift.matching.match import Matcher

__all__ = ["Matcher", "Writing"]
