"""Work that was done under an Idempotency-Key is known to be, also without its answer"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

COMMENT = (
    "What was answered to requests with an Idempotency-Key; without a status one is "
    "under way until its lease"
)


def upgrade() -> None:
    op.add_column(
        "answers",
        sa.Column("performed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.create_table_comment(
        "answers", f"{COMMENT}, or its answer is lost.", existing_comment=f"{COMMENT}."
    )


def downgrade() -> None:
    op.create_table_comment(
        "answers", f"{COMMENT}.", existing_comment=f"{COMMENT}, or its answer is lost."
    )
    op.drop_column("answers", "performed")
