"""docs/notifiers.md names every kind and every class of failure, and its example verifies what is sent."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from benches import KEY, WebhookBench
from sample_messages import NOON, OPENED, message

from drift.files.config import kind_of
from drift.model.errors import DeliveryFailure
from drift.notifiers import NOTIFIERS

PAGE = (Path(__file__).parents[2] / "docs" / "notifiers.md").read_text(encoding="utf-8")


def test_every_kind_is_named() -> None:
    assert re.findall(r"^\| `(\w+)` \|", PAGE.partition("\n## ")[0], re.MULTILINE) == [
        kind_of(each) for each in NOTIFIERS
    ]


def test_every_class_of_failure_is_named() -> None:
    table = PAGE.partition("## What becomes of a failure\n")[2].partition("\n## ")[0]
    assert set(re.findall(r"\| `([a-z ]+)` \| (?:yes|no)", table)) == set(DeliveryFailure)


@pytest.fixture
def verify() -> Callable[..., bool]:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    names: dict[str, Any] = {}
    exec(example, names)
    verify: Callable[..., bool] = names["is_from_drift"]
    return verify


def test_the_example_tells_our_messages_from_others(verify: Callable[..., bool]) -> None:
    bench = WebhookBench()
    try:
        bench.notifier.send(message(OPENED))
        (request,) = bench.receiver.requests
    finally:
        bench.close()
    header, now = request.headers["x-drift-signature"], NOON.timestamp()
    assert verify(KEY.encode(), header, request.body, now + 60)
    assert not verify(KEY.encode(), header, request.body + b" ", now)
    assert not verify(b"another", header, request.body, now)
    assert not verify(KEY.encode(), header, request.body, now + 3_600)
