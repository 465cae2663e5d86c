"""What `drift findings` shows of a cell, an answer and a turned bound: whoever does not know the page understands it.

Written anew as those of reports are; what alerts say of them is in `fixtures/alerts`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from told_page import findings, view

from drift.model.views import FindingView
from drift.reports import PLAIN, Display, export, finding, findings_json
from drift.reports import findings as listing

EXPECTED = Path(__file__).parent / "told"


def _show(term: str, look: Display = PLAIN) -> Callable[[dict[str, FindingView]], str]:
    return lambda views: finding.render(views[term], look)


GOLDENS: dict[str, Callable[[dict[str, FindingView]], str]] = {
    "show-cell.txt": _show("pay-monthly"),
    "show-next-cell.txt": _show("pay-as-you-go"),
    "show-answer.txt": _show("business"),
    "show-turned-80.txt": _show("engineer-visit", Display(width=80)),
    "list.txt": lambda views: listing.render(tuple(views.values()), PLAIN),
    "export.csv": lambda views: export.render_csv(views.values()),
    "export.json": lambda views: findings_json.render(views.values(), history=True),
}


@pytest.mark.parametrize("name", GOLDENS)
def test_the_whole_screen(name: str) -> None:
    got = GOLDENS[name]({term: view(found) for term, found in findings().items()})
    path = EXPECTED / name
    if os.environ.get("DRIFT_WRITE_GOLDENS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(got, encoding="utf-8", newline="")
    assert got == path.read_bytes().decode("utf-8")


def test_no_golden_is_left_behind() -> None:
    assert {path.name for path in EXPECTED.iterdir()} == set(GOLDENS)
