"""Companies, their departments and their employees. The unique indexes here have the last word
on who is whose employee."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    UniqueConstraint,
    Uuid,
    func,
)
from sqlalchemy import text as sql

from autodoctor.adapters.postgres.tables.base import (
    instant,
    key,
    link,
    metadata,
    one_of,
    text,
    version,
)
from autodoctor.domain.corporate.employee import EmployeeRole, EmployeeStatus
from autodoctor.domain.corporate.organization import BusinessType
from autodoctor.domain.corporate.tier import SEATS_AGREED_MIN, Tier

DEPARTMENT_NAME = "uq_departments_name"
ONE_IN_COMPANY = "uq_employees_organization_id_account_id"
ONE_ACTIVE = "uq_employees_one_active"
EMPLOYEE_NUMBER = "uq_employees_number"
EMPLOYEE_DEPARTMENT = "fk_employees_department"

organizations = Table(
    "organizations",
    metadata,
    key(),
    text("name"),
    text("business_type"),
    text("tier"),
    Column("agreed_seats", Integer),
    Column("agreed_price_minor", BigInteger),
    text("currency"),
    instant("created_at"),
    text("time_zone"),
    text("contact_name"),
    text("email"),
    text("phone"),
    text("registration_number"),
    text("tax_id"),
    text("industry"),
    Column("fleet_size", Integer, nullable=False),
    text("street"),
    text("city"),
    text("province"),
    text("postal_code"),
    Column("approved", Boolean, nullable=False),
    instant("suspended_at", optional=True),
    text("suspension_reason"),
    version(),
    one_of("business_type", BusinessType),
    one_of("tier", Tier),
    CheckConstraint("fleet_size >= 0", name="fleet_size"),
    CheckConstraint("(agreed_seats IS NULL) = (agreed_price_minor IS NULL)", name="agreed"),
    CheckConstraint(
        f"agreed_seats IS NULL OR (tier = 'enterprise' AND agreed_seats >= {SEATS_AGREED_MIN} "
        "AND agreed_price_minor >= 0)",
        name="agreed_with_enterprises",
    ),
    CheckConstraint("suspended_at IS NULL OR suspension_reason <> ''", name="reason"),
)

departments = Table(
    "departments",
    metadata,
    key(),
    link("organization_id", "organizations"),
    text("name"),
    Column("monthly_budget_minor", BigInteger),
    text("currency"),
    Column("monthly_sessions_max", Integer),
    version(),
    CheckConstraint("monthly_budget_minor >= 0", name="monthly_budget"),
    CheckConstraint("monthly_sessions_max >= 0", name="monthly_sessions_max"),
    UniqueConstraint("organization_id", "id"),
)
Index(DEPARTMENT_NAME, departments.c.organization_id, func.lower(departments.c.name), unique=True)

employees = Table(
    "employees",
    metadata,
    key(),
    link("organization_id", "organizations"),
    link("account_id", "accounts"),
    text("name"),
    text("role"),
    text("number"),
    Column("department_id", Uuid),
    Column("monthly_sessions_max", Integer),
    text("status"),
    instant("since"),
    version(),
    one_of("role", EmployeeRole),
    one_of("status", EmployeeStatus),
    CheckConstraint("monthly_sessions_max >= 0", name="monthly_sessions_max"),
    UniqueConstraint("organization_id", "account_id", name=ONE_IN_COMPANY),
    ForeignKeyConstraint(
        ["organization_id", "department_id"],
        ["departments.organization_id", "departments.id"],
        name=EMPLOYEE_DEPARTMENT,
    ),
    Index(
        ONE_ACTIVE,
        "account_id",
        unique=True,
        postgresql_where=sql(f"status = '{EmployeeStatus.ACTIVE.value}'"),
    ),
    Index(
        EMPLOYEE_NUMBER,
        "organization_id",
        "number",
        unique=True,
        postgresql_where=sql("number <> ''"),
    ),
    Index("ix_employees_department_id", "department_id"),
    comment="A person in a company; active in one company at most.",
)
