"""The report's reference names every field and every word of the format, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from drift.model import CheckReport, Diagnosis
from drift.model.errors import BlindReason
from drift.reports.json_report import document

REFERENCE = (Path(__file__).parents[2] / "docs" / "reference" / "report.md").read_text(encoding="utf-8")


def fields(heading: str) -> set[str]:
    """The names in the first column of the table under a heading."""
    section = REFERENCE.partition(f"{heading}\n")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (`[^|]*`) \|", section, re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


@pytest.mark.parametrize(
    ("heading", "path"),
    [("# The report for programs", ()), ("## An article", ("articles", 0)), ("## A statement", ("statements", 0))],
)
def test_every_field_is_described(heading: str, path: tuple[str | int, ...], sample_report: CheckReport) -> None:
    part = document(sample_report)
    for step in path:
        part = part[step]  # type: ignore[index]
    assert fields(heading) == set(part)


def test_every_class_of_failure_is_named() -> None:
    listed = REFERENCE.partition("`why` is one of")[2].partition(".\n")[0]
    assert re.findall(r"`([^`]+)`", listed) == [reason.value for reason in BlindReason]


def test_every_diagnosis_is_named() -> None:
    row = re.search(r"^\| `diagnosis` \| (.*) \|$", REFERENCE, re.MULTILINE)
    assert row
    assert re.findall(r"`([^`]+)`", row[1]) == [diagnosis.value for diagnosis in Diagnosis]
