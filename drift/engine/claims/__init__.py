"""Claims: every value an article states, with where it stands and whether it is asserted now."""

from drift.engine.claims.extract import extract

__all__ = ["extract"]
