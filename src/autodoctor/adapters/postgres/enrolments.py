"""What those who are invited will be in a company, in PostgreSQL."""

from sqlalchemy import RowMapping, bindparam, select

from autodoctor.adapters.postgres.booking import plain
from autodoctor.adapters.postgres.rows import Mapped, RowStore
from autodoctor.adapters.postgres.tables.enrolments import enrolments
from autodoctor.domain.corporate.employee import EmployeeRole
from autodoctor.domain.corporate.enrolment import Enrolment
from autodoctor.domain.shared.ids import OrganizationId


def enrolment_of(row: RowMapping) -> Enrolment:
    return Enrolment(**{**row, "role": EmployeeRole(row["role"])})


class PostgresEnrolments(RowStore[Enrolment]):
    mapped = Mapped(enrolments, plain, enrolment_of)

    def of_organization(self, organization_id: OrganizationId, /) -> tuple[Enrolment, ...]:
        return self._all(_OF_ORGANIZATION, {"organization_id": organization_id})


_OF_ORGANIZATION = (
    select(enrolments)
    .where(enrolments.c.organization_id == bindparam("organization_id"))
    .order_by(enrolments.c.id)
)
