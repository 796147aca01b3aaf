"""Every endpoint and everybody: who is let in, from one table.

`+` is let in (whatever the state of things then says), a number is the refusal. A route that
is not in the table fails, and so does a row without a route.
"""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import attrs
import httpx
import pytest

from autodoctor.application.access.may import Proof
from autodoctor.application.booking.checkout import check_out
from autodoctor.application.sessions.accept import accept
from autodoctor.application.sessions.room import join
from autodoctor.domain.accounts.account import Standing
from autodoctor.domain.shared.actor import SYSTEM, Role
from autodoctor.entrypoints.web.api.all import ENDPOINTS
from autodoctor.entrypoints.web.api.declare import Endpoint
from autodoctor.ports.bundle import Ports
from support.people import Person, as_person, booked, customer, mechanic, person
from support.running import Running

pytestmark = pytest.mark.xdist_group("system")

WHO = (
    *("visitor", "customer", "other customer", "mechanic", "other mechanic"),
    *("workshop", "corporate", "admin", "suspended", "banned"),
)

#                visitor  customers  mechanics  work corp admin  suspended, banned
PUBLIC = "+    +    +    +    +    +    +    +    +    +"
LOGIN = "403  403  403  403  403  403  403  403  403  403"
CUSTOMERS = "401  +    +    403  403  403  403  403  401  401"
MECHANICS = "401  403  403  +    +    403  403  403  401  401"
ADMINS = "401  403  403  403  403  403  403  +    401  401"
ANYBODY = "401  +    +    +    +    +    +    +    401  401"
LISTS = "401  +    +    +    +    403  403  +    401  401"
OWN_CUSTOMERS = "401  +    404  403  403  403  403  403  401  401"
NO_CUSTOMERS = "401  404  404  403  403  403  403  403  401  401"
OWN_INTAKE = "401  +    404  403  403  403  403  +    401  401"
PARTIES = "401  +    404  +    404  403  403  403  401  401"
NO_PARTIES = "401  404  404  404  404  403  403  403  401  401"
INSIDE = "401  +    404  +    404  403  403  +    401  401"
NO_INSIDE = "401  404  404  404  404  403  403  404  401  401"
NOBODY = "401  404  404  404  404  404  404  404  401  401"
OWN_MECHANICS = "401  403  403  +    404  403  403  403  401  401"
NO_MECHANICS = "401  403  403  404  404  403  403  403  401  401"
SECRET = "404  404  404  404  404  404  404  404  404  404"
SIGNED = "422  422  422  422  422  422  422  422  422  422"

TABLE = {
    "POST /api/customer/signup": PUBLIC,
    "POST /api/customer/login": LOGIN,
    "POST /api/mechanic/login": LOGIN,
    "POST /api/admin/login": LOGIN,
    "POST /api/auth/logout": PUBLIC,
    "POST /api/mechanics/logout": PUBLIC,
    "POST /api/admin/logout": PUBLIC,
    "GET /api/customer/profile": CUSTOMERS,
    "POST /api/customer/profile": CUSTOMERS,
    "POST /api/customer/verification": CUSTOMERS,
    "GET /api/plans": PUBLIC,
    "POST /api/intake/start": CUSTOMERS,
    "POST /api/waiver/submit": OWN_CUSTOMERS,
    "GET /api/waiver/get": OWN_INTAKE,
    "GET /api/waiver/check": OWN_INTAKE,
    "POST /api/checkout/create-session": OWN_CUSTOMERS,
    "GET /api/checkout/create-session": OWN_CUSTOMERS,
    "GET /api/checkout/resolve": NO_CUSTOMERS,
    "GET /api/sessions/resolve-by-stripe": NO_CUSTOMERS,
    "POST /api/stripe/webhook": SIGNED,
    "GET /api/customer/sessions": CUSTOMERS,
    "GET /api/sessions": LISTS,
    "GET /api/customer/sessions/{session_id}": OWN_CUSTOMERS,
    "GET /api/sessions/{session_id}": INSIDE,
    "GET /api/sessions/{session_id}/status": INSIDE,
    "GET /api/customer/active-sessions": CUSTOMERS,
    "POST /api/customer/sessions/{session_id}/cancel": OWN_CUSTOMERS,
    "POST /api/sessions/{session_id}/start": PARTIES,
    "POST /api/sessions/{session_id}/end": INSIDE,
    "GET /api/sessions/{session_id}/files": INSIDE,
    "POST /api/sessions/{session_id}/files": NO_PARTIES,
    "GET /api/sessions/{session_id}/summary": INSIDE,
    "GET /api/sessions/{session_id}/report.pdf": NO_INSIDE,
    "POST /api/sessions/{session_id}/notes": OWN_MECHANICS,
    "POST /api/customer/sessions/{session_id}/rate": OWN_CUSTOMERS,
    "POST /api/chat/send-message": PARTIES,
    "GET /api/chat/session-info": INSIDE,
    "POST /api/chat/read": PARTIES,
    "POST /api/chat/typing": PARTIES,
    "POST /api/uploads/sign": ANYBODY,
    "POST /api/uploads/put": NOBODY,
    "GET /api/mechanics/me": MECHANICS,
    "POST /api/mechanic/clock": MECHANICS,
    "GET /api/mechanics/requests": MECHANICS,
    "GET /api/mechanics/requests/history": MECHANICS,
    "POST /api/mechanics/requests/{request_id}/accept": MECHANICS,
    "POST /api/mechanics/requests/{request_id}/decline": NO_MECHANICS,
    "POST /api/mechanics/requests/{request_id}/cancel": OWN_MECHANICS,
    "POST /api/mechanic/accept": MECHANICS,
    "GET /api/mechanics/sessions/virtual": MECHANICS,
    "POST /api/mechanic/sessions/history": MECHANICS,
    "GET /api/mechanic/active-sessions": MECHANICS,
    "GET /api/mechanic/sessions/{session_id}": OWN_MECHANICS,
    "POST /api/mechanic/sessions/complete": OWN_MECHANICS,
    "GET /api/mechanics/earnings": MECHANICS,
    "GET /api/mechanic/earnings": MECHANICS,
    "GET /api/mechanics/available-count": PUBLIC,
    "GET /api/admin/sessions/{session_id}/timeline": ADMINS,
    "GET /api/service-keywords": PUBLIC,
    "POST /api/keywords/extract": PUBLIC,
    "GET /api/brands": PUBLIC,
    "POST /api/vin/decode": PUBLIC,
    "POST /api/matching/find-mechanics": PUBLIC,
    "GET /api/health": PUBLIC,
    "GET /api/cron/monitor-sessions": SECRET,
    "POST /api/cron/monitor-sessions": SECRET,
}


@attrs.frozen
class Scene:
    """A live session of a customer and a mechanic, and people who have no part in it."""

    people: dict[str, Person]
    session_id: str
    request_id: str
    intake_id: str

    def path(self, template: str) -> str:
        return template.format(session_id=self.session_id, request_id=self.request_id)

    def body(self, path: str) -> dict[str, Any]:
        """The least that each endpoint takes."""
        session, intake = {"session_id": self.session_id}, {"intake_id": self.intake_id}
        login = {"email": "nobody@test.example", "password": "not the password"}
        agreed = dict.fromkeys(("adult", "terms", "privacy", "marketplace"), True)
        report = {"findings": "a", "steps_taken": "b", "next_steps": "c"}
        names = {
            "signup": {
                "email": f"{uuid4().hex}@test.example",
                "password": "a fine password",
                "full_name": "Somebody New",
                **agreed,
            },
            "login": login,
            "intake/start": {"plan": "quick-chat", "concern": "Grinding noise", "urgent": True},
            "waiver/submit": {**intake, "full_name": "Casey Driver", "adult": True},
            "create-session": intake,
            "send-message": {**session, "client_id": str(uuid4()), "text": "hello"},
            "chat/read": {**session, "position": 1},
            "chat/typing": session,
            "uploads/sign": {"name": "a.jpg", "media_type": "image/jpeg", "size_bytes": 10},
            "clock": {"on_shift": True},
            "mechanic/accept": {"request_id": self.request_id},
            "sessions/complete": {**session, **report},
            "extract": {"text": "brakes"},
            "vin/decode": {"vin": "1HGCM82633A004352"},
            "rate": {"stars": 5},
            "files": {"file_id": str(uuid4())},
            "notes": {"text": "a note"},
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


@pytest.fixture
def scene(running: Running) -> Scene:
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
        "workshop": person(ports, Role.WORKSHOP),
        "corporate": person(ports, Role.CORPORATE),
        "admin": person(ports, Role.ADMIN),
        "suspended": out(ports, customer(ports), Standing.SUSPENDED),
        "banned": out(ports, mechanic(ports), Standing.BANNED),
    }
    return Scene(people, str(session_id), str(request.id), str(intake.id))


@pytest.fixture
def clients(running: Running, scene: Scene) -> Iterator[dict[str, httpx.Client]]:
    made = {name: as_person(running.url, who) for name, who in scene.people.items()}
    made["visitor"] = running.client()
    yield made
    for client in made.values():
        client.close()


def test_every_endpoint_has_a_row_and_every_row_an_endpoint() -> None:
    assert {f"{each.method} {each.path}" for each in ENDPOINTS} == set(TABLE)


@pytest.mark.parametrize("row", sorted(TABLE))
def test_everybody_gets_the_answer_of_the_table(
    row: str, scene: Scene, clients: dict[str, httpx.Client]
) -> None:
    method, template = row.split(" ")
    path = scene.path(template)

    answers = {}
    for who in WHO:
        given = {"params": scene.query(template)} if method == "GET" or "put" in path else {}
        if method != "GET":
            given["json"] = scene.body(template)
        answer = clients[who].request(method, path, **given)
        refused = answer.status_code in (401, 403, 404, 500) or TABLE[row] == SIGNED
        answers[who] = str(answer.status_code) if refused else "+"

    assert answers == dict(zip(WHO, TABLE[row].split(), strict=True))


ROLES = {
    **dict.fromkeys(("customer", "other customer"), Role.CUSTOMER),
    **dict.fromkeys(("mechanic", "other mechanic"), Role.MECHANIC),
    **{role.value: role for role in (Role.WORKSHOP, Role.CORPORATE, Role.ADMIN)},
}


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda each: f"{each.method} {each.path}")
def test_the_table_and_the_declared_action_agree(endpoint: Endpoint) -> None:
    action, row = endpoint.action, TABLE[f"{endpoint.method} {endpoint.path}"]
    told = dict(zip(WHO, row.split(), strict=True))

    if action.proof is not Proof.LOGIN:
        assert len(set(told.values())) == 1
        return
    assert told["visitor"] == told["suspended"] == told["banned"] == "401"
    for who, role in ROLES.items():
        assert (told[who] == "403") == (role not in action.reach), who


FOREIGN = sorted(row for row in TABLE if "{" in row and " 404" in TABLE[row])


@pytest.mark.parametrize("row", FOREIGN)
def test_what_is_somebody_elses_answers_like_what_nobody_has(
    row: str, scene: Scene, clients: dict[str, httpx.Client]
) -> None:
    method, template = row.split(" ")
    told = dict(zip(WHO, TABLE[row].split(), strict=True))
    who = next(each for each in ("other customer", "other mechanic") if told[each] == "404")
    body = {} if method == "GET" else {"json": scene.body(template)}
    nothing = template.format(session_id=uuid4(), request_id=uuid4())

    foreign = clients[who].request(method, scene.path(template), **body)
    missing = clients[who].request(method, nothing, **body)

    assert foreign.status_code == missing.status_code == 404
    assert _said(foreign) == _said(missing)


def _said(answer: httpx.Response) -> dict[str, Any]:
    said: dict[str, Any] = answer.json()
    return {name: said[name] for name in said if name not in ("instance", "correlation_id")}
