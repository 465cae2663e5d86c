"""`drift serve` killed (SIGKILL) at random moments while articles change and receivers of alerts fail at random.

    PYTHONPATH=tests/standins python tests/soak/trial_alerts.py            # 30 kills
    PYTHONPATH=tests/standins python tests/soak/trial_alerts.py --kills 4 --pages 8

Three receivers hear everything: a channel of Slack and a webhook that refuse the connection, answer 429 or 500, do not
answer, or reset it, and a webhook that takes everything. An article changes again only once its last change was found,
so that everybody must hear every value of every article, in order. What comes twice must come under the same key, with
the same body, and a kill must lie between. The waits between two attempts are shorter than in earnest (`HASTENED`).
Prints figures, and with `--json` one line for programs.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from pathlib import Path

import block_kit
from receiver import Receiver, Reply, Request
from site_of_shops import Site, laid_out, served
from slack_standin import PATH, SlackStandIn
from trial_serve import Trial

from drift.model.alert import DeliveryState
from drift.store import open_store
from drift.store.checking import check

HASTENED = """\
import sys
from datetime import timedelta
from drift.__main__ import main
from drift.watch import deliver
deliver.FIRST, deliver.LONGEST, deliver.REST = timedelta(seconds=0.5), timedelta(seconds=4), timedelta(seconds=2)
sys.exit(main(sys.argv[1:]))
"""
ALERTS = """\
alerts:
  notifiers:
    channel: {kind: slack, webhook: {env: SLACK}}
    faulty: {kind: webhook, url: {env: FAULTY}, key: {env: KEY}}
    steady: {kind: webhook, url: {env: STEADY}, key: {env: KEY}}
  routes: [{name: all, to: [channel, faulty, steady], group: page}]
  default: all
"""
FAULTS = (
    Reply(429, b"rate_limited", {"Retry-After": "1"}),
    Reply(500, b"rollup_error"),
    Reply(503, b""),
    Reply(reset=True),
    Reply(503, after=3600),  # silence: nobody waits for the status
)
TAKES = 0.6  # seconds: the longest a receiver takes to answer, so that a kill may fall between
AWAY = 1.0  # seconds for which a receiver refuses connections
SETTLING = 1800.0  # seconds that the last changes and alerts get, at a message a second and receiver
TOLD = re.compile(r'reads "Returns at shop (\d+)" is told (\d+) days')


@dataclass
class Arrival:
    at: float
    key: str  # '' for Slack, which has none
    body: bytes


@dataclass
class Faulty:
    """A receiver that fails at random until it is mended. `inner` says what it does with what arrives."""

    dice: random.Random
    inner: SlackStandIn | None = None
    chance: float = 0.4
    arrived: list[Arrival] = field(default_factory=list)
    failed: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)
    receiver: Receiver = field(init=False)

    def __post_init__(self) -> None:
        self.receiver = self.inner.receiver if self.inner else Receiver()
        self.taken = self.receiver.answer
        self.receiver.answer = self.answer

    def answer(self, request: Request) -> Reply:
        with self.lock:
            if self.dice.random() < self.chance:
                fault = self.dice.choice(FAULTS)
                self.failed["reset" if fault.reset else "timeout" if fault.after else str(fault.status)] += 1
                return fault
            reply = self.taken(request)
            if reply.status == 200:
                key = request.headers.get("idempotency-key", "")
                self.arrived.append(Arrival(time.monotonic(), key, request.body))
            return Reply(reply.status, reply.body, reply.headers, after=self.dice.random() * TAKES)

    def leave(self) -> None:
        """Refuse connections for a while."""
        port = self.receiver.port
        self.receiver.close()
        time.sleep(AWAY)
        self.receiver = Receiver(self.answer, port)
        self.failed["refused"] += 1

    def heard(self) -> dict[int, list[int]]:
        """Every value of every article in the order in which it was heard; what came twice counts once."""
        values: dict[int, list[int]] = defaultdict(list)
        known: set[str] = set()
        for one in self.arrived:
            if one.key not in known:
                known |= {one.key} - {""}
                payload = json.loads(one.body)
                text = one.body.decode() if one.key else block_kit.shown(payload)
                for number, value in TOLD.findall(text.replace('\\"', '"')):
                    values[int(number)].append(int(value))
        return {number: [value for value, _ in groupby(told)] for number, told in values.items()}

    def twice(self) -> list[tuple[Arrival, Arrival]]:
        """What came again under a key, with what came before it."""
        by_key = groupby(sorted(self.arrived, key=lambda one: (one.key, one.at)), lambda one: one.key)
        return [pair for key, same in by_key if key for pair in pairwise(same)]


def start(settings: Path, log: Path, receivers: dict[str, str]) -> subprocess.Popen[bytes]:
    """A `drift serve` in a process of its own, which adds to a log."""
    command = [sys.executable, "-c", HASTENED, "serve", "--file", str(settings)]
    with log.open("ab") as to:
        return subprocess.Popen(command, stderr=to, cwd=settings.parent, env={**os.environ, **receivers, "KEY": "k3y"})


def begun(log: Path) -> int:
    return log.read_bytes().count(b'"run-started"')


def live(trial: Trial, faulty: list[Faulty], process: subprocess.Popen[bytes], log: Path, seconds: float) -> None:
    """Let articles change while a process lives, from its first pass on; now and then a receiver goes away."""
    known = begun(log)
    while process.poll() is None and begun(log) == known:
        time.sleep(0.05)
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        trial.look()
        trial.change()
        if trial.dice.random() < 0.1:
            trial.dice.choice(faulty).leave()
        time.sleep(trial.dice.random() * 0.4)


def settle(trial: Trial) -> float:
    """Wait until everything was found and said. Gives the seconds that took."""
    began = time.monotonic()
    while time.monotonic() < began + SETTLING:
        trial.look()
        if not trial.changed and not trial.store.outbox.notifiers():
            break
        time.sleep(0.2)
    return time.monotonic() - began


def run(kills: int, pages: int, longest: float, seed: int) -> dict[str, object]:
    """The trial; every process lives up to `longest` seconds from its first pass on."""
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as name, served(Site(pages)) as site:
        folder = Path(name)
        settings, log = laid_out(folder, site), folder / "log"
        settings.write_text(settings.read_text(encoding="utf-8") + ALERTS, encoding="utf-8")
        slack = SlackStandIn()
        channel, faulty = Faulty(dice, slack), Faulty(dice)
        steady = Faulty(dice, chance=0.0)
        addresses = {
            "SLACK": f"http://127.0.0.1:{channel.receiver.port}{PATH}",
            "FAULTY": f"http://127.0.0.1:{faulty.receiver.port}/in",
            "STEADY": f"http://127.0.0.1:{steady.receiver.port}/in",
        }
        url = f"sqlite:///{folder / '.drift' / 'drift.db'}"
        killed: list[float] = []
        with open_store(url) as store:
            trial = Trial(site, store, dice)
            for _ in range(kills):
                process = start(settings, log, addresses)
                live(trial, [channel, faulty], process, log, dice.uniform(0.1, longest))
                process.kill()
                killed.append(time.monotonic())
                process.wait()
            channel.chance = faulty.chance = 0.0
            process = start(settings, log, addresses)
            settled = settle(trial)
            process.terminate()
            process.wait(60)
            dead = store.outbox.find(state=DeliveryState.DEAD)
            left = store.outbox.notifiers()
        for one in (channel, faulty, steady):
            one.receiver.close()
        wanted = {number: values[1:] for number, values in enumerate(site.values) if values[1:]}
        pairs = [pair for one in (faulty, steady) for pair in one.twice()]
        return {
            "kills": kills,
            "changes": sum(map(len, wanted.values())),
            "failed on purpose": dict(channel.failed + faulty.failed),
            "messages": {"channel": len(channel.arrived), "faulty": len(faulty.arrived), "steady": len(steady.arrived)},
            "not heard as it was": {
                one: [number for number in range(pages) if heard.heard().get(number, []) != wanted.get(number, [])]
                for one, heard in (("channel", channel), ("faulty", faulty), ("steady", steady))
            },
            "twice": len(pairs),
            "twice with another body": sum(first.body != second.body for first, second in pairs),
            "twice without a kill between": sum(
                not any(first.at < at < second.at for at in killed) for first, second in pairs
            ),
            "from the first arrival to the kill, s": _figures(
                [min(at for at in killed if at > first.at) - first.at for first, _ in pairs]
            ),
            "refused by Slack": slack.refusals,
            "given up": len(dead),
            "left waiting": list(left),
            "settled after, s": round(settled, 1),
            "problems of the store": list(check(url).problems),
        }


def _figures(values: list[float]) -> dict[str, float]:
    return {"median": round(statistics.median(values), 2), "longest": round(max(values), 2)} if values else {}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--pages", type=int, default=30)
    parser.add_argument("--longest", type=float, default=8, help="seconds that a process lives at most")
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    figures = {"seed": asked.seed, **run(asked.kills, asked.pages, asked.longest, asked.seed)}
    print(json.dumps(figures) if asked.json else "\n".join(f"{name}: {value}" for name, value in figures.items()))


if __name__ == "__main__":
    main()
