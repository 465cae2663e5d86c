"""What the room offers: notifiers made of what the settings say of them, and no library that nobody uses."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from benches import hidden
from sample_messages import NOON, OPENED, message

from drift.files.config import kind_of
from drift.model.errors import DeliveryError, DeliveryFailure
from drift.model.ports import Http
from drift.model.responses import Response
from drift.model.watch_ports import Notifier
from drift.notifiers import NOTIFIERS, NotifierMeans

HIDDEN = hidden("https://hooks.larkspur.example/t0ken")
WRITTEN: dict[str, dict[str, Any]] = {
    "slack": {"webhook": HIDDEN},
    "webhook": {"url": HIDDEN, "key": HIDDEN},
    "email": {
        "host": "localhost", "user": "drift", "password": HIDDEN, "from": "drift@larkspur.example", "to": "a@b.example",
    },
    "apprise": {"url": HIDDEN},
}  # fmt: skip


class Nowhere:
    def post(self, *_: object, **__: object) -> Response:
        raise AssertionError


def made(kind: str) -> Notifier:
    http: Http = Nowhere()
    (config,) = (each for each in NOTIFIERS if kind_of(each) == kind)
    written = config.model_validate({"kind": kind, **WRITTEN[kind]})
    assert "t0ken" not in f"{written!r} {written} {written.model_dump()}"
    return written.notifier("content", NotifierMeans(http, lambda: NOON))


@pytest.mark.parametrize("kind", [kind_of(each) for each in NOTIFIERS])
def test_a_notifier_is_made_of_its_settings(kind: str) -> None:
    notifier = made(kind)
    assert notifier.name == "content"
    assert "t0ken" not in repr(notifier)


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(DeliveryError, match="pip install") as caught:
        made("apprise").send(message(OPENED))
    assert caught.value.failure is DeliveryFailure.ADDRESS


def test_the_list_loads_no_heavy_library() -> None:
    code = "import sys, drift.notifiers; sys.exit(any(name in sys.modules for name in ('apprise', 'httpx')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
