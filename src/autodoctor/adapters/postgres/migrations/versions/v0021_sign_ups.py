"""Any number of sign-ups may wait with one address; one account verifies it"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

VERIFIED = sa.text("verified_at IS NOT NULL")
UNCLAIMED = sa.text("account_id IS NULL")


def upgrade() -> None:
    op.drop_constraint("uq_accounts_email", "accounts", type_="unique")
    op.create_index("ix_accounts_email", "accounts", ["email"])
    op.create_index(
        "uq_accounts_email", "accounts", ["email"], unique=True, postgresql_where=VERIFIED
    )
    op.drop_index("ix_drafts_unclaimed", table_name="drafts", postgresql_where=UNCLAIMED)
    op.add_column("drafts", sa.Column("sign_up_id", sa.Uuid(), nullable=True))
    op.create_foreign_key("fk_drafts_sign_up_id", "drafts", "accounts", ["sign_up_id"], ["id"])
    op.create_unique_constraint("uq_drafts_sign_up_id", "drafts", ["sign_up_id"])
    op.execute(_DRAFTS_OF_WAITING_SIGN_UPS)


_DRAFTS_OF_WAITING_SIGN_UPS = """
UPDATE drafts SET sign_up_id = newest.account_id
FROM (
    SELECT DISTINCT ON (a.id) d.id AS draft_id, a.id AS account_id
    FROM drafts d JOIN accounts a ON a.email = d.email
    WHERE d.account_id IS NULL AND a.verified_at IS NULL
    ORDER BY a.id, d.changed_at DESC, d.id DESC
) AS newest
WHERE drafts.id = newest.draft_id
"""
"""Until now an address had one account, and the draft changed last went to it."""


def downgrade() -> None:
    op.drop_constraint("uq_drafts_sign_up_id", "drafts", type_="unique")
    op.drop_constraint("fk_drafts_sign_up_id", "drafts", type_="foreignkey")
    op.drop_column("drafts", "sign_up_id")
    op.create_index("ix_drafts_unclaimed", "drafts", ["email"], postgresql_where=UNCLAIMED)
    op.drop_index("uq_accounts_email", table_name="accounts")
    op.drop_index("ix_accounts_email", table_name="accounts")
    op.execute(_ONE_SIGN_UP_FOR_EACH_ADDRESS)
    op.create_unique_constraint("uq_accounts_email", "accounts", ["email"])


_ONE_SIGN_UP_FOR_EACH_ADDRESS = """
UPDATE accounts SET email = 'unverified-' || id || '@closed.invalid'
WHERE verified_at IS NULL AND EXISTS (
    SELECT FROM accounts other
    WHERE other.email = accounts.email AND other.id <> accounts.id
    AND (other.verified_at IS NOT NULL OR (other.created_at, other.id) > (accounts.created_at, accounts.id))
)
"""
"""The verified one keeps its address, else the newest; the others can not be logged in to."""
