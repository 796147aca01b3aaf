"""What a company sees of the sessions that its people booked."""

from typing import Annotated
from uuid import UUID

import attrs
from msgspec import Meta

from autodoctor.application.access.employees import USAGE
from autodoctor.application.corporate.sessions import UsageForm, usage
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import DepartmentId, EmployeeId
from autodoctor.entrypoints.web.api.corporate_employees import Page, UseAnswer
from autodoctor.entrypoints.web.api.corporate_keys import CLOSED
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.call import Call
from autodoctor.ports.stores import Missing
from autodoctor.ports.usage import PAGE_SIZE_MAX, UsedSession

corporate_sessions = Endpoints("Companies")


class UsageQuery(Body):
    """`month` is like 2026-11 and counts where the company is; without it this month."""

    month: Annotated[str, Meta(max_length=7)] = ""
    department_id: UUID | None = None
    employee_id: UUID | None = None
    page: Page = 1
    page_size: Annotated[int, Meta(ge=1, le=PAGE_SIZE_MAX)] = 50

    def form(self) -> UsageForm:
        return UsageForm(
            month=self.month,
            department_id=DepartmentId(self.department_id) if self.department_id else None,
            employee_id=EmployeeId(self.employee_id) if self.employee_id else None,
            page=self.page,
            page_size=self.page_size,
        )


@attrs.frozen(kw_only=True)
class UsageAnswer:
    """`use` and `total` are of the whole month as asked for, `sessions` of this page."""

    month: str
    time_zone: str
    use: UseAnswer
    total: int
    sessions: tuple[UsedSession, ...]


@corporate_sessions.route(
    "GET",
    "/api/corporate/sessions",
    action=USAGE,
    query=UsageQuery,
    answer=UsageAnswer,
    refusals=(*CLOSED, InvalidField, Missing),
)
def sessions(call: Call, *, query: UsageQuery) -> UsageAnswer:
    """What employees booked as such in a month: plan, price, date, department, kind of problem.

    Never what was said or written in a session, and nothing of private ones.
    """
    found = usage(call.ports, actor=call.who, form=query.form())
    return UsageAnswer(
        month=found.month,
        time_zone=found.zone,
        use=UseAnswer.of(found.page.use),
        total=found.page.total,
        sessions=found.page.rows,
    )
