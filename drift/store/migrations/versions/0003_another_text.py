"""Another text that stands where an article stood, and pages that say one thing or another in turn."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("pages", sa.Column("unsteady_visits", sa.Integer, nullable=False, server_default="0"))
    op.add_column("pages", sa.Column("replaced_by", sa.Text, nullable=True))
    op.add_column("pages", sa.Column("replaced_since", INSTANT, nullable=True))
    op.add_column("pages", sa.Column("replaced_visits", sa.Integer, nullable=False, server_default="0"))
