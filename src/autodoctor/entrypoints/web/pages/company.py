"""A company's dashboard."""

from typing import Final

import attrs
from flask import Blueprint, render_template

from autodoctor.application.access.corporate import DASHBOARD
from autodoctor.application.corporate.dashboard import Dashboard, dashboard
from autodoctor.domain.sessions.states import ENDED, SessionStatus
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import call
from autodoctor.entrypoints.web.pages.company_departments import DepartmentLine, department_line
from autodoctor.entrypoints.web.pages.company_form import TIER_NAMES
from autodoctor.entrypoints.web.pages.people import when
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.parts import Cell, Column, Fact, Table
from autodoctor.entrypoints.web.views import Tone
from autodoctor.ports.corporate_queries import CompanyBooking

COLUMNS: Final = (Column("Booked"), Column("Plan"), Column("Employee"), Column("State"))
PERCENT: Final = 100

pages = Blueprint("company", __name__, url_prefix="/corporate")


@attrs.frozen(kw_only=True)
class CompanyDashboardView:
    """`seats_used` is of 100, for the meter."""

    name: str
    tier: str
    seats: str
    seats_used: str
    booked: str
    by_plan: tuple[Fact, ...]
    latest: Table
    departments: tuple[DepartmentLine, ...]


@pages.get("/dashboard")
@asks(DASHBOARD)
def show() -> str:
    here = call()
    found = dashboard(here.ports, actor=here.who)
    return render_template("corporate/dashboard.html", view=dashboard_view(found, when(here)))


def dashboard_view(found: Dashboard, when: When) -> CompanyDashboardView:
    company, booked = found.organization, found.booked
    used = PERCENT * found.seats_taken // company.seats
    return CompanyDashboardView(
        name=company.name,
        tier=TIER_NAMES[company.tier],
        seats=f"{found.seats_taken} of {company.seats} taken",
        seats_used=str(min(used, PERCENT)),
        booked=str(booked.sessions),
        by_plan=tuple(Fact(plan, str(count)) for plan, count in booked.by_plan),
        latest=Table(
            "Latest this month",
            COLUMNS,
            tuple(_row(each, when) for each in booked.latest),
            "Nothing was booked this month.",
        ),
        departments=tuple(map(department_line, found.departments)),
    )


def _row(booking: CompanyBooking, when: When) -> tuple[Cell, ...]:
    label, tone = _state(booking.status)
    return (
        Cell(when.moment(booking.booked_at)),
        Cell(booking.plan),
        Cell(booking.employee or "—", note=booking.department),
        Cell(label, tone=tone),
    )


def _state(status: SessionStatus) -> tuple[str, Tone]:
    """What a company reads of a session: whether it is done."""
    return ("Done", Tone.OK) if status in ENDED else ("Open", Tone.INFO)
