"""What a company's employees booked in a month."""

from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

import attrs
from babel.dates import format_date
from flask import Blueprint, render_template, request

from autodoctor.application.access.employees import USAGE
from autodoctor.application.corporate.employees import departments
from autodoctor.application.corporate.sessions import MONTH, Usage, UsageForm, usage
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import DepartmentId, EmployeeId
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import call
from autodoctor.entrypoints.web.formats import LOCALE, money_text
from autodoctor.entrypoints.web.pages.booking_words import category_words
from autodoctor.entrypoints.web.pages.company_employee_form import department_options
from autodoctor.entrypoints.web.pages.numbered import SIZE, pager, turn_of
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.pages.wording import words
from autodoctor.entrypoints.web.parts import Cell, Column, Link, Option, Pager, Table
from autodoctor.ports.usage import UsedSession

pages = Blueprint("company_usage", __name__, url_prefix="/corporate/sessions")

PATH: Final = "/corporate/sessions"
_COLUMNS: Final = (
    *(Column("Booked"), Column("Employee"), Column("Department"), Column("Plan")),
    *(Column("About"), Column("Price", numeric=True), Column("Status")),
)


@attrs.frozen(kw_only=True)
class UsageView:
    """`month` is like 2026-11, `of` how it is read; `employee` narrows and is kept."""

    month: str
    of: str
    around: tuple[Link, ...]
    department: str
    departments: tuple[Option, ...]
    employee: str
    count: str
    spent: str
    table: Table
    pager: Pager


@pages.get("")
@asks(USAGE)
def listed() -> str:
    here = call()
    form = form_of(request.args)
    found = usage(here.ports, actor=here.who, form=form)
    options = department_options(departments(here.ports, actor=here.who))
    when = When(found.zone, here.ports.now())
    return render_template("corporate/sessions.html", view=usage_view(found, form, options, when))


def form_of(asked: Mapping[str, str]) -> UsageForm:
    """From an address; what cannot be read does not narrow, and is this month."""
    month = asked.get("month", "")
    department, employee = (_id(asked.get(name, "")) for name in ("department", "employee"))
    return UsageForm(
        month=month if MONTH.fullmatch(month) else "",
        department_id=DepartmentId(department) if department else None,
        employee_id=EmployeeId(employee) if employee else None,
        page=min(turn_of(asked).number, 10_000),
        page_size=SIZE,
    )


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def usage_view(found: Usage, form: UsageForm, options: tuple[Option, ...], when: When) -> UsageView:
    keep = {
        "month": found.month,
        "department": str(form.department_id or ""),
        "employee": str(form.employee_id or ""),
    }
    rows = tuple(_row(each, when) for each in found.page.rows)
    count = found.page.use.sessions
    return UsageView(
        **keep,
        of=month_words(found.month),
        around=_around(found.month, keep, when),
        departments=options,
        count="1 session" if count == 1 else f"{count} sessions",
        spent=money_text(found.page.use.spent),
        table=Table(
            f"Booked in {month_words(found.month)}",
            _COLUMNS,
            rows,
            "Sessions your employees book for the company appear here. Private sessions never do.",
        ),
        pager=pager(
            turn_of({"page": str(form.page)}),
            shown=len(rows),
            total=found.page.total,
            path=PATH,
            keep=keep,
        ),
    )


def month_words(month: str) -> str:
    """March 2026."""
    first = date.fromisoformat(f"{month}-01")
    return str(format_date(first, "MMMM y", locale=LOCALE))


def _around(month: str, keep: Mapping[str, str], when: When) -> tuple[Link, ...]:
    """The months before and after; nothing is booked in those to come."""
    latest = max(month, f"{when.now.astimezone(when.zone):%Y-%m}")
    year, number = map(int, month.split("-"))
    back = f"{year - (number == 1)}-{(number - 2) % 12 + 1:02}"
    on = f"{year + (number == 12)}-{number % 12 + 1:02}"
    rest = "".join(f"&{name}={keep[name]}" for name in ("department", "employee") if keep[name])
    return tuple(
        Link(month_words(each), f"{PATH}?month={each}{rest}", current=each == month)
        for each in (back, month, on)
        if MONTH.fullmatch(each) and each <= latest
    )


def _row(row: UsedSession, when: When) -> tuple[Cell, ...]:
    shown = words(row.status, Role.CORPORATE)
    return (
        Cell(when.moment(row.booked_at)),
        Cell(row.employee, note=f"No. {row.number}" if row.number else ""),
        Cell(row.department or "–"),
        Cell(row.plan),
        Cell(category_words(row.category)),
        Cell(money_text(row.price), note="" if row.counts else "not counted"),
        Cell(shown.label, tone=shown.tone),
    )
