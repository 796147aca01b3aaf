"""Who booked a session does not take it, nor somebody of their workshop"""

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A trigger, for it looks into other tables; and only when the parties change, so that what
    was taken before can still be ended and archived."""
    op.execute(
        """
        CREATE FUNCTION workshops_of(account uuid) RETURNS uuid[] LANGUAGE sql STABLE AS $$
            SELECT coalesce(array_agg(workshop_id), '{}') FROM (
                SELECT workshop_id FROM accounts WHERE id = account
                UNION SELECT workshop_id FROM mechanics WHERE id = account
            ) theirs WHERE workshop_id IS NOT NULL
        $$
        """
    )
    op.execute(
        """
        CREATE FUNCTION check_parties() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.customer_id = NEW.mechanic_id
                OR workshops_of(NEW.customer_id) && workshops_of(NEW.mechanic_id)
            THEN
                RAISE EXCEPTION 'session % is on both sides the same', NEW.id
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_sessions_independent';
            END IF;
            RETURN NEW;
        END $$
        """
    )
    for name, event, when in (
        ("added", "INSERT", "NEW.mechanic_id IS NOT NULL"),
        (
            "taken",
            "UPDATE",
            "NEW.mechanic_id IS NOT NULL AND (NEW.mechanic_id, NEW.customer_id) "
            "IS DISTINCT FROM (OLD.mechanic_id, OLD.customer_id)",
        ),
    ):
        op.execute(
            f"CREATE TRIGGER sessions_{name}_independently BEFORE {event} ON sessions "
            f"FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION check_parties()"
        )


def downgrade() -> None:
    for name in ("added", "taken"):
        op.execute(f"DROP TRIGGER sessions_{name}_independently ON sessions")
    op.execute("DROP FUNCTION check_parties")
    op.execute("DROP FUNCTION workshops_of")
