"""The origin story as people hear it: `drift serve` beside a site, a channel of Slack, a webhook and an operator."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import block_kit
import pytest
from receiver import Receiver, Reply
from site_of_shops import POLICY, Site, laid_out, served
from slack_standin import PATH, SlackStandIn
from waiting import PATIENCE, wait_for

EVERY = 2  # seconds from one pass to the next
ALERTS = """\
alerts:
  notifiers:
    content: {kind: slack, webhook: {env: SLACK}}
    desk: {kind: webhook, url: {env: HOOK}, key: {env: HOOK_KEY}}
    operators: {kind: webhook, url: {env: OPERATORS}, key: {env: HOOK_KEY}}
  routes:
    - {name: content, to: [content, desk]}
    - {name: operators, to: [operators]}
  default: content
  operator: operators
"""


@dataclass
class Told:
    """A site with its watch, and all who are told."""

    site: Site
    folder: Path
    slack: SlackStandIn = field(default_factory=SlackStandIn)
    desk: Receiver = field(default_factory=Receiver)
    operators: Receiver = field(default_factory=Receiver)

    def __post_init__(self) -> None:
        settings = laid_out(self.folder, self.site, every=f"{EVERY} seconds")
        settings.write_text(settings.read_text(encoding="utf-8") + ALERTS, encoding="utf-8")

    @property
    def environment(self) -> dict[str, str]:
        here = "http://127.0.0.1"
        return {
            **os.environ,
            "SLACK": f"{here}:{self.slack.receiver.port}{PATH}",
            "HOOK": f"{here}:{self.desk.port}/desk/t0ken-of-the-desk",
            "OPERATORS": f"{here}:{self.operators.port}/operators",
            "HOOK_KEY": "k3y",
        }

    @contextmanager
    def serving(self) -> Iterator[subprocess.Popen[bytes]]:
        command = [sys.executable, "-m", "drift", "serve", "--file", str(self.folder / "drift.yaml")]
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(command, stderr=log, env=self.environment)
        try:
            yield process
        finally:
            process.kill()
            process.wait()

    def drift(self, *arguments: str) -> str:
        """What a command says. It ends with status 0."""
        command = [sys.executable, "-m", "drift", *arguments, "--file", str(self.folder / "drift.yaml")]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=PATIENCE)
        assert done.returncode == 0, done.stderr
        return done.stdout

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")

    def passes(self, more: int = 1) -> None:
        """Wait for some more passes over the site to end."""
        known = self.log.count('"run-ended"')
        wait_for(lambda: self.log.count('"run-ended"') >= known + more)

    def heard(self) -> list[str]:
        """What a reader of the channel sees."""
        return [block_kit.shown(payload).replace("\u2060", "") for payload in self.slack.messages]

    def close(self) -> None:
        for one in (self.slack, self.desk, self.operators):
            one.close()


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    with served(Site(pages=4)) as site:
        made = Told(site, tmp_path)
        yield made
        made.close()


def alerts(receiver: Receiver) -> list[dict[str, Any]]:
    return [alert for request in receiver.requests for alert in json.loads(request.body)["alerts"]]


def test_an_article_is_overwritten_and_mended(told: Told) -> None:
    """One message within one interval from pass to pass, and one when it is right again."""
    with told.serving() as process:
        told.passes(2)
        assert told.heard() == []
        begun = told.log.count('"run-started"')
        told.site.values[1].append(14)
        wait_for(told.heard)
        took = told.log.count('"run-started"') - begun
        told.passes(2)
        told.site.values[1].append(30)
        wait_for(lambda: len(told.heard()) > 1)
        told.passes(2)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    opened, resolved = told.heard()
    assert took <= 3  # passes: the next one, and those that begin until the outbox is looked at and the message sent
    assert 'A customer who reads "Returns at shop 1" is told 14 days. The policy is 30 days.' in opened
    assert "*Before:* You can return unused goods within 30 days of delivery." in opened
    finding = re.findall(r"F-[0-9a-f]{8,}", opened)[0]
    assert finding in resolved
    assert 'A customer who reads "Returns at shop 1" is told 30 days, as the policy says.' in resolved
    assert re.search("It was wrong for (at most )?less than a minute", resolved)
    assert "See the finding" not in opened  # no address of a dashboard is set
    assert [alert["reason"] for alert in alerts(told.desk)] == ["opened", "resolved"]
    assert alerts(told.desk)[1]["wrong_for"] > 0
    assert told.operators.requests == []


def test_a_dead_channel_holds_up_no_other_and_is_told_to_the_operator_once(told: Told) -> None:
    """With the receiver's own reason, and without its address anywhere."""
    told.slack.receiver.answer = lambda _: Reply(403, b"action_prohibited")
    with told.serving():
        told.passes(1)
        told.site.values[1].append(14)
        told.site.values[2].append(21)
        wait_for(lambda: alerts(told.desk) and alerts(told.operators))
        told.passes(2)
    (failed,) = alerts(told.operators)
    assert failed["reason"] == "failed"
    assert "content" in failed["moment"]
    assert "an administrator of the workspace does not let this webhook post there" in failed["news"]
    stored = b"".join(path.read_bytes() for path in (told.folder / ".drift").rglob("*") if path.is_file())
    for secret in (PATH, "t0ken-of-the-desk", "k3y"):
        assert secret not in told.log
        assert secret.encode() not in stored
        assert secret not in told.drift("alerts", "list")


def test_what_is_wrong_with_drift_itself_goes_to_the_operator(told: Told) -> None:
    with told.serving():
        told.passes(1)
        policy = told.folder / "policies" / "returns.yaml"
        policy.write_text(POLICY.replace("owner:", "ownr:"), encoding="utf-8")
        wait_for(lambda: told.operators.requests)
        told.passes(2)
    (trouble,) = alerts(told.operators)
    assert trouble["reason"] == "trouble"
    assert trouble["moment"].startswith("The policies do not lint")
    assert "returns.yaml:1:1: 'owner' is missing" in trouble["news"]
    assert told.heard() == []


def test_it_stops_beside_a_receiver_that_hangs(told: Told) -> None:
    told.desk.answer = lambda _: Reply(after=2 * PATIENCE)
    with told.serving() as process:
        told.passes(1)
        told.site.values[1].append(14)
        wait_for(lambda: told.desk.requests)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    told.desk.answer = lambda _: Reply()
    told.desk.released.set()
    with told.serving():
        wait_for(lambda: len(told.desk.requests) > 1)
        wait_for(lambda: "waiting" not in told.drift("alerts", "list"))
    first, second = told.desk.requests
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"]
    assert first.body == second.body
