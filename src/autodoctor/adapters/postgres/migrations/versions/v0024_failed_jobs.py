"""Work in the background that fails: counted, put off, given up, and shown to staff"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

QUEUES = {
    "timers": "true",
    "presence": "true",
    "deliveries": "done_at IS NULL",
    "mails": "sent_at IS NULL",
}
COUNTED = ("timers", "presence")
"""The queues that did not count their attempts so far."""


def upgrade() -> None:
    for table, undone in QUEUES.items():
        _add_tries(table, undone)
    op.add_column("presence", sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table_comment(
        "presence",
        "A lease: who has an open room, refreshed by the stream, lapsing by itself. "
        "`retry_at` holds back a departure that was claimed or failed.",
    )
    _index_due("given_up_at IS NULL", " AND given_up_at IS NULL")
    op.execute("UPDATE mails SET failing_since = created_at WHERE last_error IS NOT NULL")


def _add_tries(table: str, undone: str) -> None:
    if table in COUNTED:
        attempts = sa.Column("attempts", sa.Integer(), server_default="0", nullable=False)
        op.add_column(table, attempts)
        op.add_column(table, sa.Column("last_error", sa.Text(), nullable=True))
    for name in ("failing_since", "given_up_at"):
        if name == "failing_since" or table != "mails":
            op.add_column(table, sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    failed = sa.text(f"last_error IS NOT NULL AND {undone}")
    op.create_index(f"ix_{table}_failing_since", table, ["failing_since"], postgresql_where=failed)


def _index_due(timers: str | None, deliveries: str) -> None:
    op.drop_index("ix_timers_due", table_name="timers")
    op.drop_index("ix_deliveries_due", table_name="deliveries")
    open_timers = None if timers is None else sa.text(timers)
    open_deliveries = sa.text(f"done_at IS NULL{deliveries}")
    op.create_index("ix_timers_due", "timers", ["due_at"], postgresql_where=open_timers)
    op.create_index("ix_deliveries_due", "deliveries", ["due_at"], postgresql_where=open_deliveries)


def downgrade() -> None:
    _index_due(None, "")
    op.create_table_comment(
        "presence",
        "A lease: who has an open room, refreshed by the stream, lapsing by itself.",
    )
    op.drop_column("presence", "retry_at")
    for table in QUEUES:
        op.drop_index(f"ix_{table}_failing_since", table_name=table)
        op.drop_column(table, "failing_since")
        if table != "mails":
            op.drop_column(table, "given_up_at")
        if table in COUNTED:
            op.drop_column(table, "last_error")
            op.drop_column(table, "attempts")
