"""Signed JSON: the signature, the schema, the size."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from benches import KEY, WebhookBench
from receiver import Reply
from sample_messages import HOSTILE, NOON, OPENED, RESOLVED, REVIEW, UNREAD, hostile, message, thousand

from drift.model.alert import Fact, Reason
from drift.model.errors import DeliveryError
from drift.notifiers import webhook

ROOT = Path(__file__).parents[3]
SCHEMA: dict[str, Any] = json.loads((ROOT / "docs" / "reference" / "alert.schema.json").read_text(encoding="utf-8"))
ALERT: dict[str, Any] = SCHEMA["$defs"]["alert"]


def read(body: bytes) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(body)
    jsonschema.Draft202012Validator(SCHEMA).validate(loaded)
    return loaded


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["properties"]["format"]["const"] == webhook.FORMAT


def test_the_schema_names_every_field_and_no_other() -> None:
    assert list(ALERT["properties"]) == [field.name for field in fields(Fact)]
    assert ALERT["required"] == list(ALERT["properties"])
    assert list(SCHEMA["properties"]) == list(webhook.payload(message(OPENED), []))
    assert SCHEMA["required"] == list(SCHEMA["properties"])
    assert SCHEMA["properties"]["reason"]["enum"] == [reason.value for reason in Reason]


@pytest.mark.parametrize("told", [OPENED, RESOLVED, UNREAD, REVIEW])
def test_messages_are_as_the_schema_says(told: Fact) -> None:
    (alert,) = read(webhook.encoded(message(told, link="https://drift.larkspur.example/")))["alerts"]
    assert alert["moment"] == told.moment
    if told.quote:
        start = alert["value_start"]
        assert alert["quote"][start : start + len(alert["value_text"])] == alert["value_text"] == told.value_text


@pytest.mark.parametrize("text", HOSTILE, ids=[ascii(text)[1:25] for text in HOSTILE])
def test_hostile_messages_are_as_the_schema_says(text: str) -> None:
    (alert,) = read(webhook.encoded(message(hostile(1, text), heading=text)))["alerts"]
    start = alert["value_start"]
    assert alert["quote"][start : start + len(alert["value_text"])] == "30 days"
    assert alert["policy_link"] is None


def test_a_thousand_are_as_many_as_there_is_room_for() -> None:
    body = webhook.encoded(message(*thousand(), left_out=5))
    loaded = read(body)
    assert len(body) <= webhook.SIZE
    assert len(loaded["alerts"]) + loaded["left_out"] == loaded["count"] == 1_005
    assert [alert["finding"] for alert in loaded["alerts"]] == [f"F-{n:08x}" for n in range(len(loaded["alerts"]))]


def test_a_receiver_can_verify_what_it_got() -> None:
    bench = WebhookBench()
    try:
        bench.notifier.send(message(OPENED))
        (request,) = bench.receiver.requests
    finally:
        bench.close()
    moment, signed = (part.partition("=")[2] for part in request.headers["x-drift-signature"].split(","))
    assert int(moment) == int(NOON.timestamp())
    assert signed == hmac.new(KEY.encode(), f"{moment}.".encode() + request.body, hashlib.sha256).hexdigest()
    assert request.headers["idempotency-key"] == "M-5d2c07e1"
    assert request.headers["content-type"] == "application/json"


def test_a_known_signature() -> None:
    """Worked out by `printf '1795348800.{}' | openssl dgst -sha256 -hmac secret`."""
    at = datetime.fromtimestamp(1795348800, UTC)
    assert webhook.signature("secret", b"{}", at) == (
        "t=1795348800,v1=a2bb56e28c051bf8ec34a6b17227a73c171ec872e2d3f7a2bdd11b571f529cff"
    )


@pytest.mark.parametrize("echoed", [0, 1, 2, 3])
def test_a_receiver_that_repeats_a_secret_does_not_get_it_shown(echoed: int) -> None:
    bench = WebhookBench()
    try:
        words = f"cannot POST {bench.secrets[echoed]}: \x1b[31mno\nmore"
        bench.receiver.replies.append(Reply(400, words.encode()))
        with pytest.raises(DeliveryError) as caught:
            bench.notifier.send(message(OPENED))
    finally:
        bench.close()
    assert "cannot POST" in str(caught.value)
    assert "\\x1b[31mno" in str(caught.value)
    assert "more" not in str(caught.value)
    assert not [secret for secret in bench.secrets if secret in str(caught.value)]


def test_what_the_page_said_before_is_not_cut_through_its_value() -> None:
    told = replace(OPENED, before="word " * 1_000 + "60 days", expected="60 days")
    (alert,) = read(webhook.encoded(message(told)))["alerts"]
    assert alert["before"].endswith("60 days")
