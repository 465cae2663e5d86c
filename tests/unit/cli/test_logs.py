"""The log: lines of JSON, to where the settings say, without secrets."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from drift import settings as room
from drift.cli.logs import JsonLines, logging_to
from drift.model.errors import InputError

SETTINGS = """\
sources:
  - {name: help, kind: urls, at: https://help.larkspur.example/, headers: {Authorization: {env: HELP_TOKEN}}}
logging: {level: warning, file: logs/drift.log}
"""
TOKEN = 'Bearer s3"cret'


def loaded(folder: Path, text: str = SETTINGS) -> room.Settings:
    path = folder / "drift.yaml"
    path.write_text(text, encoding="utf-8")
    return room.load(path, {"HELP_TOKEN": TOKEN})


def test_lines_of_json_without_secrets(tmp_path: Path) -> None:
    log = logging.getLogger("drift.serve")
    with logging_to(loaded(tmp_path)):
        log.info("below the level")
        log.error("source-unusable", extra={"told": {"source": "help", "detail": f"sent {TOKEN}", "run": 4}})
        logging.getLogger("apscheduler").warning("late by %s", 3)
    log.error("after it")
    first, second = map(json.loads, (tmp_path / "logs" / "drift.log").read_text(encoding="utf-8").splitlines())
    assert first.pop("at").endswith("Z")
    assert first == {"level": "error", "event": "source-unusable", "source": "help", "detail": "sent ***", "run": 4}
    assert {**second, "at": ""} == {"at": "", "level": "warning", "event": "apscheduler", "detail": "late by 3"}


def test_what_was_raised_is_traced_without_secrets() -> None:
    try:
        raise RuntimeError(TOKEN)
    except RuntimeError as error:
        record = logging.makeLogRecord({"name": "drift", "msg": "bad", "exc_info": (type(error), error, None)})
    line = json.loads(JsonLines((TOKEN,)).format(record))
    assert line["trace"] == "RuntimeError: ***\n"


def test_a_log_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("no folder")
    with pytest.raises(InputError, match="the log cannot be written"), logging_to(loaded(tmp_path)):
        pass
