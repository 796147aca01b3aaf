"""Before a session is live, and while it is paused, it takes short messages only, and no files"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

COMMENT = "Of a canned message the code is kept and no text: its sentence is the application's."
CANNED = {
    "back_soon": "I lost the connection; I will be right back.",
    "be_at_car": "Please be next to your car if you can.",
    "five_minutes": "I will be there in 5 minutes.",
    "good_time": "Is this a good time?",
    "have_read": "I have read your request.",
    "here": "I am here.",
    "join": "Please join when you are ready.",
    "late": "I am running late.",
    "next_to_car": "I am next to the car.",
    "reloading": "I cannot see the room clearly; I will reload.",
    "thanks": "OK, thank you.",
}

GUARDED = {
    "messages_added_live": (
        "INSERT ON messages",
        "NEW.canned IS NULL",
    ),
    "messages_changed_live": (
        "UPDATE ON messages",
        "NEW.canned IS NULL AND (NEW.session_id, NEW.text, NEW.file_ids, NEW.canned) "
        "IS DISTINCT FROM (OLD.session_id, OLD.text, OLD.file_ids, OLD.canned)",
    ),
    "files_added_live": ("INSERT ON files", "NEW.session_id IS NOT NULL"),
    "files_attached_live": (
        "UPDATE ON files",
        "NEW.session_id IS NOT NULL AND NEW.session_id IS DISTINCT FROM OLD.session_id",
    ),
}
"""Each trigger's event, and when it looks. What is stored already stays as it is."""


def upgrade() -> None:
    op.add_column("messages", sa.Column("canned", sa.Text(), nullable=True))
    codes = ", ".join(f"'{code}'" for code in CANNED)
    op.create_check_constraint(op.f("ck_messages_canned"), "messages", f"canned IN ({codes})")
    op.create_check_constraint(
        op.f("ck_messages_canned_alone"),
        "messages",
        "canned IS NULL OR (text = '' AND file_ids = '{}')",
    )
    op.create_table_comment("messages", COMMENT)
    _guards()


def _guards() -> None:
    """Triggers, for they look into another table. The lock waits for whoever is changing the
    session, and sees what it has become: a pause that begins meanwhile comes first, or after."""
    op.execute(
        """
        CREATE FUNCTION check_session_live() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM 1 FROM sessions
                WHERE id = NEW.session_id AND status = 'live' FOR SHARE;
            IF NOT FOUND THEN
                RAISE EXCEPTION 'session % is not live', NEW.session_id
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_messages_live_only';
            END IF;
            RETURN NEW;
        END $$
        """
    )
    for name, (event, when) in GUARDED.items():
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} "
            f"FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION check_session_live()"
        )


def downgrade() -> None:
    """Short messages become the plain ones that they were shown as."""
    for name, (event, _) in GUARDED.items():
        op.execute(f"DROP TRIGGER {name} ON {event.rsplit(maxsplit=1)[-1]}")
    op.execute("DROP FUNCTION check_session_live")
    op.drop_table_comment("messages", existing_comment=COMMENT)
    op.drop_constraint(op.f("ck_messages_canned_alone"), "messages", type_="check")
    op.drop_constraint(op.f("ck_messages_canned"), "messages", type_="check")
    op.execute("ALTER TABLE messages NO FORCE ROW LEVEL SECURITY")
    for code, sentence in CANNED.items():
        update = sa.text("UPDATE messages SET text = :sentence, canned = NULL WHERE canned = :code")
        op.execute(update.bindparams(sentence=sentence, code=code))
    op.execute("ALTER TABLE messages FORCE ROW LEVEL SECURITY")
    op.drop_column("messages", "canned")
