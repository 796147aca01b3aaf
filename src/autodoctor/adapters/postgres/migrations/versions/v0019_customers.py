"""Where customers live, their photo, and what people would rather not be told"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "customer_details",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("street", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("province", sa.Text(), nullable=False),
        sa.Column("postal_code", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("photo_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("country ~ '^([A-Z]{2})?$'", name=op.f("ck_customer_details_country")),
        sa.ForeignKeyConstraint(["id"], ["accounts.id"], name=op.f("fk_customer_details_id")),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["files.id"], name=op.f("fk_customer_details_photo_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_details")),
        comment="Matching reads the city and the country, mechanics none of it but the photo.",
    )
    op.create_index(op.f("ix_customer_details_photo_id"), "customer_details", ["photo_id"])
    op.create_table(
        "muted",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "role IN ('admin', 'corporate', 'customer', 'mechanic', 'workshop')",
            name=op.f("ck_muted_role"),
        ),
        sa.CheckConstraint(
            "occasion IN ('mechanic_approved', 'new_request', 'payment_failed', 'quote_created', "
            "'refund_processed', 'request_accepted', 'session_ended', 'starting_soon', "
            "'workshop_escalation')",
            name=op.f("ck_muted_occasion"),
        ),
        sa.CheckConstraint(
            "channel IN ('email', 'in_app', 'push', 'sms')", name=op.f("ck_muted_channel")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_muted_account_id")),
        sa.PrimaryKeyConstraint("account_id", "role", "occasion", "channel", name=op.f("pk_muted")),
        comment="What people would rather not be told, in each of their roles.",
    )


def downgrade() -> None:
    op.drop_table("muted")
    op.drop_table("customer_details")
