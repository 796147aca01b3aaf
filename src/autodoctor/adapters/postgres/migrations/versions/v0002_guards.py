"""The last words that tables alone cannot say: triggers and row-level security"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

APPEND_ONLY = ("entries", "postings", "waivers")

ROLE = "current_setting('autodoctor.role', true)"
ACCOUNT = "nullif(current_setting('autodoctor.account', true), '')::uuid"
STAFF = f"{ROLE} IN ('system', 'admin')"

IN_SESSION = f"""EXISTS (
    SELECT 1 FROM sessions s
    WHERE s.id = {{table}}.session_id AND {ACCOUNT} IN (s.customer_id, s.mechanic_id))"""

OFFERED = f"""{ROLE} = 'mechanic' AND EXISTS (
    SELECT 1 FROM sessions s
    WHERE s.intake_id = files.intake_id
      AND (s.status = 'waiting' OR s.mechanic_id = {ACCOUNT}))"""

READERS = {
    "messages": f"{STAFF} OR {IN_SESSION.format(table='messages')}",
    "files": f"""{STAFF} OR owner_id = {ACCOUNT}
        OR {IN_SESSION.format(table="files")} OR ({OFFERED})""",
    "notes": f"{STAFF} OR mechanic_id = {ACCOUNT}",
}
WRITERS = {
    "messages": f"author_id = {ACCOUNT} AND {IN_SESSION.format(table='messages')}",
    "files": f"{STAFF} OR owner_id = {ACCOUNT}",
    "notes": f"mechanic_id = {ACCOUNT} AND {IN_SESSION.format(table='notes')}",
}


def upgrade() -> None:
    _balance()
    _append_only()
    for table in READERS:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY readers ON {table} FOR SELECT USING ({READERS[table]})")
        op.execute(f"CREATE POLICY adders ON {table} FOR INSERT WITH CHECK ({WRITERS[table]})")
        op.execute(
            f"CREATE POLICY changers ON {table} FOR UPDATE "
            f"USING ({WRITERS[table]}) WITH CHECK ({WRITERS[table]})"
        )


def _balance() -> None:
    """Checked when the transaction commits, when all postings of an entry are there."""
    op.execute(
        """
        CREATE FUNCTION check_entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (
                SELECT 1 FROM postings WHERE entry_id = NEW.entry_id
                GROUP BY currency HAVING sum(amount_minor) <> 0
            ) THEN
                RAISE EXCEPTION 'entry % does not balance', NEW.entry_id
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_postings_balance';
            END IF;
            RETURN NULL;
        END $$
        """
    )
    op.execute(
        """
        CREATE CONSTRAINT TRIGGER postings_balance AFTER INSERT ON postings
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_entry_balances()
        """
    )


def _append_only() -> None:
    op.execute(
        """
        CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
                USING ERRCODE = 'restrict_violation';
        END $$
        """
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    for table in READERS:
        for policy in ("readers", "adders", "changers"):
            op.execute(f"DROP POLICY {policy} ON {table}")
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    for table in APPEND_ONLY:
        op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
    op.execute("DROP FUNCTION refuse_change")
    op.execute("DROP TRIGGER postings_balance ON postings")
    op.execute("DROP FUNCTION check_entry_balances")
