"""How people are told. THE list of notifiers is `NOTIFIERS`: a new one is a file here and a line there.

Each is the model of what drift.yaml says of it, which makes the notifier. None reads a clock or opens a connection of
its own: it is handed both. E-mail and apprise are the exceptions, since what they speak is not HTTP, or not ours.
"""

from __future__ import annotations

from drift.notifiers.apprise import AppriseConfig
from drift.notifiers.config import NotifierConfig, NotifierMeans
from drift.notifiers.email import EmailConfig
from drift.notifiers.slack import SlackConfig
from drift.notifiers.webhook import WebhookConfig

NOTIFIERS: tuple[type[NotifierConfig], ...] = (SlackConfig, WebhookConfig, EmailConfig, AppriseConfig)

__all__ = ["NOTIFIERS", "NotifierConfig", "NotifierMeans"]
