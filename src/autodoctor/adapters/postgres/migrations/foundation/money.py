"""The ledger, what was agreed, disputes."""

import sqlalchemy as sa
from alembic import op


def upgrade() -> None:
    _agreements()
    _disputes()
    _entries()
    _postings()


def _agreements() -> None:
    op.create_table(
        "agreements",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("mechanic_id", sa.Uuid(), nullable=False),
        sa.Column("workshop_id", sa.Uuid(), nullable=True),
        sa.Column("platform_rate", sa.Integer(), nullable=False),
        sa.Column("workshop_rate", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mechanic_id"], ["mechanics.id"], name=op.f("fk_agreements_mechanic_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_agreements_session_id")
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshops.id"], name=op.f("fk_agreements_workshop_id")
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_agreements")),
        comment="Who earns in a session and at which rates (basis points), whatever they become.",
    )
    op.create_index(op.f("ix_agreements_mechanic_id"), "agreements", ["mechanic_id"], unique=False)
    op.create_index(op.f("ix_agreements_workshop_id"), "agreements", ["workshop_id"], unique=False)


def _disputes() -> None:
    op.create_table(
        "disputes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("checkout_id", sa.Uuid(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("won", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["checkout_id"], ["checkouts.id"], name=op.f("fk_disputes_checkout_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_disputes_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disputes")),
        sa.UniqueConstraint("provider_id", name=op.f("uq_disputes_provider_id")),
    )
    op.create_index(op.f("ix_disputes_checkout_id"), "disputes", ["checkout_id"], unique=False)
    op.create_index(
        "ix_disputes_open",
        "disputes",
        ["session_id"],
        unique=False,
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(op.f("ix_disputes_session_id"), "disputes", ["session_id"], unique=False)


def _entries() -> None:
    op.create_table(
        "entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("checkout_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('charge', 'dispute_lost', 'dispute_opened', 'dispute_won', 'refund', 'release', 'reversal', 'split', 'transfer')",
            name=op.f("ck_entries_kind"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(session_id, checkout_id) = 1", name=op.f("ck_entries_about_one_thing")
        ),
        sa.ForeignKeyConstraint(
            ["checkout_id"], ["checkouts.id"], name=op.f("fk_entries_checkout_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_entries_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entries")),
        sa.UniqueConstraint("key", name=op.f("uq_entries_key")),
        sa.UniqueConstraint("position", name=op.f("uq_entries_position")),
    )
    op.create_index(op.f("ix_entries_checkout_id"), "entries", ["checkout_id"], unique=False)
    op.create_index(op.f("ix_entries_session_id"), "entries", ["session_id"], unique=False)


def _postings() -> None:
    op.create_table(
        "postings",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "account IN ('disputed', 'held', 'losses', 'mechanic', 'platform', 'processor', 'workshop')",
            name=op.f("ck_postings_account"),
        ),
        sa.CheckConstraint("amount_minor <> 0", name=op.f("ck_postings_amount")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_postings_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", "number", name=op.f("pk_postings")),
    )
    op.create_index("ix_postings_account", "postings", ["account", "owner_id"], unique=False)


def downgrade() -> None:
    op.drop_table("postings")
    op.drop_table("entries")
    op.drop_table("disputes")
    op.drop_table("agreements")
