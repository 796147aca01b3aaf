"""Who people are and how they come in: standing with an end, stages of a login, second
factors, other providers"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

STANDINGS = ("'active', 'banned', 'suspended'", "'active', 'banned', 'closed', 'suspended'")
STAGES = "'agreements', 'complete', 'second_factor', 'set_up'"
ROLES = "'admin', 'corporate', 'customer', 'mechanic', 'system', 'workshop'"


def _standings(values: str) -> None:
    op.drop_constraint(op.f("ck_accounts_standing"), "accounts")
    op.create_check_constraint(op.f("ck_accounts_standing"), "accounts", f"standing IN ({values})")


def _moment(name: str, *, optional: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=optional)


def _text(name: str, *, default: str | None = None) -> sa.Column[object]:
    return sa.Column(name, sa.Text(), nullable=False, server_default=default)


def upgrade() -> None:
    _standings(STANDINGS[1])
    op.add_column("accounts", _text("standing_reason", default=""))
    op.add_column("accounts", _moment("suspended_until", optional=True))
    op.add_column(
        "logins", sa.Column("stage", sa.Text(), nullable=False, server_default="complete")
    )
    op.add_column("logins", sa.Column("challenge", sa.LargeBinary()))
    op.create_check_constraint(op.f("ck_logins_stage"), "logins", f"stage IN ({STAGES})")
    op.add_column("tokens", _text("detail", default=""))
    op.add_column(
        "mails", sa.Column("secret", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    _second_factors()
    _other_providers()


def _second_factors() -> None:
    op.create_table(
        "totps",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        _text("secret"),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        _moment("confirmed_at", optional=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_totps_account_id")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_totps")),
        comment="Authenticator apps. The secret is sealed with a key that is not in the database.",
    )
    op.create_table(
        "recovery_codes",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        _moment("used_at", optional=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_recovery_codes_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", "code_hash", name=op.f("pk_recovery_codes")),
    )
    op.create_table(
        "passkeys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        _text("name"),
        _moment("created_at"),
        _moment("used_at", optional=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_passkeys_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkeys")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkeys_credential_id")),
    )
    op.create_index(op.f("ix_passkeys_account_id"), "passkeys", ["account_id"], unique=False)


def _other_providers() -> None:
    op.create_table(
        "identities",
        _text("provider"),
        _text("subject"),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        _moment("linked_at"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_identities_account_id")
        ),
        sa.PrimaryKeyConstraint("provider", "subject", name=op.f("pk_identities")),
    )
    op.create_index(op.f("ix_identities_account_id"), "identities", ["account_id"], unique=False)
    op.create_table(
        "visits",
        sa.Column("state_hash", sa.LargeBinary(), nullable=False),
        _text("provider"),
        _text("role"),
        _text("nonce"),
        _text("verifier"),
        _moment("expires_at"),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        _text("following"),
        sa.CheckConstraint(f"role IN ({ROLES})", name=op.f("ck_visits_role")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_visits_account_id")),
        sa.PrimaryKeyConstraint("state_hash", name=op.f("pk_visits")),
        comment="Somebody is at an identity provider and will come back once.",
    )
    op.create_index(op.f("ix_visits_account_id"), "visits", ["account_id"], unique=False)


def downgrade() -> None:
    for table in ("visits", "identities", "passkeys", "recovery_codes", "totps"):
        op.drop_table(table)
    op.drop_column("mails", "secret")
    op.drop_column("tokens", "detail")
    op.drop_constraint(op.f("ck_logins_stage"), "logins")
    op.drop_column("logins", "challenge")
    op.drop_column("logins", "stage")
    op.drop_column("accounts", "suspended_until")
    op.drop_column("accounts", "standing_reason")
    op.execute("UPDATE accounts SET standing = 'banned' WHERE standing = 'closed'")
    _standings(STANDINGS[0])
