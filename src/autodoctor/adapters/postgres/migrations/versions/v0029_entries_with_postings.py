"""An entry of the ledger has at least two postings, events are never changed, and the books are
compared with the provider"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Looked at when the transaction commits, when all postings of an entry are there."""
    op.execute(
        """
        CREATE FUNCTION check_entry_has_postings() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF (SELECT count(*) FROM postings WHERE entry_id = NEW.id) < 2 THEN
                RAISE EXCEPTION 'entry % has fewer than two postings', NEW.id
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_entries_postings';
            END IF;
            RETURN NULL;
        END $$
        """
    )
    op.execute(
        """
        CREATE CONSTRAINT TRIGGER entries_postings AFTER INSERT ON entries
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_entry_has_postings()
        """
    )
    op.execute(
        "CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE ON events "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.create_table(
        "money_checks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked", sa.Integer(), nullable=False),
        sa.Column("under_way", sa.Integer(), nullable=False),
        sa.Column("differences", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_money_checks")),
        comment="What comparing sessions, ledger and the provider found.",
    )
    op.create_index("ix_money_checks_at", "money_checks", ["at"])


def downgrade() -> None:
    op.drop_table("money_checks")
    op.execute("DROP TRIGGER events_append_only ON events")
    op.execute("DROP TRIGGER entries_postings ON entries")
    op.execute("DROP FUNCTION check_entry_has_postings")
