"""What the room offers: notifiers from the settings as they are read, each loaded when it is asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest
from sample_messages import NOON, OPENED, message

from drift.model.errors import DeliveryError, DeliveryFailure
from drift.model.ports import Http
from drift.model.responses import Response
from drift.notifiers import NOTIFIERS, Means, made
from drift.settings.alerts import NOTIFIERS as ENTRIES
from drift.settings.nouns import AppriseSettings, EmailSettings, NotifierSettings, SlackSettings, WebhookSettings
from drift.settings.secret import Secret

HIDDEN = Secret("https://hooks.larkspur.example/t0ken")
SETTINGS: dict[str, NotifierSettings] = {
    "slack": SlackSettings("content", HIDDEN),
    "webhook": WebhookSettings("content", HIDDEN, HIDDEN),
    "email": EmailSettings(
        "content", "localhost", 25, "tls", "drift", HIDDEN, "drift@larkspur.example", ("a@b.example",)
    ),
    "apprise": AppriseSettings("content", HIDDEN),
}


class Nowhere:
    def post(self, *_: object, **__: object) -> Response:
        raise AssertionError


def test_the_settings_know_the_same_kinds() -> None:
    assert [kind.name for kind in NOTIFIERS] == list(ENTRIES) == list(SETTINGS)


@pytest.mark.parametrize("kind", SETTINGS)
def test_a_notifier_is_made_of_its_settings(kind: str) -> None:
    http: Http = Nowhere()
    notifier = made(kind, SETTINGS[kind], Means(http, lambda: NOON))
    assert notifier.name == "content"
    assert "t0ken" not in repr(notifier)


def test_a_kind_that_there_is_not() -> None:
    with pytest.raises(LookupError):
        made("pigeon", SETTINGS["slack"], Means(Nowhere(), lambda: NOON))


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(DeliveryError, match="pip install") as caught:
        made("apprise", SETTINGS["apprise"], Means(Nowhere(), lambda: NOON)).send(message(OPENED))
    assert caught.value.failure is DeliveryFailure.ADDRESS


def test_the_list_loads_no_notifier() -> None:
    heavy = ("smtplib", "apprise", "httpx", "drift.notifiers.slack", "drift.notifiers.email")
    code = f"import sys, drift.notifiers; sys.exit(any(name in sys.modules for name in {heavy!r}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
