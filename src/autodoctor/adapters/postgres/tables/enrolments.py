"""What those who are invited will be in a company."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, Table, Uuid

from autodoctor.adapters.postgres.tables.base import link, metadata, one_of, text, version
from autodoctor.domain.corporate.employee import EmployeeRole

enrolments = Table(
    "enrolments",
    metadata,
    Column("id", Uuid, ForeignKey("invitations.id"), primary_key=True),
    link("organization_id", "organizations"),
    text("name"),
    text("number"),
    text("role"),
    Column("department_id", Uuid, ForeignKey("departments.id", ondelete="SET NULL"), index=True),
    Column("monthly_sessions_max", Integer),
    version(),
    one_of("role", EmployeeRole),
    CheckConstraint("monthly_sessions_max >= 0", name="monthly_sessions_max"),
)
