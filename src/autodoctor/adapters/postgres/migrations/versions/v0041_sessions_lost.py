"""Mechanics are told that a session they accepted is theirs no more"""

from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

OCCASIONS = (
    "dispute_decided earnings_reduced mechanic_approved mechanic_released money_issue new_request "
    "payment_failed payment_received payout_failed quote_created refund_failed refund_processed "
    "report_ready request_accepted session_ended starting_soon workshop_escalation"
)


def _occasions(values: str) -> None:
    listed = ", ".join(f"'{value}'" for value in sorted(values.split()))
    name = op.f("ck_muted_occasion")
    op.drop_constraint(name, "muted", type_="check")
    op.create_check_constraint(name, "muted", f"occasion IN ({listed})")


def upgrade() -> None:
    _occasions(f"{OCCASIONS} session_lost")


def downgrade() -> None:
    op.execute("DELETE FROM muted WHERE occasion = 'session_lost'")
    _occasions(OCCASIONS)
