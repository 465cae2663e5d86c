"""Which term a claim is about."""

from drift.matching.match import Matcher

__all__ = ["Matcher"]
