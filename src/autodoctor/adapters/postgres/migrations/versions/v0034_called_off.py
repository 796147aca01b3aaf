"""Sessions that were called off are found by when that was"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_events_called_off",
        "events",
        ["at"],
        postgresql_where=sa.text("kind = 'SessionCancelled'"),
    )


def downgrade() -> None:
    op.drop_index("ix_events_called_off", table_name="events")
