"""Run by Alembic: migrate over the connection that `drift.store.schema` hands in, within its transaction."""

from __future__ import annotations

from alembic import context

from drift.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
