"""Claims by providers that vouch for no address, until their owner has shown which is theirs"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "claims",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state_hash", sa.LargeBinary(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("claimed_email", sa.Text(), nullable=False),
        sa.Column("following", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("code_hash", sa.LargeBinary(), nullable=True),
        sa.Column("code_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("tries BETWEEN 0 AND 5", name=op.f("ck_claims_tries")),
        sa.CheckConstraint("sent BETWEEN 0 AND 3", name=op.f("ck_claims_sent")),
        sa.CheckConstraint(
            "num_nulls(email, code_hash, code_expires_at) IN (0, 3)",
            name=op.f("ck_claims_asked"),
        ),
        sa.CheckConstraint("used_at IS NULL OR email IS NOT NULL", name=op.f("ck_claims_used")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
        sa.UniqueConstraint("state_hash", name=op.f("uq_claims_state_hash")),
        comment="Somebody whom a provider knows, and who has to show which address is theirs.",
    )


def downgrade() -> None:
    op.drop_table("claims")
