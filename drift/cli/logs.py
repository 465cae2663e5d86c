"""The log of a process that runs for months: lines of JSON, without secrets."""

from __future__ import annotations

import json
import logging
import logging.handlers
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from drift.files.config import secrets_in
from drift.model.errors import InputError
from drift.settings import Settings


class JsonLines(logging.Formatter):
    """One object a line: `at` (UTC), `level`, `event`, then what the event tells: source, run, counts, detail.

    Of other libraries the message is the detail. No secret of the settings gets through, whoever repeats it.
    """

    def __init__(self, secrets: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record, without its end."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"at": at.replace("+00:00", "Z"), "level": record.levelname.lower()}
        if record.name.startswith("drift"):
            line |= {"event": record.getMessage(), **getattr(record, "told", {})}
        else:
            line |= {"event": record.name, "detail": record.getMessage()}
        if record.exc_info:
            line["trace"] = "".join(traceback.format_exception(*record.exc_info))
        return json.dumps(
            {key: self._scrubbed(value) for key, value in line.items() if value != ""}, ensure_ascii=False, default=str
        )

    def _scrubbed(self, value: object) -> object:
        if not isinstance(value, str):
            return value
        for secret in self._secrets:
            value = value.replace(secret, "***")
        return value


@contextmanager
def logging_to(settings: Settings) -> Iterator[None]:
    """Log as the settings say, for as long as a block runs. Raises InputError for a file that cannot be written.

    A log file that was moved away, as logrotate does, is made anew.
    """
    root = logging.getLogger()
    handler = _handler(settings)
    handler.setFormatter(JsonLines(tuple(secrets_of(settings))))
    drift = logging.getLogger("drift")
    level = drift.level
    root.addHandler(handler)
    drift.setLevel(settings.logging.level.upper())
    try:
        yield
    finally:
        root.removeHandler(handler)
        drift.setLevel(level)
        handler.close()


def secrets_of(settings: Settings) -> Iterator[str]:
    """Every secret value in the settings, the longest first."""

    found = {secret.value for secret in secrets_in(settings)} | {settings.store.address}
    yield from sorted(found - {settings.store.url, ""}, key=len, reverse=True)


def _handler(settings: Settings) -> logging.Handler:
    path = settings.logging.file
    if path is None:
        return logging.StreamHandler()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return logging.handlers.WatchedFileHandler(path, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path}: the log cannot be written: {error.strerror}") from error
