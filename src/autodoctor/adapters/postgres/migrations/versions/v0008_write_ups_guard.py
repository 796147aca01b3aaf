"""Row-level security for reports, amendments, ratings and read marks"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ROLE = "current_setting('autodoctor.role', true)"
ACCOUNT = "nullif(current_setting('autodoctor.account', true), '')::uuid"
STAFF = f"{ROLE} IN ('system', 'admin')"


def _in_session(table: str, who: str) -> str:
    return f"""EXISTS (
        SELECT 1 FROM sessions s WHERE s.id = {table}.session_id AND ({who}))"""


EITHER = f"{ACCOUNT} IN (s.customer_id, s.mechanic_id)"
ITS_MECHANIC = f"s.mechanic_id = {ACCOUNT}"
ITS_CUSTOMER = f"s.customer_id = {ACCOUNT}"

READERS = {
    table: f"{STAFF} OR {_in_session(table, EITHER)}"
    for table in ("reports", "amendments", "ratings", "read_marks")
}
WRITERS = {
    "reports": f"mechanic_id = {ACCOUNT} AND {_in_session('reports', ITS_MECHANIC)}",
    "amendments": _in_session("amendments", ITS_MECHANIC),
    "ratings": f"customer_id = {ACCOUNT} AND {_in_session('ratings', ITS_CUSTOMER)}",
    "read_marks": f"""
        (party = 'customer' AND {_in_session("read_marks", ITS_CUSTOMER)})
        OR (party = 'mechanic' AND {_in_session("read_marks", ITS_MECHANIC)})""",
}
"""Only read marks are ever changed: what is written down stays as it was written."""


def upgrade() -> None:
    for table in READERS:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY readers ON {table} FOR SELECT USING ({READERS[table]})")
        op.execute(f"CREATE POLICY adders ON {table} FOR INSERT WITH CHECK ({WRITERS[table]})")
    own = WRITERS["read_marks"]
    op.execute(f"CREATE POLICY changers ON read_marks FOR UPDATE USING ({own}) WITH CHECK ({own})")


def downgrade() -> None:
    op.execute("DROP POLICY changers ON read_marks")
    for table in READERS:
        for policy in ("readers", "adders"):
            op.execute(f"DROP POLICY {policy} ON {table}")
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
