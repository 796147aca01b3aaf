"""Two sides stay two parties while their session is open, and when it is rated"""

from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

ENDED = "'archived', 'cancelled', 'completed', 'escalated', 'expired', 'refunded'"
TABLES = ("accounts", "mechanics")


def upgrade() -> None:
    """Who takes a session is checked when they take it; this is for ties that come afterwards."""
    op.execute(
        f"""
        CREATE FUNCTION check_no_session_between() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (
                SELECT FROM sessions WHERE status NOT IN ({ENDED}) AND mechanic_id IS NOT NULL AND (
                    (customer_id = NEW.id AND NEW.workshop_id = ANY (workshops_of(mechanic_id)))
                    OR (mechanic_id = NEW.id AND NEW.workshop_id = ANY (workshops_of(customer_id)))
                )
            ) THEN
                RAISE EXCEPTION 'a session of account % is open', NEW.id
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_sessions_stay_independent';
            END IF;
            RETURN NEW;
        END $$
        """
    )
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER {table}_stay_independent BEFORE UPDATE ON {table} FOR EACH ROW "
            "WHEN (NEW.workshop_id IS NOT NULL AND NEW.workshop_id IS DISTINCT FROM "
            "OLD.workshop_id) EXECUTE FUNCTION check_no_session_between()"
        )
    op.execute(
        """
        CREATE FUNCTION check_rating() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF workshops_of(NEW.customer_id) && workshops_of(NEW.mechanic_id) THEN
                RAISE EXCEPTION 'session % is rated by the workshop that gave it', NEW.session_id
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_ratings_independent';
            END IF;
            RETURN NEW;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER ratings_independent BEFORE INSERT ON ratings "
        "FOR EACH ROW EXECUTE FUNCTION check_rating()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER ratings_independent ON ratings")
    op.execute("DROP FUNCTION check_rating")
    for table in TABLES:
        op.execute(f"DROP TRIGGER {table}_stay_independent ON {table}")
    op.execute("DROP FUNCTION check_no_session_between")
