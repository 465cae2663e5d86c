"""The severity of a finding beside its statement, and what a coverage counts in one index: lists read no documents."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_BATCH = 500  # documents held at a time


def upgrade() -> None:
    op.add_column("findings", sa.Column("severity", sa.Text, nullable=False, server_default=""))
    _copy_severities()
    op.drop_index("ix_statements_policy_term", "statements")
    op.create_index("ix_statements_policy_term_outcome_page_id", "statements", ["policy", "term", "outcome", "page_id"])


def _copy_severities() -> None:
    """What stands in the document of each finding, in batches: a store may hold tens of thousands."""
    connection = op.get_bind()
    findings = sa.table("findings", sa.column("id"), sa.column("statement"), sa.column("severity"))
    wanted = sa.select(findings.c.id, findings.c.statement).order_by(findings.c.id).limit(_BATCH)
    moved = sa.update(findings).where(findings.c.id == sa.bindparam("one")).values(severity=sa.bindparam("its"))
    last = ""
    while rows := connection.execute(wanted.where(findings.c.id > last)).all():
        connection.execute(moved, [{"one": row.id, "its": json.loads(row.statement)["severity"]} for row in rows])
        last = rows[-1].id
