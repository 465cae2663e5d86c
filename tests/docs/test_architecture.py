"""docs/architecture.md names the rooms there are, in the order in which they may import one another."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
DOCUMENTS = (
    "README.md",
    "CHANGELOG.md",
    "docs/alerts.md",
    "docs/README.md",
    "docs/annotators.md",
    "docs/architecture.md",
    "docs/contributing.md",
    "docs/notifiers.md",
    "docs/replay.md",
    "docs/serve.md",
    "docs/store.md",
    "docs/reference/policies.md",
    "docs/reference/report.md",
    "docs/reference/settings.md",
)


def rooms() -> list[str]:
    table = ARCHITECTURE.partition("## The house\n")[2].partition("\n\nRooms side by side")[0]
    firsts = re.findall(r"^\| (`[^|]*`) \|", table, re.MULTILINE)
    return [name.removesuffix("/").removesuffix(".py") for cell in firsts for name in re.findall(r"`([^`]+)`", cell)]


def test_every_room_is_described_and_every_description_has_its_room() -> None:
    package = ROOT / "drift"
    there = {path.name for path in package.iterdir() if path.is_dir() and (path / "__init__.py").is_file()}
    there |= {path.stem for path in package.glob("*.py") if path.name != "__init__.py"}
    assert set(rooms()) == there


def test_the_rooms_stand_in_the_order_of_imports() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    order = {room.strip(): number for number, layer in enumerate(layers) for room in layer.split("|")}
    numbers = [order[room] for room in rooms()]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document: str) -> None:
    path = ROOT / document
    for target in re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8")):
        assert target.startswith("https://") or (path.parent / target).exists(), target
