"""Alerts of processes that are killed at random moments: each arrives, and twice only under the same key."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from receiver import Receiver, Reply
from waiting import PATIENCE

from drift.model.alert import DeliveryState
from drift.store import open_store

KILLS = 3  # more of them, at random, in tests/soak/trial_alerts.py
ARTICLES = 5
POLICY = """\
policy: device-unlock
owner: wireless@larkspur.example
terms:
  - {term: wait, says: A phone can be unlocked after 60 days of service., value: 60 days, topics: [unlock your phone]}
"""
SETTINGS = """\
policies: policies
store: {url: "sqlite:///drift.db"}
sources: [{name: help, kind: files, at: articles}]
fetching: {allow_private: [127.0.0.0/8]}
alerts:
  notifiers: {team: {kind: webhook, url: {env: HOOK}, key: {env: HOOK_KEY}}}
  routes: [{name: team, to: [team], group: page}]
  default: team
"""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiver that takes its time: some kills fall between sending and writing that it arrived."""
    made = Receiver(lambda _: Reply(after=0.5))
    yield made
    made.released.set()
    made.close()


def crawl(folder: Path, port: int, killed_after: float | None = None) -> None:
    environment = {**os.environ, "HOOK": f"http://127.0.0.1:{port}/hook", "HOOK_KEY": "k3y"}
    process = subprocess.Popen(
        [sys.executable, "-m", "drift", "crawl"],
        cwd=folder,
        env=environment,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        process.communicate(timeout=killed_after or PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


def test_every_alert_arrives_whenever_drift_is_killed(tmp_path: Path, receiver: Receiver) -> None:
    dice = random.Random(7)
    for name in ("policies", "articles"):
        (tmp_path / name).mkdir()
    (tmp_path / "policies" / "unlock.yaml").write_text(POLICY)
    (tmp_path / "drift.yaml").write_text(SETTINGS)
    publish(tmp_path, "60 days")
    crawl(tmp_path, receiver.port)
    assert receiver.requests == []
    publish(tmp_path, "30 days")
    for _ in range(KILLS):
        crawl(tmp_path, receiver.port, killed_after=dice.uniform(1.0, 4.0))
    crawl(tmp_path, receiver.port)
    with open_store(f"sqlite:///{tmp_path / 'drift.db'}") as store:
        due = {each.event.told.article for each in store.outbox.find(state=DeliveryState.SENT)}
        assert store.outbox.notifiers() == ()
    heard: dict[str, set[str]] = {}
    for request in receiver.requests:
        article = json.loads(request.body)["alerts"][0]["article"]
        heard.setdefault(article, set()).add(request.headers["idempotency-key"])
    assert set(heard) == due
    assert len(due) == ARTICLES
    assert [article for article, keys in heard.items() if len(keys) > 1] == []


def publish(folder: Path, value: str) -> None:
    for number in range(ARTICLES):
        text = f"# Unlock your phone {number}\n\nYou can unlock your phone after {value} of service.\n"
        (folder / "articles" / f"unlock-{number}.md").write_text(text)
