"""What the settings say of a notifier, and what it reaches the world with."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

from drift.files.config import Config
from drift.model.ports import Clock, Http
from drift.model.watch_ports import Notifier


@dataclass(frozen=True, slots=True)
class NotifierMeans:
    """What notifiers reach the world with."""

    http: Http
    clock: Clock


class NotifierConfig(Config, ABC):
    """How people are told: what every kind has."""

    kind: str

    @abstractmethod
    def notifier(self, name: str, means: NotifierMeans) -> Notifier:
        """The notifier that this describes, under its name in the file."""
