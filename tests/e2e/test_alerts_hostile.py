"""Help articles that would like to be more than text, from the file on disk to the channel of Slack."""

from __future__ import annotations

import html
import json
import re
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import block_kit
import pytest
from benches import SlackBench
from sample_messages import HOSTILE
from slack_standin import PATH, SlackStandIn

from drift.assembly.alerts import delivering, poster
from drift.assembly.watch import Watch
from drift.settings import load
from drift.store import open_store

SETTINGS = """\
policies: policies
sources: [{name: help, kind: files, at: help}]
fetching: {allow_private: [127.0.0.0/8]}
alerts:
  notifiers: {channel: {kind: slack, webhook: {env: SLACK}}}
  routes: [{name: channel, to: [channel], group: page}]
  default: channel
"""


@pytest.fixture
def slack() -> Iterator[SlackStandIn]:
    made = SlackStandIn()
    yield made
    made.close()


def publish(folder: Path, value: str) -> None:
    for number, text in enumerate(HOSTILE):
        said = html.escape(text)
        page = f"<html lang=en><title>{said}</title><body><main><h1>Returning goods {said}</h1>"
        page += (
            f"<p>{said}</p><p>You can return unused goods within {value} of delivery, {said}</p></main></body></html>"
        )
        (folder / f"{number:02}.html").write_text(page, encoding="utf-8", errors="replace", newline="")


def test_hostile_articles_reach_the_channel_as_text(policies: Path, tmp_path: Path, slack: SlackStandIn) -> None:
    assert policies.is_dir()
    (tmp_path / "help").mkdir()
    (tmp_path / "drift.yaml").write_text(SETTINGS, encoding="utf-8")
    settings = load(tmp_path / "drift.yaml", {"SLACK": f"http://127.0.0.1:{slack.receiver.port}{PATH}"})
    with open_store(settings.store.address) as store, closing(poster(settings, now)) as http:
        watch = Watch(settings, store, now, workers=0)
        for value in ("30 days", "14 days"):
            publish(tmp_path / "help", value)
            watch.crawl("help")
        found = store.findings.find()
        assert (
            len(found) >= len(HOSTILE) - 2
        )  # of two, what stands around the value is too long to be read as a sentence
        counts = delivering(settings, store, http, now, timer=time.monotonic, sleep=lambda _: None).run()
    assert counts == {"sent": len(found)}
    assert slack.refusals == []
    bench = SlackBench()
    for payload in slack.messages:
        bench.check(json.dumps(payload))
        shown = block_kit.shown(payload)
        assert "14 days" in shown
        assert re.search(r"is told 14 days\. The policy is 30 days\.", shown)
    bench.close()


def now() -> datetime:
    return datetime.now(UTC)
