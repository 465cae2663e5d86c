"""docs/store.md names every table there is, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from drift.cli.options import STORE
from drift.store.tables import metadata

PAGE = (Path(__file__).parents[2] / "docs" / "store.md").read_text(encoding="utf-8")


def test_every_table_is_described() -> None:
    section = PAGE.partition("## The tables\n")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) == set(metadata.tables)


def test_the_default_is_the_one_that_the_commands_have() -> None:
    assert f"| `{STORE}` |" in PAGE
