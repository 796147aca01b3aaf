"""A payment that was received is news, too"""

from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

OCCASIONS = (
    "earnings_reduced mechanic_approved mechanic_released money_issue new_request payment_failed "
    "payout_failed quote_created refund_failed refund_processed request_accepted session_ended "
    "starting_soon workshop_escalation"
)


def _occasions(values: str) -> None:
    listed = ", ".join(f"'{value}'" for value in sorted(values.split()))
    name = op.f("ck_muted_occasion")
    op.drop_constraint(name, "muted", type_="check")
    op.create_check_constraint(name, "muted", f"occasion IN ({listed})")


def upgrade() -> None:
    _occasions(f"{OCCASIONS} payment_received")


def downgrade() -> None:
    op.execute("DELETE FROM muted WHERE occasion = 'payment_received'")
    _occasions(OCCASIONS)
