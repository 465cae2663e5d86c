"""What annotators answered, so that no question is asked, or paid for, twice."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "annotations",
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("prompt", sa.Text, nullable=False),
        sa.Column("term", sa.Text, nullable=True),
        sa.Column("probability", sa.Float, nullable=True),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("tokens", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_annotations_question_model_prompt", "annotations", ["question", "model", "prompt"], unique=True)
    op.create_index("ix_annotations_at", "annotations", ["at"])
