"""Which term a claim is about."""

from drift.engine.matching.match import Matcher

__all__ = ["Matcher"]
