"""A withdrawn consent stays, with the time it was withdrawn"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

_IN_FORCE = "withdrawn_at IS NULL"


def upgrade() -> None:
    op.drop_constraint("pk_consents", "consents", type_="primary")
    op.add_column(
        "consents",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
    )
    op.create_primary_key("pk_consents", "consents", ["id"])
    op.add_column("consents", sa.Column("withdrawn_at", sa.DateTime(timezone=True)))
    op.create_check_constraint(
        op.f("ck_consents_withdrawn"), "consents", "withdrawn_at >= given_at"
    )
    op.create_index(
        "uq_consents_in_force",
        "consents",
        ["account_id", "kind", "version"],
        unique=True,
        postgresql_where=sa.text(_IN_FORCE),
    )
    op.create_index(op.f("ix_consents_account_id"), "consents", ["account_id"])
    _guard()


def _guard() -> None:
    """Who keeps a consent has to be able to show that it was given, and when (GDPR, Art. 7(1))."""
    op.execute(
        """
        CREATE FUNCTION check_consent_withdrawn() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL
                OR (to_jsonb(NEW) - 'withdrawn_at') <> (to_jsonb(OLD) - 'withdrawn_at') THEN
                RAISE EXCEPTION 'a consent can only be withdrawn, once'
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER consents_withdrawn BEFORE UPDATE ON consents "
        "FOR EACH ROW EXECUTE FUNCTION check_consent_withdrawn()"
    )
    op.execute(
        "CREATE TRIGGER consents_kept BEFORE DELETE ON consents "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    """What was withdrawn is not known before: it goes."""
    op.execute("DROP TRIGGER consents_kept ON consents")
    op.execute("DROP TRIGGER consents_withdrawn ON consents")
    op.execute("DROP FUNCTION check_consent_withdrawn")
    op.execute("DELETE FROM consents WHERE withdrawn_at IS NOT NULL")
    op.drop_index(op.f("ix_consents_account_id"), "consents")
    op.drop_index("uq_consents_in_force", "consents")
    op.drop_constraint(op.f("ck_consents_withdrawn"), "consents", type_="check")
    op.drop_column("consents", "withdrawn_at")
    op.drop_column("consents", "id")
    op.create_primary_key("pk_consents", "consents", ["account_id", "kind", "version"])
