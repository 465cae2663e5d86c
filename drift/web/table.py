"""A list of findings for spreadsheets (RFC 4180)."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO

from drift.model.desk import Listed
from drift.reports.export import cell
from drift.reports.json_report import instant

COLUMNS = (
    "id", "state", "severity", "policy", "term", "owner", "page", "title", "source", "published", "expected", "since",
)  # fmt: skip


def finding_table(listed: Iterable[Listed]) -> str:
    """A row each, in the order given. No cell is a formula: one that would be begins with an apostrophe."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for each in listed:
        row = each.row
        values = (
            row.id, row.state.value, row.severity.value, row.policy, row.term, each.owner, row.article, row.title,
            row.source, each.published, each.expected, instant(row.since),
        )  # fmt: skip
        writer.writerow([cell(value) for value in values])
    return file.getvalue()
