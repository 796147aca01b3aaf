"""A company invites employees: one by one, or by a file of them."""

from functools import partial

import attrs

from autodoctor.application.access.employees import EMPLOY, EMPLOYEES
from autodoctor.application.access.may import may
from autodoctor.application.accounts.inviting import invited_before, send, take_back
from autodoctor.application.corporate.employee_details import (
    EmployeeForm,
    check_department,
    checked,
    enrolment_of,
)
from autodoctor.application.corporate.known import EMPLOYEE, Expected, People, people
from autodoctor.application.corporate.own import open_organization
from autodoctor.application.notifications.letters import Letter
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.invitation import Host, Invitation
from autodoctor.domain.corporate.employee import EmployedAlready
from autodoctor.domain.corporate.organization import Organization
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.ids import InvitationId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction


def invite_employee(ports: Ports, *, actor: Actor, email: str, form: EmployeeForm) -> Invitation:
    """Asking again returns the pending one, and mails nothing. Refusals: InvalidField,
    CompanyUntold, OrganizationNotApproved, OrganizationSuspended, InvitedToAnother,
    EmployedAlready, Missing for a department, EmployeeNumberTaken, SeatsFull (those who are
    expected have a seat, too)."""
    may(actor, EMPLOY)
    address, told = EmailAddress.parse(email), checked(form)
    with ports.transactions(actor) as tx:
        company = open_organization(tx, actor, lock=True)
        pending = invited_before(ports, tx, company.id, to=address, place=EMPLOYEE)
        if pending is not None:
            return pending
        there = people(tx, company, at=ports.now())
        if address.text in there.employed:
            raise EmployedAlready()
        check_department(tx, told, company.id)
        there.check_number(told.number, email=address.text)
        company.check_room(there.taken)
        return send_invitation(ports, tx, company, by=actor, to=address, form=told)


def send_invitation(
    ports: Ports,
    tx: Transaction,
    company: Organization,
    *,
    by: Actor,
    to: EmailAddress,
    form: EmployeeForm,
) -> Invitation:
    """Asks nothing more."""
    sent = send(
        ports,
        tx,
        host=Host.ORGANIZATION,
        host_id=company.id,
        to=to,
        place=EMPLOYEE,
        by=by,
        letter=partial(_letter, company.name),
    )
    tx.enrolments.add(enrolment_of(form, sent.id, company.id))
    return sent


def _letter(company: str, inviter: str, url: str) -> Letter:
    return Letter(
        subject=f"{company} invites you to autodoctor",
        greeting="Hello,",
        paragraphs=(
            f"{inviter} of {company} invites you to use autodoctor as an employee: certified "
            "mechanics answer your questions about a vehicle by chat.",
            f"{company} sees when you booked as its employee, what, and what kind of problem it "
            "was about. It never sees what was said, and you can book privately at any time.",
            "The invitation is for this address alone. It works once, for 7 days. If you do not "
            "know them, ignore this mail.",
        ),
        action="See the invitation",
        url=url,
        secret=True,
    )


def change_invited(
    ports: Ports, *, actor: Actor, invitation_id: InvitationId, form: EmployeeForm
) -> Invitation:
    """What somebody who is expected will be. Refusals: InvalidField, Missing, also for one
    that can not be accepted any more, EmployeeNumberTaken."""
    may(actor, EMPLOY)
    told = checked(form)
    with ports.transactions(actor) as tx:
        company = open_organization(tx, actor, lock=True)
        there = people(tx, company, at=ports.now())
        found = _expected(there, invitation_id)
        check_department(tx, told, company.id)
        there.check_number(told.number, email=found.invitation.email.text)
        after = attrs.evolve(found.enrolment, **attrs.asdict(told, recurse=False))
        tx.enrolments.save(after)
        return found.invitation


def revoke_invitation(ports: Ports, *, actor: Actor, invitation_id: InvitationId) -> Invitation:
    """Takes one back; again changes nothing. Refusals: Missing, InvitationUsed."""
    may(actor, EMPLOY)
    with ports.transactions(actor) as tx:
        company = open_organization(tx, actor)
        if tx.invitations.get(invitation_id).place != EMPLOYEE:
            raise Missing("invitation")
        return take_back(ports, tx, company.id, invitation_id)


def expected(ports: Ports, *, actor: Actor, invitation_id: InvitationId) -> Expected:
    """Somebody who is invited and can still accept. Raises Missing."""
    may(actor, EMPLOYEES)
    with ports.transactions(actor) as tx:
        company = open_organization(tx, actor)
        return _expected(people(tx, company, at=ports.now()), invitation_id)


def _expected(there: People, invitation_id: InvitationId) -> Expected:
    for each in there.expected.values():
        if each.invitation.id == invitation_id:
            return each
    raise Missing("invitation")
