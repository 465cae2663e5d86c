"""What is said of findings, and to whom it is on its way: events and their deliveries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "events",
        sa.Column("id", NUMBER, sa.Identity(), nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("finding", sa.Text, nullable=True),
        sa.Column("route", sa.Text, nullable=False),
        sa.Column("first_run", NUMBER, nullable=True),
        sa.Column("silence", sa.Text, nullable=True),
        sa.Column("told", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
    )
    op.create_index("ix_events_key", "events", ["key"], unique=True)
    op.create_index("ix_events_finding", "events", ["finding"])
    op.create_table(
        "deliveries",
        sa.Column("id", NUMBER, sa.Identity(), nullable=False),
        sa.Column("event_id", NUMBER, nullable=False),
        sa.Column("notifier", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_attempt", INSTANT, nullable=True),
        sa.Column("first_attempt", INSTANT, nullable=True),
        sa.Column("message", sa.Text, nullable=True),
        sa.Column("message_reason", sa.Text, nullable=True),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.Column("failure", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_deliveries_event_id"),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
    )
    op.create_index("ix_deliveries_event_id_notifier", "deliveries", ["event_id", "notifier"], unique=True)
    op.create_index("ix_deliveries_notifier_state", "deliveries", ["notifier", "state"])
