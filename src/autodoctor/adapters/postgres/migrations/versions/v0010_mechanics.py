"""What mechanics tell of themselves on the way in"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("answers", JSONB(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_drafts_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("account_id", name=op.f("uq_drafts_account_id")),
    )
    op.create_index(
        "ix_drafts_unclaimed",
        "drafts",
        ["email"],
        unique=False,
        postgresql_where=sa.text("account_id IS NULL"),
    )
    op.create_table(
        "particulars",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("date_of_birth", sa.Date(), nullable=True),
        sa.Column("street", sa.Text(), nullable=False),
        sa.Column("province", sa.Text(), nullable=False),
        sa.Column("postal_code", sa.Text(), nullable=False),
        sa.Column("languages", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("certifications", JSONB(), nullable=False),
        sa.Column("red_seal_number", sa.Text(), nullable=False),
        sa.Column("insurance_number", sa.Text(), nullable=False),
        sa.Column("insurance_expires_on", sa.Date(), nullable=True),
        sa.Column("background_check_agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("service_tier", sa.Text(), nullable=True),
        sa.Column("virtual_only_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("payout_country", sa.Text(), nullable=False),
        sa.Column("photo_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "service_tier IN ('virtual_and_workshop', 'virtual_only')",
            name=op.f("ck_particulars_service_tier"),
        ),
        sa.ForeignKeyConstraint(["id"], ["mechanics.id"], name=op.f("fk_particulars_id")),
        sa.ForeignKeyConstraint(["photo_id"], ["files.id"], name=op.f("fk_particulars_photo_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_particulars")),
        comment="Of mechanics; customers read none of it.",
    )
    op.create_index(op.f("ix_particulars_photo_id"), "particulars", ["photo_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_particulars_photo_id"), table_name="particulars")
    op.drop_table("particulars")
    op.drop_index(
        "ix_drafts_unclaimed", table_name="drafts", postgresql_where=sa.text("account_id IS NULL")
    )
    op.drop_table("drafts")
