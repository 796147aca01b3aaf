"""Listing people newest first; an audit log that cannot be emptied either"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_accounts_created_at", "accounts", ["created_at", "id"])
    op.execute(
        "CREATE TRIGGER audit_never_emptied BEFORE TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER audit_never_emptied ON audit")
    op.drop_index("ix_accounts_created_at", table_name="accounts")
