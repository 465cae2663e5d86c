"""What contributors are told is there: the short names of commands, the files of each part, every page of the docs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
CONTRIBUTING = (DOCS / "contributing.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PARTS = CONTRIBUTING.partition("## How to add a part\n")[2].partition("\n## ")[0]


def test_short_names_are_those_of_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
    assert targets == set(re.findall(r"`make ([a-z]+)", CONTRIBUTING))
    assert targets == set(re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[0].split())


@pytest.mark.parametrize("command", re.findall(r"^\t\$\(BIN\)/(.+)$", MAKEFILE, re.MULTILINE))
def test_a_short_name_runs_a_command_of_the_page(command: str) -> None:
    if not command.startswith(("pip", "pytest $")):
        assert command in CONTRIBUTING


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:drift|fixtures|tests)/[^`<]*)", PARTS))))
def test_files_of_a_part_are_there(path: str) -> None:
    assert (ROOT / path).exists()


def test_lists_of_parts_stand_where_they_are_said_to() -> None:
    said = re.findall(r"`([A-Z]\w+)` in `(drift/[^`]+)`", PARTS)
    assert len(said) > 5
    for name, path in said:
        file = ROOT / path / "__init__.py" if path.endswith("/") else ROOT / path
        assert re.search(rf"^(?:class )?{name}\b", file.read_text(encoding="utf-8"), re.MULTILINE), (name, path)


def test_every_page_is_in_the_index() -> None:
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    pages = {str(page.relative_to(DOCS)) for page in DOCS.rglob("*.md") if page.parent.name != "decisions"}
    assert pages - set(re.findall(r"\]\(([^)#]+)", index)) == {"README.md"}
