"""What many were told of one thing is found by what it is about"""

from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_notifications_reference", "notifications", ["reference"])


def downgrade() -> None:
    op.drop_index("ix_notifications_reference", "notifications")
