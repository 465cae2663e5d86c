"""Signed JSON to an address: `drift-alert/1`, whose schema is docs/reference/alert.schema.json.

    X-Drift-Signature: t=1795348800,v1=5257a869e7...
    Idempotency-Key: M-5d2c...

`v1` is the HMAC-SHA256, in hex, of the time, a dot and the body, by the key that the receiver holds too. It may look at
`t` to refuse what was recorded and is sent again later. The format is append-only.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

from drift.files.fields import about
from drift.files.secret import AddressSecret, Secret
from drift.model import Owner
from drift.model.alert import Asked, Fact, Message
from drift.model.ports import Clock, Http
from drift.notifiers import layout
from drift.notifiers.config import NotifierConfig, NotifierMeans
from drift.notifiers.refusals import own_words, refusal

FORMAT = "drift-alert/1"
SIZE = 250_000  # bytes of a body: queues and gateways take 256 kB, where a limit is named at all
LONG = 1_000  # characters of a text around a value, or without one; values are never cut
TIMEOUT = 10.0
_HALF = re.compile("[\ud800-\udfff]")  # half a character, which strict readers of JSON refuse
_LINKS = ("page_link", "policy_link", "finding_link", "edit_link")
_TEXTS = (
    "title", "policy_title", "news", "diagnosed", "harms", "since", "guidance", "article", "source", "says", "caption",
    "question", "defines", "annotated", "unconfirmed",
)  # fmt: skip
_HEADERS = 20  # of a row or a column; tables have one or two


class WebhookConfig(NotifierConfig):
    """An address that takes signed JSON."""

    kind: Literal["webhook"]
    url: Annotated[AddressSecret, about("Its address, which is a secret.", [{"env": "WEBHOOK_URL"}])]
    key: Annotated[
        Secret,
        about("The key of the signature (HMAC), by which the receiver knows drift.", [{"env": "WEBHOOK_KEY"}]),
    ]

    def notifier(self, name: str, means: NotifierMeans) -> Webhook:
        return Webhook(name, self.url.value, self.key.value, means.http, means.clock)


class Webhook:
    """A Notifier. Its address and its key are secrets and stand in no error and in no `repr`."""

    def __init__(self, name: str, url: str, key: str, http: Http, clock: Clock) -> None:
        self._name = name
        self._url = url
        self._key = key
        self._http = http
        self._clock = clock

    @property
    def name(self) -> str:
        return self._name

    def __repr__(self) -> str:
        return f"Webhook({self._name!r})"

    def send(self, message: Message) -> None:
        """Send a message. Raises DeliveryError, with the receiver's own reason where it gives one."""
        body = encoded(message)
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": message.key,
            "X-Drift-Signature": signature(self._key, body, self._clock()),
        }
        response = self._http.post(self._url, body, headers, TIMEOUT)
        if failure := refusal(response, own_words(response, (self._key, self._url))):
            raise failure


def signature(key: str, body: bytes, at: datetime) -> str:
    """What stands in `X-Drift-Signature`."""
    moment = int(at.timestamp())
    signed = hmac.new(key.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={signed}"


def encoded(message: Message) -> bytes:
    """The body of a message in ASCII. What is less important is left out, and counted, where it would be too long."""
    alerts: list[dict[str, Any]] = []
    room = SIZE - len(_written(payload(message, alerts)))
    for told in message.tolds:
        alert = _alert(told)
        room -= len(_written(alert)) + 2
        if room < 0 and alerts:
            break
        alerts.append(alert)
    return _written(payload(message, alerts))


def payload(message: Message, alerts: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "key": message.key,
        "route": message.route,
        "reason": message.reason.value,
        "at": _instant(message.at),
        "heading": message.heading,
        "sample": message.sample,
        "count": message.count,
        "left_out": message.count - len(alerts),
        "link": message.link,
        "alerts": alerts,
    }


def _alert(told: Fact) -> dict[str, Any]:
    short = replace(told, moment=layout.moment(told), **_quote(told), **_shortened(told), **_links(told))
    return {field.name: _plain(getattr(short, field.name)) for field in fields(Fact)}


def _quote(told: Fact | Asked) -> dict[str, Any]:
    """A quote that is too long, shortened around its value."""
    quote = layout.quoted(told, LONG) if len(told.quote) > LONG else None
    if quote is None:
        return {}
    whole = quote.before + quote.value + quote.after
    return {"quote": whole, "value_text": quote.value, "value_start": len(quote.before)}


def _shortened(told: Fact) -> dict[str, Any]:
    long = ((name, getattr(told, name)) for name in _TEXTS)
    short = {name: layout.shortened(text, LONG) for name, text in long if text and len(text) > LONG}
    headers = {
        name: tuple(layout.shortened(text, LONG) for text in getattr(told, name)[:_HEADERS])
        for name in ("row", "column")
    }
    return short | headers | ({"before": layout.before(told, LONG)} if len(told.before or "") > LONG else {})


def _links(told: Fact) -> dict[str, Any]:
    """Only what opens a page: an address of another kind is no link."""
    return {name: layout.link(getattr(told, name)) for name in _LINKS}


def _plain(value: object) -> object:
    match value:
        case Asked():
            return _asked(value)
        case datetime():
            return _instant(value)
        case timedelta():
            return int(value.total_seconds())
        case Owner():
            named = {"team": value.team, "email": value.email, "slack": value.slack}
            return {name: layout.shortened(text, LONG) if text else None for name, text in named.items()}
        case tuple():
            return [_plain(one) for one in value]
    return value  # a StrEnum is a string to json


def _asked(asked: Asked) -> dict[str, Any]:
    """A question: a quote that is too long is shortened around its value, and only what opens a page is a link."""
    short = replace(
        asked,
        title=layout.shortened(asked.title, LONG) if asked.title else None,
        article=layout.shortened(asked.article, LONG),
        annotated=layout.shortened(asked.annotated, LONG) if asked.annotated else None,
        page_link=layout.link(asked.page_link),
        **_quote(asked),
    )
    return {field.name: getattr(short, field.name) for field in fields(Asked)}


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _written(data: dict[str, Any]) -> bytes:
    return json.dumps(_whole(data)).encode("ascii")


def _whole(data: Any) -> Any:
    """The same without halves of characters."""
    match data:
        case str():
            return _HALF.sub("\ufffd", data)
        case dict():
            return {name: _whole(value) for name, value in data.items()}
        case list() | tuple():
            return [_whole(value) for value in data]
    return data
