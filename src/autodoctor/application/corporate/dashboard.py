"""What those who run a company see first: seats, departments, and what this month was booked."""

import attrs

from autodoctor.application.access.corporate import DASHBOARD
from autodoctor.application.access.may import may
from autodoctor.application.corporate.departments import Staffed, staffed
from autodoctor.application.corporate.own import open_organization
from autodoctor.domain.corporate.organization import Organization
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.time import Period
from autodoctor.ports.bundle import Ports
from autodoctor.ports.corporate_queries import MonthView

BOOKINGS_SHOWN = 20


@attrs.frozen(kw_only=True)
class Dashboard:
    """`month` is the calendar month in the company's time zone; `booked` what its employees
    booked for it meanwhile."""

    organization: Organization
    seats_taken: int
    departments: tuple[Staffed, ...]
    month: Period
    booked: MonthView


def dashboard(ports: Ports, *, actor: Actor) -> Dashboard:
    """Refusals: WrongRole, CompanyUntold, OrganizationNotApproved, OrganizationSuspended."""
    may(actor, DASHBOARD)
    with ports.transactions(actor) as tx:
        company = open_organization(tx, actor)
        found = staffed(tx, tx.departments.of_organization(company.id))
        taken = tx.employees.count_active(company.id)
    month = company.month(ports.now())
    return Dashboard(
        organization=company,
        seats_taken=taken,
        departments=found,
        month=month,
        booked=ports.queries.corporate.month(company.id, month, most=BOOKINGS_SHOWN),
    )
