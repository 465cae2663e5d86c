"""`drift init`."""


def init() -> None:
    """Write a first policy file, with comments, ready to lint."""
