"""drift keeps what a company publishes true to what its policies say."""

__version__ = "0.1.0"
