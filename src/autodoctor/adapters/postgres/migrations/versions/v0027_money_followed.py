"""Money followed to its final status: failures, other amounts, issues for staff, payouts"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0025"
branch_labels = None
depends_on = None

ENTRY_KINDS = (
    "charge dispute_lost dispute_opened dispute_won refund release reversal split transfer"
)
ACCOUNTS = "disputed held losses mechanic platform processor workshop"
STATUSES = "done due held void"
NEW_ENTRY_KINDS = f"{ENTRY_KINDS} refund_failed reversal_failed settlement"
NEW_ACCOUNTS = f"{ACCOUNTS} bank owed"
NEW_STATUSES = f"{STATUSES} failed pending"
OCCASIONS = (
    "mechanic_approved new_request payment_failed quote_created refund_processed "
    "request_accepted session_ended starting_soon workshop_escalation"
)
NEW_OCCASIONS = (
    f"{OCCASIONS} earnings_reduced mechanic_released money_issue payout_failed refund_failed"
)
MOVEMENTS = ("transfers", "refunds", "reversals")


def _one_of(table: str, column: str, values: str) -> None:
    listed = ", ".join(f"'{value}'" for value in sorted(values.split()))
    name = op.f(f"ck_{table}_{column}")
    op.drop_constraint(name, table, type_="check")
    op.create_check_constraint(name, table, f"{column} IN ({listed})")


def upgrade() -> None:
    _one_of("entries", "kind", NEW_ENTRY_KINDS)
    _one_of("postings", "account", NEW_ACCOUNTS)
    _one_of("muted", "occasion", NEW_OCCASIONS)
    for table in MOVEMENTS:
        _one_of(table, "status", NEW_STATUSES)
        failure = sa.Column("failure", sa.Text(), server_default="", nullable=False)
        op.add_column(table, failure)
    op.drop_constraint(op.f("uq_transfers_session_id_account"), "transfers", type_="unique")
    op.create_index(
        "uq_transfers_party",
        "transfers",
        ["session_id", "account"],
        unique=True,
        postgresql_where=sa.text("status NOT IN ('failed', 'void')"),
    )
    op.drop_constraint(op.f("uq_refunds_checkout_id_reason"), "refunds", type_="unique")
    op.create_index(
        "uq_refunds_reason",
        "refunds",
        ["checkout_id", "reason"],
        unique=True,
        postgresql_where=sa.text("status <> 'void'"),
    )
    op.add_column("checkouts", sa.Column("received_minor", sa.BigInteger(), nullable=True))
    op.add_column("checkouts", sa.Column("received_currency", sa.Text(), nullable=True))
    op.create_check_constraint(
        op.f("ck_checkouts_received"),
        "checkouts",
        "num_nulls(received_minor, received_currency) IN (0, 2)",
    )
    _issues()
    _payouts()


def _issues() -> None:
    op.create_table(
        "money_issues",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("checkout_id", sa.Uuid(), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolution", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('amount_differs', 'payout_failed', 'refund_at_provider', 'refund_failed', "
            "'reversal_at_provider', 'reversal_failed', 'transfer_failed')",
            name=op.f("ck_money_issues_kind"),
        ),
        sa.CheckConstraint(
            "resolution IN ('noted', 'retried', 'settled')",
            name=op.f("ck_money_issues_resolution"),
        ),
        sa.CheckConstraint(
            "num_nulls(resolution, closed_at, closed_by) IN (0, 3)",
            name=op.f("ck_money_issues_closed"),
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_money_issues_session_id")
        ),
        sa.ForeignKeyConstraint(
            ["checkout_id"], ["checkouts.id"], name=op.f("fk_money_issues_checkout_id")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["accounts.id"], name=op.f("fk_money_issues_closed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_money_issues")),
        sa.UniqueConstraint("kind", "subject_id", name=op.f("uq_money_issues_kind_subject_id")),
        comment="Money that needs a person; see domain/revenue/issue.py.",
    )
    for column in ("session_id", "checkout_id", "closed_by"):
        op.create_index(op.f(f"ix_money_issues_{column}"), "money_issues", [column])
    op.create_index(
        "ix_money_issues_open",
        "money_issues",
        ["opened_at"],
        postgresql_where=sa.text("resolution IS NULL"),
    )


def _payouts() -> None:
    op.create_table(
        "payouts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("failure", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("account IN ('mechanic', 'workshop')", name=op.f("ck_payouts_account")),
        sa.CheckConstraint(
            "status IN ('canceled', 'failed', 'paid', 'pending')", name=op.f("ck_payouts_status")
        ),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_payouts_amount")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payouts")),
        sa.UniqueConstraint("provider_id", name=op.f("uq_payouts_provider_id")),
        comment="What payout accounts sent to their owners' banks; the provider makes it.",
    )
    op.create_index(op.f("ix_payouts_owner_id"), "payouts", ["owner_id"])


def downgrade() -> None:
    """What the new words say cannot be said in the old ones: with such rows it is refused."""
    op.drop_table("payouts")
    op.drop_table("money_issues")
    op.drop_constraint(op.f("ck_checkouts_received"), "checkouts", type_="check")
    op.drop_column("checkouts", "received_currency")
    op.drop_column("checkouts", "received_minor")
    op.drop_index("uq_refunds_reason", "refunds")
    op.create_unique_constraint(
        op.f("uq_refunds_checkout_id_reason"), "refunds", ["checkout_id", "reason"]
    )
    op.drop_index("uq_transfers_party", "transfers")
    op.create_unique_constraint(
        op.f("uq_transfers_session_id_account"), "transfers", ["session_id", "account"]
    )
    for table in MOVEMENTS:
        op.drop_column(table, "failure")
        _one_of(table, "status", STATUSES)
    _one_of("muted", "occasion", OCCASIONS)
    _one_of("postings", "account", ACCOUNTS)
    _one_of("entries", "kind", ENTRY_KINDS)
