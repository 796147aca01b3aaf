"""The security log, to which the application only adds, and which forgets after a year"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

KINDS = (
    "'access_denied', 'account_banned', 'account_closed', 'account_opened', "
    "'account_reinstated', 'account_suspended', 'api_key_made', 'api_key_refused', "
    "'api_key_revoked', 'application_decided', 'chat_read', 'company_exported', "
    "'confirmation_failed', 'data_exported', 'document_decided', 'email_change_asked', "
    "'email_changed', 'email_confirmed', 'employment_changed', 'file_read', 'logged_in', "
    "'logged_in_as', 'login_ended', 'login_failed', 'login_started', 'logins_ended', "
    "'membership_changed', 'organization_reinstated', 'organization_suspended', "
    "'passkey_added', 'passkey_removed', 'password_changed', 'password_reset_asked', "
    "'people_exported', 'provider_added', 'provider_removed', 'recovery_codes_renewed', "
    "'report_read', 'roles_changed', 'seat_changed', 'second_factor_added', "
    "'second_factor_failed', 'second_factor_removed', 'second_factor_used', "
    "'security_log_exported', 'session_read'"
)
ROLES = "'admin', 'corporate', 'customer', 'mechanic', 'system', 'workshop'"
INDEXES = (
    ("at",),
    ("kind", "number"),
    ("actor_id", "number"),
    ("subject_id", "number"),
    ("address", "number"),
    ("network", "number"),
    ("request_id",),
)
PERIOD = "interval '365 days'"


def upgrade() -> None:
    _events()
    _counts()
    _append_only()
    _forgetting()


def _events() -> None:
    table = "security_events"
    op.create_table(
        table,
        sa.Column("number", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_role", sa.Text(), nullable=True),
        sa.Column("key_id", sa.Uuid(), nullable=True),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("many", sa.Boolean(), nullable=False),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_security_events_kind")),
        sa.CheckConstraint(
            "outcome IN ('done', 'failed', 'refused')", name=op.f("ck_security_events_outcome")
        ),
        sa.CheckConstraint(f"actor_role IN ({ROLES})", name=op.f("ck_security_events_actor_role")),
        sa.CheckConstraint(
            "length(detail) <= 120 AND length(agent) <= 200 AND length(request_id) <= 64",
            name=op.f("ck_security_events_lengths"),
        ),
        sa.CheckConstraint(
            "position('@' in detail) = 0", name=op.f("ck_security_events_no_address")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_security_events")),
        comment="Added to alone. No foreign keys: an entry outlives what it is about.",
    )
    for columns in INDEXES:
        op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _counts() -> None:
    op.create_table(
        "security_counts",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("minute", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("count > 0", name=op.f("ck_security_counts_count")),
        sa.PrimaryKeyConstraint("kind", "minute", "name", name=op.f("pk_security_counts")),
        comment="How often what strangers can bring about happened in a minute; counts only grow.",
    )
    op.create_index("ix_security_counts_minute", "security_counts", ["minute"])


def _append_only() -> None:
    """Whoever asks, the owner among them: only what is older than the period may be removed."""
    op.execute(
        f"""
        CREATE FUNCTION refuse_early_removal() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.at > now() - {PERIOD} THEN
                RAISE EXCEPTION '% is append-only until its period is over', TG_TABLE_NAME;
            END IF;
            RETURN OLD;
        END $$
        """
    )
    op.execute(
        """
        CREATE FUNCTION refuse_less() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.count <= OLD.count OR NEW.kind <> OLD.kind
               OR NEW.minute <> OLD.minute OR NEW.name <> OLD.name THEN
                RAISE EXCEPTION '% only grows', TG_TABLE_NAME;
            END IF;
            RETURN NEW;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER security_events_append_only BEFORE UPDATE ON security_events "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER security_events_kept BEFORE DELETE ON security_events "
        "FOR EACH ROW EXECUTE FUNCTION refuse_early_removal()"
    )
    op.execute(
        "CREATE TRIGGER security_events_truncated BEFORE TRUNCATE ON security_events "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER security_counts_grow BEFORE UPDATE ON security_counts "
        "FOR EACH ROW EXECUTE FUNCTION refuse_less()"
    )


def _forgetting() -> None:
    """The application has no right to delete; this is the one thing that does it for it, and the
    period is not the caller's to choose: `today` only makes it later, for a clock that is behind.
    There are at most three counts for an entry: the network's, that of networks, that of others."""
    op.execute(
        f"""
        CREATE FUNCTION forget_security_events(today timestamptz, most integer) RETURNS integer
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        DECLARE
            until timestamptz := least(today, now()) - {PERIOD};
            removed integer;
        BEGIN
            DELETE FROM public.security_counts WHERE ctid IN (
                SELECT ctid FROM public.security_counts WHERE minute < until LIMIT 3 * most);
            DELETE FROM public.security_events WHERE number IN (
                SELECT number FROM public.security_events e WHERE e.at < until
                ORDER BY e.at LIMIT most);
            GET DIAGNOSTICS removed = ROW_COUNT;
            RETURN removed;
        END $$
        """
    )
    op.execute("REVOKE ALL ON FUNCTION forget_security_events(timestamptz, integer) FROM PUBLIC")


def downgrade() -> None:
    op.execute("DROP FUNCTION forget_security_events(timestamptz, integer)")
    op.drop_table("security_counts")
    op.drop_table("security_events")
    op.execute("DROP FUNCTION refuse_less()")
    op.execute("DROP FUNCTION refuse_early_removal()")
