"""A shift goes on through its sessions, and a report that is ready is news"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

CHECK = "ck_mechanics_free_since"
OCCASIONS = (
    "earnings_reduced mechanic_approved mechanic_released money_issue new_request payment_failed "
    "payment_received payout_failed quote_created refund_failed refund_processed request_accepted "
    "session_ended starting_soon workshop_escalation"
)


def _occasions(values: str) -> None:
    listed = ", ".join(f"'{value}'" for value in sorted(values.split()))
    name = op.f("ck_muted_occasion")
    op.drop_constraint(name, "muted", type_="check")
    op.create_check_constraint(name, "muted", f"occasion IN ({listed})")


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
    _occasions(f"{OCCASIONS} report_ready")


def downgrade() -> None:
    op.execute("DELETE FROM muted WHERE occasion = 'report_ready'")
    _occasions(OCCASIONS)
    op.drop_constraint(op.f(CHECK), "mechanics", type_="check")
    op.execute("UPDATE mechanics SET on_shift_since = free_since WHERE free_since IS NOT NULL")
    op.drop_column("mechanics", "free_since")
