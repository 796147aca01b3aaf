"""the foundation"""

from alembic import op

from autodoctor.adapters.postgres.migrations.foundation import (
    accounts,
    booking,
    mechanics,
    money,
    movements,
    operations,
    plans,
    room,
    sessions,
    telling,
    workshops,
)

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

IN_ORDER = (
    plans,
    workshops,
    accounts,
    mechanics,
    booking,
    sessions,
    money,
    movements,
    room,
    operations,
    telling,
)
"""Each leans on those before it alone."""


def upgrade() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    for context in IN_ORDER:
        context.upgrade()


def downgrade() -> None:
    for context in reversed(IN_ORDER):
        context.downgrade()
