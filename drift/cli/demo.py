"""`drift demo`."""


def demo() -> None:
    """Show what drift is for: a help centre in which one article was overwritten."""
