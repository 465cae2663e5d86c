"""What a watch remembers: pages, their versions and readings, findings with their history, runs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "bodies",
        sa.Column("text_hash", sa.Text, nullable=False),
        sa.Column("media", sa.Text, nullable=False),
        sa.Column("charset", sa.Text, nullable=True),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("packed", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("text_hash", name="pk_bodies"),
    )
    op.create_table(
        "findings",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("slot", sa.Text, nullable=False),
        sa.Column("policy", sa.Text, nullable=False),
        sa.Column("term", sa.Text, nullable=False),
        sa.Column("article", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("statement", sa.Text, nullable=False),
        sa.Column("cause", sa.Text, nullable=False),
        sa.Column("opened", INSTANT, nullable=False),
        sa.Column("first_diverged", INSTANT, nullable=False),
        sa.Column("last_diverged", INSTANT, nullable=False),
        sa.Column("last_agreed", INSTANT, nullable=True),
        sa.Column("last_without", INSTANT, nullable=True),
        sa.Column("agreed_again", INSTANT, nullable=True),
        sa.Column("resolved", INSTANT, nullable=True),
        sa.Column("gone", INSTANT, nullable=True),
        sa.Column("regressions", sa.Integer, nullable=False),
        sa.Column("before", sa.Text, nullable=True),
        sa.Column("acknowledged_by", sa.Text, nullable=True),
        sa.Column("acknowledged_at", INSTANT, nullable=True),
        sa.Column("text_hash", sa.Text, nullable=False),
        sa.Column("policies", sa.Text, nullable=False),
        sa.Column("reader", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_findings"),
    )
    op.create_index("ix_findings_article", "findings", ["article"])
    op.create_index("ix_findings_policy_term", "findings", ["policy", "term"])
    op.create_table(
        "notes",
        sa.Column("id", NUMBER, sa.Identity(), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("article", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("slot", sa.Text, nullable=False),
        sa.Column("policy", sa.Text, nullable=True),
        sa.Column("term", sa.Text, nullable=True),
        sa.Column("was", sa.Text, nullable=False),
        sa.Column("became", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
    )
    op.create_index("ix_notes_at", "notes", ["at"])
    op.create_table(
        "pages",
        sa.Column("id", NUMBER, sa.Identity(), nullable=False),
        sa.Column("article", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("published_as", sa.Text, nullable=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("etag", sa.Text, nullable=True),
        sa.Column("last_modified", sa.Text, nullable=True),
        sa.Column("text_hash", sa.Text, nullable=False),
        sa.Column("first_read", INSTANT, nullable=True),
        sa.Column("read_at", INSTANT, nullable=True),
        sa.Column("full_read_at", INSTANT, nullable=True),
        sa.Column("tried_at", INSTANT, nullable=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("blind", sa.Text, nullable=True),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("blind_since", INSTANT, nullable=True),
        sa.Column("gone_since", INSTANT, nullable=True),
        sa.Column("unsteady_at", INSTANT, nullable=True),
        sa.Column("run_id", NUMBER, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_pages"),
    )
    op.create_index("ix_pages_article", "pages", ["article"], unique=True)
    op.create_index("ix_pages_source", "pages", ["source"])
    op.create_table(
        "runs",
        sa.Column("id", NUMBER, sa.Identity(), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("started", INSTANT, nullable=False),
        sa.Column("beat", INSTANT, nullable=False),
        sa.Column("policies", sa.Text, nullable=False),
        sa.Column("reader", sa.Text, nullable=False),
        sa.Column("ended", INSTANT, nullable=True),
        sa.Column("failure", sa.Text, nullable=False),
        sa.Column("counts", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
    )
    op.create_index("ix_runs_source_started", "runs", ["source", "started"])
    op.create_table(
        "silences",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("until", INSTANT, nullable=False),
        sa.Column("finding", sa.Text, nullable=True),
        sa.Column("policy", sa.Text, nullable=True),
        sa.Column("term", sa.Text, nullable=True),
        sa.Column("article", sa.Text, nullable=True),
        sa.Column("hidden", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_silences"),
    )
    op.create_table(
        "links",
        sa.Column(
            "page_id", NUMBER, sa.ForeignKey("pages.id", name="fk_links_page_id"), autoincrement=False, nullable=False
        ),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("packed", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("page_id", name="pk_links"),
    )
    op.create_table(
        "readings",
        sa.Column(
            "page_id",
            NUMBER,
            sa.ForeignKey("pages.id", name="fk_readings_page_id"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("text_hash", sa.Text, nullable=False),
        sa.Column("policies", sa.Text, nullable=False),
        sa.Column("reader", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=True),
        sa.Column("claims", sa.Integer, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("page_id", name="pk_readings"),
    )
    op.create_table(
        "statements",
        sa.Column(
            "page_id",
            NUMBER,
            sa.ForeignKey("pages.id", name="fk_statements_page_id"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("position", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("policy", sa.Text, nullable=False),
        sa.Column("term", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("page_id", "position", name="pk_statements"),
    )
    op.create_index("ix_statements_policy_term", "statements", ["policy", "term"])
    op.create_table(
        "transitions",
        sa.Column("id", NUMBER, sa.Identity(), nullable=False),
        sa.Column("finding", sa.Text, sa.ForeignKey("findings.id", name="fk_transitions_finding"), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("state_before", sa.Text, nullable=True),
        sa.Column("state_after", sa.Text, nullable=False),
        sa.Column("seen", sa.Text, nullable=True),
        sa.Column("cause", sa.Text, nullable=True),
        sa.Column("published", sa.Text, nullable=True),
        sa.Column("expected", sa.Text, nullable=True),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("made_by", sa.Text, nullable=True),
        sa.Column("text_before", sa.Text, nullable=False),
        sa.Column("text_after", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_transitions"),
    )
    op.create_index("ix_transitions_finding", "transitions", ["finding"])
    op.create_table(
        "versions",
        sa.Column("id", NUMBER, sa.Identity(), nullable=False),
        sa.Column("page_id", NUMBER, sa.ForeignKey("pages.id", name="fk_versions_page_id"), nullable=False),
        sa.Column("text_hash", sa.Text, nullable=False),
        sa.Column(
            "body_hash", sa.Text, sa.ForeignKey("bodies.text_hash", name="fk_versions_body_hash"), nullable=False
        ),
        sa.Column("reader", sa.Text, nullable=False),
        sa.Column("first_seen", INSTANT, nullable=False),
        sa.Column("last_seen", INSTANT, nullable=True),
        sa.Column("final_url", sa.Text, nullable=True),
        sa.Column("status", sa.Integer, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_versions"),
    )
    op.create_index("ix_versions_body_hash", "versions", ["body_hash"])
    op.create_index("ix_versions_page_id", "versions", ["page_id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE bodies ALTER COLUMN packed SET STORAGE EXTERNAL")  # it is compressed already
