"""All findings as a table for spreadsheets (RFC 4180), a row each, with their history in one cell."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Any

from drift.model.escaping import inert
from drift.model.views import FindingView
from drift.reports import findings_json
from drift.reports.finding import told
from drift.reports.json_report import instant

_FORMULA = ("=", "+", "-", "@")  # how a spreadsheet knows one


def render_csv(views: Iterable[FindingView]) -> str:
    """The columns are the fields of `drift-findings/1`, those of 'before' and the owners flat; empty where unknown."""
    rows = [_row(view) for view in views]
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    writer.writerows([[cell(row[column]) for column in COLUMNS] for row in rows])
    return file.getvalue()


COLUMNS = (
    "id", "state", "severity", "policy", "term", "article", "published", "expected", "diagnosis", "harm", "cause",
    "quote", "heading", "line", "link", "before_published", "before_quote", "opened", "last_agreed", "last_without",
    "first_diverged", "last_diverged", "agreed_again", "resolved", "gone", "regressions", "exposure_least",
    "exposure_most", "owner", "content_owner", "guidance", "source", "blind", "silenced_by", "acknowledged_by",
    "acknowledged_at", "also_at", "history", "published_text", "expected_text", "bound", "expected_bound", "row",
    "column", "caption", "question", "defines", "says", "grounds", "annotated_by", "annotated_probability",
    "annotated_why", "annotated_agreed",
)  # fmt: skip


def _row(view: FindingView) -> dict[str, Any]:
    fields = findings_json.finding(view)
    before = fields["before"] or {}
    annotated = fields["annotated"] or {}
    return {
        **fields,
        "heading": " > ".join(fields["heading"]),
        "row": " > ".join(fields["row"]),
        "column": " > ".join(fields["column"]),
        "before_published": before.get("published"),
        "before_quote": before.get("quote"),
        "owner": _owner(fields["owner"]),
        "content_owner": _owner(fields["content_owner"]),
        "annotated_by": annotated.get("model"),
        "annotated_probability": annotated.get("probability"),
        "annotated_why": annotated.get("why"),
        "annotated_agreed": " of ".join(map(str, annotated.get("agreed") or ())),
        "also_at": " ".join(fields["also_at"]),
        "history": " | ".join(f"{instant(each.at)} {''.join(told(each, view))}" for each in view.history),
    }


def _owner(owner: dict[str, str | None] | None) -> str:
    return ", ".join(part for part in (owner or {}).values() if part)


def cell(value: Any) -> str:
    """A value as inert text: what would be a formula begins with an apostrophe, as spreadsheets have it for text."""
    text = inert(str(value)) if value is not None else ""
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text
