"""What is installed is whole: the demo and `init` work from a wheel, far from any checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from waiting import PATIENCE

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of a wheel built from this tree, in a folder of its own."""
    built = tmp_path_factory.mktemp("built")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(built)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = built.glob("*.whl")
    folder = tmp_path_factory.mktemp("installed")
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


def drift(installed: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the installed drift, and no other."""
    return subprocess.run(
        [sys.executable, "-m", "drift", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )


def test_the_demo_runs_and_begins_with_the_overwritten_article(installed: Path, tmp_path: Path) -> None:
    done = drift(installed, tmp_path, "demo")
    assert (done.returncode, done.stderr) == (0, "")
    first = done.stdout.index("DIVERGES  device-unlock/postpaid-wait")
    assert "“You can unlock your phone **30 days** after you buy it.”" in done.stdout[first : first + 200]
    assert "should be  at least 60 days, not 30 days" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_init_writes_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    assert drift(installed, tmp_path, "init").returncode == 0
    done = drift(installed, tmp_path, "policies", "lint")
    assert (done.returncode, done.stderr) == (0, "")


def test_the_types_come_with_the_wheel(installed: Path) -> None:
    assert (installed / "drift" / "py.typed").is_file()


def test_the_pages_of_the_desk_come_with_the_wheel(installed: Path) -> None:
    here = {path.name for folder in ("templates", "static") for path in (ROOT / "drift" / "web" / folder).iterdir()}
    there = installed / "drift" / "web"
    assert {path.name for folder in ("templates", "static") for path in (there / folder).iterdir()} == here
    assert {"base.html", "desk.css"} <= here
