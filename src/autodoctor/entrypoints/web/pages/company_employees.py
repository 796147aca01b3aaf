"""A company's employees: the list, inviting one, each of them."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from autodoctor.application.access.employees import EMPLOY, EMPLOYEES
from autodoctor.application.corporate import employees as people
from autodoctor.application.corporate.employing import (
    change_invited,
    expected,
    invite_employee,
    revoke_invitation,
)
from autodoctor.application.corporate.known import form_of
from autodoctor.domain.shared.errors import Conflict, InvalidField, Refusal
from autodoctor.domain.shared.ids import EmployeeId, InvitationId
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.pages.company_employee_form import (
    DETAILS,
    EmployeeFields,
    department_options,
    employee_form,
    values_of,
)
from autodoctor.entrypoints.web.pages.company_employees_view import (
    detail_view,
    filter_of,
    invited_view,
    list_view,
)
from autodoctor.entrypoints.web.pages.forms import FormView, attempt, form_view, typed
from autodoctor.entrypoints.web.pages.people import when

Page = str | tuple[str, int] | Response

pages = Blueprint("company_employees", __name__, url_prefix="/corporate/employees")

INVITE: Final = ("email", *DETAILS)
STEPS: Final[dict[str, tuple[Callable[..., object], str]]] = {
    "activate": (people.activate_employee, "They book for your company again."),
    "deactivate": (people.deactivate_employee, "From now on they book privately."),
}


@pages.get("")
@asks(EMPLOYEES)
def listed() -> Page:
    return _list(call(), form_view(INVITE))


def _list(here: Call, form: FormView) -> str:
    which = filter_of(request.args)
    departments = people.departments(here.ports, actor=here.who)
    found = people.listed(here.ports, actor=here.who, which=which)
    fields = EmployeeFields(form=form, departments=department_options(departments))
    view = list_view(found, which, when(here), viewer=here.who, fields=fields)
    return render_template("corporate/employees.html", view=view)


@pages.post("")
@asks(EMPLOY)
def invite() -> Page:
    here, values = call(), typed(INVITE)
    sent = attempt(
        lambda: invite_employee(
            here.ports, actor=here.who, email=values["email"], form=employee_form(values)
        ),
        *(InvalidField, Conflict),
    )
    if isinstance(sent, Refusal):
        return _list(here, _again(INVITE, values, sent, field="email")), _status(sent)
    flash(f"{sent.email} has an invitation.")
    return redirect("/corporate/employees", code=303)


def _again(
    names: tuple[str, ...], values: dict[str, str], refusal: Refusal, *, field: str
) -> FormView:
    """What is wrong stands at its field; what is wrong with the person, at `field`."""
    if isinstance(refusal, InvalidField):
        return form_view(names, values, {refusal.field: refusal.reason})
    return form_view(names, values, {field: refusal.title})


def _status(refusal: Refusal) -> int:
    return 422 if isinstance(refusal, InvalidField) else 409


@pages.get("/<uuid:employee_id>")
@asks(EMPLOYEES)
def one(employee_id: UUID) -> Page:
    return _one(call(), EmployeeId(employee_id))


def _one(here: Call, key: EmployeeId, form: FormView | None = None) -> str:
    found = people.detail(here.ports, actor=here.who, employee_id=key)
    options = department_options(people.departments(here.ports, actor=here.who))
    told = form or form_view(DETAILS, values_of(form_of(found.employee)))
    fields = EmployeeFields(form=told, departments=options)
    view = detail_view(found, when(here), viewer=here.who, fields=fields)
    return render_template("corporate/employee.html", view=view)


@pages.post("/<uuid:employee_id>")
@asks(EMPLOY)
def change(employee_id: UUID) -> Page:
    here, values, key = call(), typed(DETAILS), EmployeeId(employee_id)
    kept = attempt(
        lambda: people.change_employee(
            here.ports, actor=here.who, employee_id=key, form=employee_form(values)
        ),
        *(InvalidField, Conflict),
    )
    if isinstance(kept, Refusal):
        return _one(here, key, _again(DETAILS, values, kept, field="number")), _status(kept)
    flash("Their details are kept.")
    return redirect(f"/corporate/employees/{employee_id}", code=303)


@pages.post("/<uuid:employee_id>/<any(activate, deactivate):step>")
@asks(EMPLOY)
def let(employee_id: UUID, step: str) -> Page:
    here, (use_case, said) = call(), STEPS[step]
    key = EmployeeId(employee_id)
    done = attempt(lambda: use_case(here.ports, actor=here.who, employee_id=key), Conflict)
    flash(*((done.title, "bad") if isinstance(done, Refusal) else (said,)))
    return redirect(f"/corporate/employees/{employee_id}", code=303)


@pages.get("/invited/<uuid:invitation_id>")
@asks(EMPLOYEES)
def invited(invitation_id: UUID) -> Page:
    return _invited(call(), InvitationId(invitation_id))


def _invited(here: Call, key: InvitationId, form: FormView | None = None) -> str:
    found = expected(here.ports, actor=here.who, invitation_id=key)
    options = department_options(people.departments(here.ports, actor=here.who))
    told = form or form_view(DETAILS, values_of(form_of(found.enrolment)))
    fields = EmployeeFields(form=told, departments=options)
    view = invited_view(found, when(here), viewer=here.who, fields=fields)
    return render_template("corporate/invited.html", view=view)


@pages.post("/invited/<uuid:invitation_id>")
@asks(EMPLOY)
def change_expected(invitation_id: UUID) -> Page:
    here, values, key = call(), typed(DETAILS), InvitationId(invitation_id)
    kept = attempt(
        lambda: change_invited(
            here.ports, actor=here.who, invitation_id=key, form=employee_form(values)
        ),
        *(InvalidField, Conflict),
    )
    if isinstance(kept, Refusal):
        return _invited(here, key, _again(DETAILS, values, kept, field="number")), _status(kept)
    flash("Their details are kept.")
    return redirect(f"/corporate/employees/invited/{invitation_id}", code=303)


@pages.post("/invited/<uuid:invitation_id>/revoke")
@asks(EMPLOY)
def take_back(invitation_id: UUID) -> Page:
    here, key = call(), InvitationId(invitation_id)
    done = attempt(
        lambda: revoke_invitation(here.ports, actor=here.who, invitation_id=key), Conflict
    )
    said = "The invitation does not work any more."
    flash(*((done.title, "bad") if isinstance(done, Refusal) else (said,)))
    return redirect("/corporate/employees", code=303)
