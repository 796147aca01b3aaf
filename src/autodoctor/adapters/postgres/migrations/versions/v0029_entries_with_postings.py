"""An entry of the ledger has at least two postings, and events are never changed"""

from alembic import op

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


def downgrade() -> None:
    op.execute("DROP TRIGGER events_append_only ON events")
    op.execute("DROP TRIGGER entries_postings ON entries")
    op.execute("DROP FUNCTION check_entry_has_postings")
