"""Reports as wholes, to the byte.

After a change that is meant: `DRIFT_WRITE_GOLDENS=1 pytest tests/golden`, and read the difference.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from drift.model import CheckReport, Outcome, Verdict
from drift.model.edits import Effect, GainsReport
from drift.reports import PLAIN, Display, explain, gains, json_report, policies, story, text

EXPECTED = Path(__file__).parent / "expected"

Render = Callable[[CheckReport], str]


def edit(report: CheckReport) -> GainsReport:
    """An edit by which one statement is gained, one goes over to another term, and one is judged otherwise."""
    unlock, table = report.examined[0], report.examined[1]
    right, loose, wrong = unlock.verdicts
    changes = (
        Effect(unlock.page, right, None, "returns/window"),
        Effect(unlock.page, None, wrong),
        Effect(table.page, table.verdicts[1], table.verdicts[0]),
        Effect(table.page, loose, None),
    )
    return GainsReport(report.checked_at, report.as_of, "HEAD", report.examined, changes, kept=7)


def asked(report: CheckReport) -> CheckReport:
    """The same, where words alone tell less: what diverges is a question."""

    def less(verdict: Verdict) -> Verdict:
        if verdict.outcome is not Outcome.DIVERGES:
            return verdict
        settle = "a review of this sentence"
        return replace(verdict, outcome=Outcome.SUSPECT, grounds=None, confidence=0.45, settle=settle)

    examined = tuple(replace(one, verdicts=tuple(map(less, one.verdicts))) for one in report.examined)
    return replace(report, examined=examined)


GOLDENS: dict[str, Render] = {
    "report.txt": lambda report: text.render(report, PLAIN),
    "report-narrow.txt": lambda report: text.render(report, Display(width=64)),
    "report-colour.txt": lambda report: text.render(report, Display(colour=True, width=100)).replace("\x1b", "ESC"),
    "report-asked.txt": lambda report: text.render(asked(report), PLAIN),
    "report-asked.json": lambda report: json_report.render(asked(report)),
    "story-asked.txt": lambda report: story.render(asked(report), "unlock.md", PLAIN),
    "report.json": json_report.render,
    "explain.txt": lambda report: explain.render(report, PLAIN),
    "explain.json": explain.render_json,
    "gains.txt": lambda report: gains.render(edit(report), PLAIN),
    "gains.json": lambda report: gains.render_json(edit(report)),
    "policies.txt": lambda report: policies.render(report.registry, report.as_of, PLAIN),
    "story.txt": lambda report: story.render(report, "unlock.md", PLAIN),
}


@pytest.mark.parametrize("name", GOLDENS)
def test_the_whole_output(name: str, sample_report: CheckReport) -> None:
    path = EXPECTED / name
    got = GOLDENS[name](sample_report)
    if os.environ.get("DRIFT_WRITE_GOLDENS"):
        path.write_text(got, encoding="utf-8", newline="")
    assert got == path.read_text(encoding="utf-8")


def test_hostile_pages(hostile_report: CheckReport) -> None:
    path = EXPECTED / "hostile.txt"
    got = text.render(hostile_report, PLAIN)
    if os.environ.get("DRIFT_WRITE_GOLDENS"):
        path.write_text(got, encoding="utf-8", newline="")
    assert got == path.read_text(encoding="utf-8")


def test_no_golden_is_left_behind() -> None:
    assert {path.name for path in EXPECTED.iterdir()} == {*GOLDENS, "hostile.txt"}
