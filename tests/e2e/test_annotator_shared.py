"""Two crawls with one store and one annotator, each a process of its own: what both would ask is asked once."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from model_standin import KEY, MODEL, ChatStandIn, answer
from receiver import Reply
from waiting import PATIENCE

ROOT = Path(__file__).parents[2]
BOTH = 12.0  # seconds in which the other process reads its pages, and comes to what it has to ask: mostly 3


@pytest.fixture
def standin() -> Iterator[ChatStandIn]:
    made = ChatStandIn(lambda _system, _user: answer(1))
    yield made
    made.close()


def test_what_two_processes_would_ask_is_asked_once(tmp_path: Path, standin: ChatStandIn) -> None:
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    shutil.copytree(ROOT / "fixtures" / "help-centre", tmp_path / "help")
    shutil.copytree(ROOT / "fixtures" / "help-centre", tmp_path / "again")
    (tmp_path / "drift.yaml").write_text(
        "sources: [{name: help, kind: files, at: help/}, {name: again, kind: files, at: again/}]\n"
        'fetching: {allow_private: ["127.0.0.0/8"]}\n'
        f"annotator: {{kind: openai, at: 'http://127.0.0.1:{standin.receiver.port}/v1', model: {MODEL}, "
        "key: {env: MODEL_KEY}, at_once: 1, timeout: 10 minutes}\n",
        encoding="utf-8",
    )
    asking = threading.Event()

    def hold(number: int) -> Reply | None:
        if number == 1:
            asking.set()
            time.sleep(BOTH)
        return None

    standin.fails = hold
    first = crawl(tmp_path, "help")
    assert asking.wait(PATIENCE)
    second = crawl(tmp_path, "again")
    said = [process.communicate(timeout=PATIENCE)[0] for process in (first, second)]
    assert {first.returncode, second.returncode} <= {0, 1, 3}, said
    asked = [re.sub(r"=== \w+ the", "=== the", user) for user in standin.asked]
    assert len(asked) > 3
    assert len(set(asked)) == len(asked)
    for each in said:
        assert re.search(rf"{len(asked)} questions for the annotator, {len(asked)} answered", each.decode()), each


def crawl(place: Path, source: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "drift", "crawl", source],
        cwd=place,
        env=os.environ | {"MODEL_KEY": KEY},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
