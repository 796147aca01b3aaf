"""The departments of a company: each with its budget and its number of sessions for a month."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final
from uuid import UUID

import attrs
from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from autodoctor.application.access.corporate import DEPARTMENTS, KEEP_DEPARTMENTS
from autodoctor.application.corporate.departments import (
    Limits,
    Staffed,
    add_department,
    change_department,
    departments,
    remove_department,
)
from autodoctor.domain.shared.errors import Conflict, InvalidField, Refusal
from autodoctor.domain.shared.ids import DepartmentId
from autodoctor.domain.shared.money import Money
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.formats import price_text
from autodoctor.entrypoints.web.pages.forms import FormView, attempt, form_view, typed
from autodoctor.entrypoints.web.pages.team_lines import manages

Page = str | tuple[str, int] | Response

PATH: Final = "/corporate/departments"
NAMES: Final = ("name", "monthly_budget", "monthly_sessions_max")

pages = Blueprint("company_departments", __name__, url_prefix=PATH)


@attrs.frozen(kw_only=True)
class DepartmentLine:
    id: str
    name: str
    people: str
    budget: str
    sessions: str
    form: FormView


@attrs.frozen(kw_only=True)
class DepartmentsView:
    """`form` is that of a new one."""

    departments: tuple[DepartmentLine, ...]
    may_keep: bool
    form: FormView


@pages.get("")
@asks(DEPARTMENTS)
def show() -> Page:
    return _shown(call(), form_view(NAMES))


def _shown(here: Call, form: FormView, *, of: UUID | None = None) -> str:
    """`form` is that of a new one, or of the one it belongs to."""
    found = departments(here.ports, actor=here.who)
    lines = (department_line(each, form if each.department.id == of else None) for each in found)
    view = DepartmentsView(
        departments=tuple(lines),
        may_keep=manages(here.who),
        form=form_view(NAMES) if of else form,
    )
    return render_template("corporate/departments.html", view=view)


def department_line(found: Staffed, form: FormView | None = None) -> DepartmentLine:
    department, people = found.department, found.employees
    budget, most = department.monthly_budget, department.monthly_sessions_max
    told = {
        "name": department.name,
        "monthly_budget": "" if budget is None else amount(budget),
        "monthly_sessions_max": "" if most is None else str(most),
    }
    return DepartmentLine(
        id=str(department.id),
        name=department.name,
        people="1 active employee" if people == 1 else f"{people} active employees",
        budget="No budget set" if budget is None else f"{price_text(budget)} a month",
        sessions=_sessions(most),
        form=form or form_view(NAMES, told),
    )


def _sessions(most: int | None) -> str:
    if most is None:
        return "Any number of sessions"
    return "At most 1 session a month" if most == 1 else f"At most {most} sessions a month"


def amount(money: Money) -> str:
    return f"{Decimal(money.minor).scaleb(-2):f}"


@pages.post("")
@asks(KEEP_DEPARTMENTS)
def add() -> Page:
    here, values = call(), typed(NAMES)
    return _kept(
        here,
        values,
        lambda limits: add_department(here.ports, actor=here.who, limits=limits),
        "The department is there.",
    )


@pages.post("/<uuid:department_id>")
@asks(KEEP_DEPARTMENTS)
def change(department_id: UUID) -> Page:
    here, values, key = call(), typed(NAMES), DepartmentId(department_id)
    return _kept(
        here,
        values,
        lambda limits: change_department(
            here.ports, actor=here.who, department_id=key, limits=limits
        ),
        "The department is changed.",
        of=department_id,
    )


def _kept(
    here: Call,
    values: Mapping[str, str],
    keep: Callable[[Limits], object],
    said: str,
    *,
    of: UUID | None = None,
) -> Page:
    done = attempt(lambda: keep(limits_of(values)), InvalidField, Conflict)
    if isinstance(done, InvalidField):
        return _shown(here, form_view(NAMES, values, {done.field: done.reason}), of=of), 422
    if isinstance(done, Refusal):
        return _shown(here, form_view(NAMES, values, {"name": done.title}), of=of), 409
    flash(said)
    return redirect(PATH, code=303)


@pages.post("/<uuid:department_id>/remove")
@asks(KEEP_DEPARTMENTS)
def remove(department_id: UUID) -> Page:
    here, key = call(), DepartmentId(department_id)
    done = attempt(
        lambda: remove_department(here.ports, actor=here.who, department_id=key), Conflict
    )
    if isinstance(done, Refusal):
        flash(done.title, "bad")
    else:
        flash("The department is gone.")
    return redirect(PATH, code=303)


def limits_of(values: Mapping[str, str]) -> Limits:
    """Raises InvalidField."""
    return Limits(
        name=values["name"],
        monthly_budget=money_typed("monthly_budget", values["monthly_budget"]),
        monthly_sessions_max=_count(values["monthly_sessions_max"]),
    )


def money_typed(field: str, text: str) -> Money | None:
    """Dollars with at most two decimals; empty is none. Raises InvalidField."""
    plain = text.replace(",", "").replace("$", "").replace(" ", "")
    if not plain:
        return None
    if not AMOUNT.fullmatch(plain):
        raise InvalidField(field, "An amount such as 500 or 499.50.")
    return Money(int(Decimal(plain).scaleb(2)))


AMOUNT: Final = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,2})?")
DIGITS_MAX: Final = 9


def _count(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= DIGITS_MAX):
        raise InvalidField("monthly_sessions_max", "A whole number of sessions, or nothing.")
    return int(text)
