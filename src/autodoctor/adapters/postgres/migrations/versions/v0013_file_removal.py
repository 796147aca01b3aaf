"""Files that nobody needs any more are taken away, by the platform alone"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "CREATE POLICY removers ON files FOR DELETE "
        "USING (current_setting('autodoctor.role', true) IN ('system', 'admin'))"
    )


def downgrade() -> None:
    op.execute("DROP POLICY removers ON files")
