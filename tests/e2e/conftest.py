"""Runs of `drift` that end: each in a process of its own, which the kernel ends when it takes more than its share."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

# Each run takes under 6 s and 250 MB on one core of 2026; anything quadratic takes minutes.
SECONDS = 30
BYTES = 1_500_000_000

POLICY = """\
policy: returns
owner: shop@larkspur.example
terms:
  - term: return-window
    says: Unused goods can be returned within 30 days of delivery.
    value: 30 days
    bound: at most
    topics: [return unused goods, send back goods]
    examples:
      silent: [The screen locks itself after 60 seconds.]
"""

RUNNER = f"""
import resource, signal, sys
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
resource.setrlimit(resource.RLIMIT_AS, ({BYTES}, {BYTES}))
if sys.argv[1] == "killed":
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
from drift.__main__ import main
sys.exit(main(sys.argv[2:]))
"""


@dataclass(frozen=True, slots=True)
class Run:
    """How a run ended, and the report it gave."""

    status: int
    report: dict[str, Any]

    @property
    def read(self) -> dict[str, str | None]:
        """File name -> None where it was read, or why it is blind."""
        return {Path(one["article"]).name: one["why"] for one in self.report["articles"]}


def _start(*arguments: str | bytes, mode: str = "", **options: Any) -> subprocess.Popen[bytes]:
    """A bounded `drift` in a process of its own."""
    command = [sys.executable, "-c", RUNNER, mode, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)


def _check(*arguments: str | bytes) -> Run:
    """The outcome of `drift check`, which says nothing on standard error."""
    process = _start("check", *arguments, "--format", "json")
    out, errors = process.communicate(timeout=300)
    assert process.returncode in (0, 1, 3), (process.returncode, errors.decode()[-2000:])
    assert errors == b""
    return Run(process.returncode, json.loads(out))


@pytest.fixture(scope="session")
def start() -> Callable[..., subprocess.Popen[bytes]]:
    """Starts a bounded `drift` with these arguments."""
    return _start


@pytest.fixture(scope="session")
def check() -> Callable[..., Any]:
    """Runs `drift check` with these arguments and gives its Run."""
    return _check


@pytest.fixture(scope="session")
def policy() -> str:
    """The text of one policy file."""
    return POLICY


@pytest.fixture
def policies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "policies"
    folder.mkdir()
    (folder / "returns.yaml").write_text(POLICY, encoding="utf-8")
    return folder
