"""Alembic's entry: runs on the connection it is handed."""

from alembic import context
from sqlalchemy.engine import Connection

from autodoctor.adapters.postgres.tables import metadata


def run() -> None:
    connection: Connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=metadata,
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
