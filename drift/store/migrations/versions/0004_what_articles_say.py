"""What a page says of each term to the other articles of its source.

It is not known of what was read before: a version of drift that keeps it judges everything stored anew.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("readings", sa.Column("said", sa.Text, nullable=True))
