"""Answers kept for requests that are sent again, and mails that are given up"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _answers()
    op.add_column("mails", sa.Column("attempts", sa.Integer(), server_default="0", nullable=False))
    op.add_column("mails", sa.Column("last_error", sa.Text(), nullable=True))
    op.add_column("mails", sa.Column("given_up_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_index("ix_mails_unsent", table_name="mails")
    op.create_index(
        "ix_mails_waiting",
        "mails",
        ["due_at"],
        postgresql_where=sa.text("sent_at IS NULL AND given_up_at IS NULL"),
    )
    op.create_index(
        "ix_mails_troubled",
        "mails",
        ["created_at"],
        postgresql_where=sa.text("last_error IS NOT NULL"),
    )


def _answers() -> None:
    op.create_table(
        "answers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("lease", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("media_type", sa.Text(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("(status IS NULL) = (body IS NULL)", name=op.f("ck_answers_answered")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_answers_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
        sa.UniqueConstraint("account_id", "key", name=op.f("uq_answers_account_id_key")),
        comment="What was answered to requests with an Idempotency-Key; without a status one is under way until its lease.",
    )


def downgrade() -> None:
    op.drop_index("ix_mails_troubled", table_name="mails")
    op.drop_index("ix_mails_waiting", table_name="mails")
    op.create_index(
        "ix_mails_unsent", "mails", ["due_at"], postgresql_where=sa.text("sent_at IS NULL")
    )
    for column in ("given_up_at", "last_error", "attempts"):
        op.drop_column("mails", column)
    op.drop_table("answers")
