"""A shift goes on through its sessions: when a mechanic last became free is kept beside its begin"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

CHECK = "ck_mechanics_free_since"


def upgrade() -> None:
    op.add_column("mechanics", sa.Column("free_since", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        """
        UPDATE mechanics SET free_since = on_shift_since, on_shift_since = shifts.began_at
        FROM shifts
        WHERE shifts.mechanic_id = mechanics.id AND shifts.ended_at IS NULL
            AND shifts.began_at < mechanics.on_shift_since
        """
    )
    op.create_check_constraint(
        op.f(CHECK), "mechanics", "free_since IS NULL OR on_shift_since IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_constraint(op.f(CHECK), "mechanics", type_="check")
    op.execute("UPDATE mechanics SET on_shift_since = free_since WHERE free_since IS NOT NULL")
    op.drop_column("mechanics", "free_since")
