"""`drift crawl` killed while an annotator is being asked: what was answered is kept, and not asked for again."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from model_standin import KEY, MODEL, ChatStandIn, answer
from receiver import Reply
from waiting import PATIENCE

ROOT = Path(__file__).parents[2]


@pytest.fixture
def standin() -> Iterator[ChatStandIn]:
    made = ChatStandIn(lambda _system, _user: answer(1))
    yield made
    made.close()


def settings(place: Path, standin: ChatStandIn, at_once: int) -> None:
    shutil.copytree(ROOT / "policies", place / "policies")
    shutil.copytree(ROOT / "fixtures" / "help-centre", place / "help")
    (place / "drift.yaml").write_text(
        "sources: [{name: help, kind: files, at: help/}]\n"
        'fetching: {allow_private: ["127.0.0.0/8"]}\n'
        f"annotator: {{kind: openai, at: 'http://127.0.0.1:{standin.receiver.port}/v1', model: {MODEL}, "
        f"key: {{env: MODEL_KEY}}, at_once: {at_once}, timeout: 10 minutes}}\n",
        encoding="utf-8",
    )


def crawl(place: Path) -> subprocess.Popen[bytes]:
    environment = os.environ | {"MODEL_KEY": KEY}
    command = [sys.executable, "-m", "drift", "crawl"]
    return subprocess.Popen(command, cwd=place, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def asked(standin: ChatStandIn) -> Counter[str]:
    """How often each question got a whole reply, whatever its mark was."""
    return Counter(re.sub(r"=== \w+ the", "=== the", user) for user in standin.asked)


def whole(place: Path, standin: ChatStandIn) -> Counter[str]:
    """What is asked from beginning to end."""
    process = crawl(place)
    output, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode in (0, 1, 3), output
    return asked(standin)


@pytest.mark.parametrize("at_once", [1, 4])
def test_a_kill_loses_no_more_than_was_on_its_way(tmp_path: Path, standin: ChatStandIn, at_once: int) -> None:
    settings(tmp_path, standin, at_once)
    holding, killed = threading.Event(), threading.Event()

    def hold(number: int) -> Reply | None:
        if number == 8:
            holding.set()
            assert killed.wait(PATIENCE)
            return Reply(reset=True)
        return None

    standin.fails = hold
    process = crawl(tmp_path)
    try:
        assert holding.wait(PATIENCE)
    finally:
        process.kill()
        process.communicate()
        killed.set()
    before = asked(standin)
    standin.fails = lambda _number: None
    after = whole(tmp_path, standin)
    assert sum(before.values()) >= 7
    twice = {user for user, times in after.items() if times > 1}
    assert max(after.values()) <= 2
    assert len(twice) <= at_once - 1  # those whose replies came with nobody there any more to keep them
    assert whole(tmp_path, standin) == after  # nothing is asked again
