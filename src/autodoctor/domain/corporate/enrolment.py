"""What an invited person will be in a company, once they accept."""

import attrs

from autodoctor.domain.corporate.employee import EmployeeRole
from autodoctor.domain.shared.ids import DepartmentId, InvitationId, OrganizationId


@attrs.frozen(kw_only=True)
class Enrolment:
    """`id` is the invitation's; its address, its code and its end are kept there. Without a
    name they are called what they call themselves."""

    id: InvitationId
    organization_id: OrganizationId
    name: str = ""
    number: str = ""
    role: EmployeeRole = EmployeeRole.DRIVER
    department_id: DepartmentId | None = None
    monthly_sessions_max: int | None = None
    version: int = 0
