"""A workshop and a company with everything that belongs to one, and the people around them: its
owner, a colleague who may only look, the owner of another one, and somebody with none."""

import re
from uuid import uuid4

import attrs
from flask import Flask, session
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import generate_csrf

from autodoctor.application.corporate.employing import EmployeeForm, invite_employee
from autodoctor.application.corporate.inviting import invite_colleague
from autodoctor.application.workshops.inviting import invite_person
from autodoctor.application.workshops.programs import apply_to, keep_program
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role, Seat
from autodoctor.domain.shared.ids import MechanicId, ProgramId
from autodoctor.domain.workshops.membership import ask
from autodoctor.domain.workshops.program import Program
from autodoctor.ports.bundle import Ports
from support.api_keys import made_key
from support.corporate import a_department, an_employee, company_of, company_owner, who_runs
from support.people import Person, logged_in, mechanic
from support.workshops import ADMIN, an_account, own, owner, with_seat

AROUND = ("own", "colleague", "other", "none")
PLACE = re.compile(r"<(?:[^:>]+:)?(\w+)>|\{(\w+)\}")


@attrs.frozen
class House:
    """`things` are the ids of what belongs to it, by the names that paths use."""

    people: dict[str, Person]
    things: dict[str, str]

    def path(self, template: str) -> str:
        """With its own things in a path of the API or of a page."""
        things = dict(self.things)
        if "/team/invitations/" in template:
            things["invitation_id"] = things.get("staff_invitation_id", things["invitation_id"])
        return PLACE.sub(lambda found: things[found[1] or found[2]], template)


def a_workshop(ports: Ports) -> House:
    boss = owner(ports)
    colleague, advisor = with_seat(ports, boss, Seat.VIEWER), with_seat(ports, boss, Seat.ADVISOR)
    none = Actor(an_account(ports, Role.WORKSHOP).id, Role.WORKSHOP)
    member = mechanic(ports, on_shift=False)
    place, _ = ask(mechanic_id=MechanicId(member.id), workshop_id=own(boss), at=ports.now())
    with ports.transactions(SYSTEM) as tx:
        tx.memberships.add(place)
    program = keep_program(ports, actor=ADMIN, program=_a_program(ports))
    applied = apply_to(ports, actor=boss, program_id=program.id, message="Ten years of hybrids.")
    invited = invite_person(ports, actor=boss, email=f"{uuid4().hex}@test.example")
    people = {"own": boss, "colleague": colleague, "other": owner(ports), "none": none}
    things = {
        "mechanic_id": member.id,
        "account_id": advisor.account_id,
        "invitation_id": invited.id,
        "program_id": program.id,
        "application_id": applied.id,
        "step": "deactivate",
    }
    return House(_logged_in(ports, people), {name: str(key) for name, key in things.items()})


def _a_program(ports: Ports) -> Program:
    return Program(
        id=ProgramId(uuid4()),
        brand="Honda",
        title="Hybrid care",
        description="Training for hybrids.",
        created_at=ports.now(),
    )


def a_company_with_everything(ports: Ports) -> House:
    kept = ports.transactions
    boss = company_owner(ports)
    with kept(SYSTEM) as tx:
        company = tx.organizations.get(company_of(boss))
    colleague, clerk = (who_runs(kept, company, seat) for seat in (Seat.VIEWER, Seat.ADVISOR))
    none = Actor(an_account(ports, Role.CORPORATE).id, Role.CORPORATE)
    invited = invite_employee(
        ports, actor=boss, email=f"{uuid4().hex}@test.example", form=EmployeeForm()
    )
    asked = invite_colleague(ports, actor=boss, email=f"{uuid4().hex}@test.example", place="admin")
    people = {
        "own": boss,
        "colleague": colleague,
        "other": company_owner(ports),
        "none": none,
    }
    things = {
        "department_id": a_department(kept, organization_id=company.id).id,
        "employee_id": an_employee(kept, organization_id=company.id).id,
        "invitation_id": invited.id,
        "staff_invitation_id": asked.id,
        "key_id": made_key(ports, boss).key.id,
        "account_id": clerk.account_id,
        "step": "deactivate",
    }
    return House(_logged_in(ports, people), {name: str(key) for name, key in things.items()})


def _logged_in(ports: Ports, people: dict[str, Actor]) -> dict[str, Person]:
    return {name: logged_in(ports, actor) for name, actor in people.items()}


def signed_form(app: Flask) -> tuple[str, str]:
    """The cookie and the token of a form of this site, signed with its key: any page would give
    them, and every row would ask everybody's page for them."""
    with app.test_request_context():
        token = generate_csrf()
        signer = SecureCookieSessionInterface().get_signing_serializer(app)
        assert signer is not None
        return str(signer.dumps(dict(session))), token
