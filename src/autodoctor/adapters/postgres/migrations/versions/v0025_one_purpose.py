"""A file has one owner and one purpose; what people upload in a day is counted"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

USED_IN = (
    ("documents", "file_id", "file_purpose", "document"),
    ("particulars", "photo_id", "photo_purpose", "mechanic_photo"),
    ("customer_details", "photo_id", "photo_purpose", "customer_photo"),
)
PURPOSES = (
    "'booking', 'customer_photo', 'discarded', 'document', 'mechanic_photo', 'session', "
    "'workshop_logo'"
)
CHECKS = {
    "purpose": f"purpose IN ({PURPOSES})",
    "of_session": "(session_id IS NOT NULL) = (purpose IS NOT DISTINCT FROM 'session')",
    "of_booking": "(intake_id IS NOT NULL) = (purpose IS NOT DISTINCT FROM 'booking')",
    "stored": "purpose IS NULL OR stored_at IS NOT NULL OR purpose = 'discarded'",
}
TABLE_COMMENT = "A file has one owner and one purpose; what points at it names the purpose too."


def upgrade() -> None:
    _count_uploads()
    # Row-level security would hide every file from the owner of the tables.
    op.execute("ALTER TABLE files NO FORCE ROW LEVEL SECURITY")
    op.add_column("files", sa.Column("purpose", sa.Text(), nullable=True))
    _tell_purposes()
    op.execute("ALTER TABLE files FORCE ROW LEVEL SECURITY")
    for name, rule in CHECKS.items():
        op.create_check_constraint(op.f(f"ck_files_{name}"), "files", rule)
    op.create_unique_constraint(op.f("uq_files_id_purpose"), "files", ["id", "purpose"])
    op.create_table_comment("files", TABLE_COMMENT)
    for table, column, purpose_column, purpose in USED_IN:
        _link(table, column, purpose_column, purpose)


def _count_uploads() -> None:
    op.create_table(
        "upload_days",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["accounts.id"], name=op.f("fk_upload_days_owner_id")
        ),
        sa.PrimaryKeyConstraint("owner_id", name=op.f("pk_upload_days")),
        comment="What each person announced on the day they last uploaded something.",
    )


def _tell_purposes() -> None:
    """Where a file is used for several things the first of these keeps it: a session, a booking,
    a document, a photo, a logo. The others let it go."""
    op.execute("UPDATE files SET intake_id = NULL WHERE session_id IS NOT NULL")
    op.execute("UPDATE files SET purpose = 'session' WHERE session_id IS NOT NULL")
    op.execute("UPDATE files SET purpose = 'booking' WHERE intake_id IS NOT NULL")
    for table, column, _, purpose in USED_IN:
        op.execute(
            f"UPDATE files SET purpose = '{purpose}' FROM {table} used "
            f"WHERE used.{column} = files.id AND purpose IS NULL AND stored_at IS NOT NULL"
        )
    op.execute(
        "UPDATE files SET purpose = 'workshop_logo' FROM workshops "
        "WHERE logo_key = storage_key AND purpose IS NULL AND stored_at IS NOT NULL"
    )
    _let_go_of_others()
    op.execute(
        "INSERT INTO timers (kind, subject_id, due_at) "
        "SELECT 'discard_unused', id, now() + interval '1 day' FROM files WHERE purpose IS NULL "
        "ON CONFLICT DO NOTHING"
    )


def _let_go_of_others() -> None:
    """A document cannot be without its file, so it goes; a photo is set again."""
    theirs = "SELECT id FROM files WHERE purpose IS NOT DISTINCT FROM"
    op.execute(f"DELETE FROM documents WHERE file_id NOT IN ({theirs} 'document')")
    for table, column, _, purpose in USED_IN[1:]:
        others = (
            f"SELECT id, row_number() OVER (PARTITION BY {column} ORDER BY id) AS number "
            f"FROM {table} WHERE {column} IS NOT NULL"
        )
        op.execute(
            f"UPDATE {table} SET {column} = NULL FROM ({others}) AS other "
            f"WHERE other.id = {table}.id AND other.number > 1"
        )
        op.execute(
            f"UPDATE {table} SET {column} = NULL WHERE {column} IS NOT NULL "
            f"AND {column} NOT IN ({theirs} '{purpose}')"
        )


def _link(table: str, column: str, purpose_column: str, purpose: str) -> None:
    computed = sa.Computed(f"'{purpose}'::text", persisted=True)
    op.add_column(table, sa.Column(purpose_column, sa.Text(), computed, nullable=True))
    op.drop_constraint(op.f(f"fk_{table}_{column}"), table, type_="foreignkey")
    op.create_foreign_key(
        op.f(f"fk_{table}_{column}"), table, "files", [column, purpose_column], ["id", "purpose"]
    )
    if table != "documents":
        op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
        op.create_unique_constraint(op.f(f"uq_{table}_{column}"), table, [column])


def downgrade() -> None:
    for table, column, purpose_column, _ in USED_IN:
        op.drop_constraint(op.f(f"fk_{table}_{column}"), table, type_="foreignkey")
        op.create_foreign_key(op.f(f"fk_{table}_{column}"), table, "files", [column], ["id"])
        op.drop_column(table, purpose_column)
        if table != "documents":
            op.drop_constraint(op.f(f"uq_{table}_{column}"), table, type_="unique")
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.drop_table_comment("files", existing_comment=TABLE_COMMENT)
    op.drop_constraint(op.f("uq_files_id_purpose"), "files", type_="unique")
    for name in CHECKS:
        op.drop_constraint(op.f(f"ck_files_{name}"), "files", type_="check")
    op.drop_column("files", "purpose")
    op.drop_table("upload_days")
    op.execute("DELETE FROM timers WHERE kind = 'discard_unused'")
