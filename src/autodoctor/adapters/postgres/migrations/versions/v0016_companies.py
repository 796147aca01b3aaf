"""Companies, their departments and employees, who runs them, and whose session it is"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TEXTS = (
    *("name", "business_type", "tier", "currency", "time_zone", "contact_name", "email", "phone"),
    *("registration_number", "tax_id", "industry", "street", "city", "province", "postal_code"),
    "suspension_reason",
)
KINDS = {"applications": ("kind", "'mechanic', 'workshop'"), "invitations": ("host", "'workshop'")}
"""The column that says of what kind a row is, and what it said until now."""


def upgrade() -> None:
    _organizations()
    _departments()
    _employees()
    op.add_column("accounts", sa.Column("organization_seat", sa.Text()))
    for table in ("accounts", "sessions", "intakes"):
        _link(table)
    op.create_check_constraint(
        op.f("ck_accounts_organization_seat"),
        "accounts",
        "organization_seat IN ('admin', 'advisor', 'owner', 'viewer')",
    )
    op.create_check_constraint(
        op.f("ck_accounts_organization"),
        "accounts",
        "(organization_id IS NULL) = (organization_seat IS NULL)",
    )
    for table, (column, before) in KINDS.items():
        _kinds(table, column, ", ".join(sorted(["'organization'", *before.split(", ")])))


def _organizations() -> None:
    op.create_table(
        "organizations",
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS),
        sa.Column("agreed_seats", sa.Integer()),
        sa.Column("agreed_price_minor", sa.BigInteger()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fleet_size", sa.Integer(), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("suspended_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "business_type IN "
            "('dealership', 'fleet', 'other', 'rental', 'repair', 'taxi', 'trucking')",
            name=op.f("ck_organizations_business_type"),
        ),
        sa.CheckConstraint(
            "tier IN ('enterprise', 'professional', 'starter')",
            name=op.f("ck_organizations_tier"),
        ),
        sa.CheckConstraint("fleet_size >= 0", name=op.f("ck_organizations_fleet_size")),
        sa.CheckConstraint(
            "(agreed_seats IS NULL) = (agreed_price_minor IS NULL)",
            name=op.f("ck_organizations_agreed"),
        ),
        sa.CheckConstraint(
            "agreed_seats IS NULL OR (tier = 'enterprise' AND agreed_seats >= 51 "
            "AND agreed_price_minor >= 0)",
            name=op.f("ck_organizations_agreed_with_enterprises"),
        ),
        sa.CheckConstraint(
            "suspended_at IS NULL OR suspension_reason <> ''",
            name=op.f("ck_organizations_reason"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organizations")),
    )


def _departments() -> None:
    op.create_table(
        "departments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("monthly_budget_minor", sa.BigInteger()),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("monthly_sessions_max", sa.Integer()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("monthly_budget_minor >= 0", name=op.f("ck_departments_monthly_budget")),
        sa.CheckConstraint(
            "monthly_sessions_max >= 0", name=op.f("ck_departments_monthly_sessions_max")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_departments_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_departments")),
        sa.UniqueConstraint(
            "organization_id", "id", name=op.f("uq_departments_organization_id_id")
        ),
    )
    op.create_index(op.f("ix_departments_organization_id"), "departments", ["organization_id"])
    own_name = [sa.column("organization_id"), sa.func.lower(sa.column("name"))]
    op.create_index("uq_departments_name", "departments", own_name, unique=True)


def _employees() -> None:
    op.create_table(
        "employees",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("department_id", sa.Uuid()),
        sa.Column("monthly_sessions_max", sa.Integer()),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "role IN ('admin', 'driver', 'fleet_manager', 'supervisor', 'technician')",
            name=op.f("ck_employees_role"),
        ),
        sa.CheckConstraint("status IN ('active', 'inactive')", name=op.f("ck_employees_status")),
        sa.CheckConstraint(
            "monthly_sessions_max >= 0", name=op.f("ck_employees_monthly_sessions_max")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_employees_organization_id")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_employees_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "department_id"],
            ["departments.organization_id", "departments.id"],
            name="fk_employees_department",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employees")),
        sa.UniqueConstraint(
            "organization_id", "account_id", name="uq_employees_organization_id_account_id"
        ),
        comment="A person in a company; active in one company at most.",
    )
    for column in ("organization_id", "account_id", "department_id"):
        op.create_index(op.f(f"ix_employees_{column}"), "employees", [column])
    op.create_index(
        "uq_employees_one_active",
        "employees",
        ["account_id"],
        unique=True,
        postgresql_where=sa.text("status = 'active'"),
    )
    op.create_index(
        "uq_employees_number",
        "employees",
        ["organization_id", "number"],
        unique=True,
        postgresql_where=sa.text("number <> ''"),
    )


def _link(table: str) -> None:
    op.add_column(table, sa.Column("organization_id", sa.Uuid()))
    op.create_foreign_key(
        op.f(f"fk_{table}_organization_id"), table, "organizations", ["organization_id"], ["id"]
    )
    op.create_index(op.f(f"ix_{table}_organization_id"), table, ["organization_id"])


def _kinds(table: str, column: str, kinds: str) -> None:
    name = op.f(f"ck_{table}_{column}")
    op.drop_constraint(name, table)
    op.create_check_constraint(name, table, f"{column} IN ({kinds})")


def downgrade() -> None:
    for table, (column, before) in KINDS.items():
        op.execute(f"DELETE FROM {table} WHERE {column} = 'organization'")
        _kinds(table, column, before)
    op.drop_constraint(op.f("ck_accounts_organization"), "accounts")
    op.drop_constraint(op.f("ck_accounts_organization_seat"), "accounts")
    for table in ("accounts", "sessions", "intakes"):
        op.drop_column(table, "organization_id")
    op.drop_column("accounts", "organization_seat")
    for table in ("employees", "departments", "organizations"):
        op.drop_table(table)
