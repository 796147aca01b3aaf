"""Everybody there is, around one live session: who is in it, who is not, and who is out."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import attrs
import httpx

from autodoctor.application.accounts.tokens import digest
from autodoctor.application.booking.checkout import check_out
from autodoctor.application.corporate.employee_details import EmployeeForm
from autodoctor.application.corporate.employing import invite_employee
from autodoctor.application.garage.favorites import add_favorite
from autodoctor.application.garage.vehicles import VehicleForm, add_vehicle
from autodoctor.application.sessions.accept import accept
from autodoctor.application.sessions.room import join
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.shared.actor import SYSTEM, Role
from autodoctor.domain.shared.ids import ApplicationId
from autodoctor.domain.vetting.application import Application, ApplicationKind
from autodoctor.ports.bundle import Ports
from support import plain
from support.api_keys import company_person, made_key
from support.corporate import a_department, an_employee
from support.people import Person, as_person, booked, customer, mechanic, person
from support.running import Running
from support.workshops import details, workshop_owner

WHO = (
    *("visitor", "customer", "other customer", "mechanic", "other mechanic"),
    *("workshop", "corporate", "admin", "suspended", "banned"),
    *("other company", "api key"),
)
"""The API key is of the company of "corporate", and may do all that a key may."""

ROLES = {
    **dict.fromkeys(("customer", "other customer"), Role.CUSTOMER),
    **dict.fromkeys(("mechanic", "other mechanic"), Role.MECHANIC),
    **{role.value: role for role in (Role.WORKSHOP, Role.CORPORATE, Role.ADMIN)},
    "other company": Role.CORPORATE,
}


class Anybodys(dict[str, Any]):
    """Ids by name, and one that nobody has for every other name."""

    def __missing__(self, _name: str) -> str:
        return str(uuid4())


@attrs.frozen
class Scene:
    """A live session of a customer and a mechanic, and people who have no part in it."""

    people: dict[str, Person]
    session_id: str
    request_id: str
    intake_id: str
    vehicle_id: str
    favorite_id: str
    key: str
    key_id: str
    employee_id: str
    invitation_id: str
    department_id: str

    def path(self, template: str) -> str:
        """With the ids of this scene; what it does not have is somebody's who is not there."""
        theirs = {
            "workshop_id": str(self.people["workshop"].actor.workshop_id),
            "organization_id": str(self.people["corporate"].actor.organization_id),
            "mechanic_id": str(self.people["mechanic"].id),
            "account_id": str(self.people["other customer"].id),
        }
        return template.format_map(Anybodys(attrs.asdict(self, recurse=False) | theirs))

    def body(self, path: str) -> dict[str, Any]:
        """The least that each endpoint takes."""
        session, intake = {"session_id": self.session_id}, {"intake_id": self.intake_id}
        login = {"email": "nobody@test.example", "password": "not the password"}
        agreed = dict.fromkeys(("adult", "terms", "privacy", "marketplace"), True)
        report = {"findings": "a", "steps_taken": "b", "next_steps": "c"}
        workshop = attrs.asdict(details())
        company = {
            "name": "Swift Couriers",
            "contact_name": "Fran Fleet",
            "email": "fleet@test.example",
            "business_type": "fleet",
        }
        names = {
            "customer/signup": {
                "email": f"{uuid4().hex}@test.example",
                "password": "a fine password",
                "full_name": "Somebody New",
                **agreed,
            },
            "workshop/signup": {
                **workshop,
                "email": f"{uuid4().hex}@test.example",
                "password": "a fine password",
                **agreed,
            },
            "corporate/signup": {
                **company,
                "email": f"{uuid4().hex}@test.example",
                "password": "a fine password",
                **agreed,
            },
            "corporate/register": company,
            "corporate/profile": company,
            "corporate/departments": {"name": uuid4().hex},
            "{department_id}": {"name": uuid4().hex},
            "team/invitations": {"email": f"{uuid4().hex}@test.example"},
            "tier": {"tier": "starter", "reason": "a reason"},
            "reinstate": {"reason": "a reason"},
            "corporate/keys": {"name": "Payroll"},
            "corporate/employees": {"email": f"{uuid4().hex}@test.example"},
            "failed-jobs/retry": {"queue": "timer", "kind": "archive", "subject_id": str(uuid4())},
            "employees/roster": {"csv": f"email\n{uuid4().hex}@test.example\n"},
            "{employee_id}": {"name": "Dee Driver"},
            "employees/invitations/{invitation_id}": {"name": "Dee Driver"},
            "partnerships/applications": {"program_id": str(uuid4()), "message": "please"},
            "workshops/applications": {"program_id": str(uuid4()), "message": "please"},
            "admin/programs": {"brand": "Honda", "title": "Care", "description": "a program"},
            "programs/applications/{application_id}": {"status": "accepted"},
            "workshop/register": workshop,
            "workshop/profile": workshop,
            "workshop/logo": {"file_id": str(uuid4())},
            "invite-mechanic": {"email": f"{uuid4().hex}@test.example"},
            "workshop-signup": {"code": "no such code"},
            "company-signup": {"code": "no such code"},
            "areas": {"areas": []},
            "seat": {"seat": "viewer"},
            "{issue_id}/retry": {"note": "a note"},
            "{issue_id}/settle": {"note": "a note"},
            "{issue_id}/close": {"note": "a note"},
            "approve": {},
            "reject": {"reason": "a reason"},
            "suspend": {"reason": "a reason"},
            "reactivate": {"reason": "a reason"},
            "second-factor": {"code": "123456"},
            "mechanic/documents": {"file_id": str(uuid4()), "kind": "other"},
            "upload-document": {"file_id": str(uuid4()), "kind": "other"},
            "/review": {"approved": True},
            "application/answer": {"answer": "310T"},
            "auth/passkey": {"answer": {}},
            "account/passkeys": {"answer": {}},
            "test-login": {"email": "nobody@test.example", "role": "customer"},
            "login": login,
            "intake/start": {"plan": "quick-chat", "concern": "Grinding noise", "urgent": True},
            "waiver/submit": {**intake, "full_name": "Casey Driver", "adult": True},
            "create-session": intake,
            "send-message": {**session, "client_id": str(uuid4()), "text": "hello"},
            "chat/read": {**session, "position": 1},
            "chat/typing": session,
            "uploads/sign": {"name": "a.jpg", "media_type": "image/jpeg", "size_bytes": 10},
            "clock": {"on_shift": True},
            "service-tier": {"service_tier": "virtual_only"},
            "mechanic/accept": {"request_id": self.request_id},
            "sessions/complete": {**session, **report},
            "extract": {"text": "brakes"},
            "vin/decode": {"vin": "1HGCM82633A004352"},
            "rate": {"stars": 5},
            "profile/photo": {"file_id": str(uuid4())},
            "files": {"file_id": str(uuid4())},
            "notes": {"text": "a note"},
            "vehicles": {"year": 2015, "make": "Honda", "model": "Civic"},
            "{vehicle_id}": {"year": 2015, "make": "Honda", "model": "Civic"},
            "favorites": {"mechanic_id": str(self.people["other mechanic"].id)},
        }
        return next((body for name, body in names.items() if path.endswith(name)), {})

    def query(self, path: str) -> dict[str, str]:
        names = {
            "waiver/get": {"intake_id": self.intake_id},
            "waiver/check": {"intake_id": self.intake_id},
            "create-session": {"intake_id": self.intake_id},
            "checkout/resolve": {"session_id": "cs_test_nobody"},
            "resolve-by-stripe": {"session_id": "cs_test_nobody"},
            "session-info": {"session_id": self.session_id},
            "uploads/put": {"token": "no-token"},
        }
        return next((query for name, query in names.items() if path.endswith(name)), {})


def out(ports: Ports, who: Person, standing: Standing) -> Person:
    """Still holding the cookie of before."""
    with ports.transactions(SYSTEM) as tx:
        account = tx.accounts.get(who.id, lock=True)
        tx.accounts.save(attrs.evolve(account, standing=standing))
    return who


def confirm_logins(ports: Ports, people: Mapping[str, Person]) -> None:
    """As of who has shown once more that it is them, before they add ways to log in."""
    with ports.transactions(SYSTEM) as tx:
        for who in people.values():
            found = tx.logins.find(digest(who.token))
            assert found is not None, "everybody is logged in"
            tx.logins.save(attrs.evolve(found[0], confirmed_at=ports.now()))


def an_applicant(ports: Ports, who: Person) -> None:
    """A mechanic or a company whose application waits for staff."""
    company = who.actor.organization_id
    at = ports.now()
    draft = Application(
        id=ApplicationId(uuid4()),
        kind=ApplicationKind.ORGANIZATION if company else ApplicationKind.MECHANIC,
        subject_id=company or who.id,
        applicant_id=who.id,
        created_at=at,
    )
    with ports.transactions(SYSTEM) as tx:
        tx.applications.add(draft)
        tx.applications.save(draft.submit(at=at)[0])


def live_scene(running: Running) -> Scene:
    """Made anew: whatever is done in it, the next one does not see."""
    ports = running.here.ports
    driver, wrench = customer(ports), mechanic(ports)
    intake = booked(ports, driver, plan="free")
    session_id = check_out(ports, actor=driver.actor, intake_id=intake.id).session_id
    assert session_id is not None
    with ports.transactions(SYSTEM) as tx:
        request = tx.requests.current(session_id)
    assert request is not None
    accept(ports, actor=wrench.actor, request_id=request.id)
    for each in (driver, wrench):
        join(ports, actor=each.actor, session_id=session_id)
    people = {
        "customer": driver,
        "other customer": customer(ports),
        "mechanic": wrench,
        "other mechanic": mechanic(ports),
        "workshop": workshop_owner(ports),
        "corporate": company_person(ports),
        "other company": company_person(ports),
        "admin": person(ports, Role.ADMIN),
        "suspended": out(ports, customer(ports), Standing.SUSPENDED),
        "banned": out(ports, mechanic(ports), Standing.BANNED),
    }
    confirm_logins(ports, people)
    for applying in ("mechanic", "corporate", "other company"):
        an_applicant(ports, people[applying])
    form = VehicleForm(year=2015, make="Honda", model="Civic")
    vehicle = add_vehicle(ports, actor=driver.actor, form=form)
    workmate = mechanic(ports)
    liked = add_favorite(ports, actor=driver.actor, mechanic_id=workmate.actor.mechanic_id)
    boss = people["corporate"].actor
    key, spare = made_key(ports, boss).text, made_key(ports, boss).key.id
    employee = an_employee(ports.transactions, organization_id=boss.organization_id).id
    address = f"{uuid4().hex}@test.example"
    invited = invite_employee(ports, actor=boss, email=address, form=EmployeeForm()).id
    vans = a_department(ports.transactions, organization_id=boss.organization_id).id
    things = (session_id, request.id, intake.id, vehicle.id, liked.favorite.id)
    return Scene(people, *map(str, (*things, key, spare, employee, invited, vans)))


@contextmanager
def clients_of(running: Running, scene: Scene) -> Iterator[dict[str, httpx.Client]]:
    made = {name: as_person(running.url, who) for name, who in scene.people.items()}
    made["visitor"] = running.client()
    made["api key"] = plain.client(
        base_url=running.url, headers={"Authorization": f"Bearer {scene.key}"}
    )
    try:
        yield made
    finally:
        for client in made.values():
            client.close()
