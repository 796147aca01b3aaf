"""What belongs to a workshop or a company, and who of their kind is let at it: its owner, a
colleague who may only look, the owner of another one, and somebody who has none yet.

Rows that are about neither are in the tables of endpoints and pages; whoever is refused there by
role is refused here too, whatever their seat.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from uuid import UUID, uuid4

import httpx
import pytest
from flask import Flask

from autodoctor.application.access.may import Reach
from autodoctor.domain.shared.actor import Role
from autodoctor.entrypoints.web.access import actions
from autodoctor.entrypoints.web.api.all import ENDPOINTS
from autodoctor.entrypoints.web.main import built
from autodoctor.ports.bundle import Ports
from support.houses import AROUND, PLACE, House, a_company_with_everything, a_workshop, signed_form
from support.people import as_person
from support.running import Running

pytestmark = pytest.mark.xdist_group("system")

#      own, colleague, other, none
ANYBODY = "+ + + +"
LOOK = "+ + + 403"
LOOK_PAGE = "+ + + away"
OWN_LOOK = "+ + 404 403"
OWN_LOOK_PAGE = "+ + 404 away"
CHANGE_OR_BEGIN = "+ 403 + +"
CHANGE = "+ 403 + 403"
CHANGE_PAGE = "+ 403 + away"
OWN_CHANGE = "+ 403 404 403"
OWN_CHANGE_PAGE = "+ 403 404 away"
NO_SUCH_FILE = "404 403 404 403"

TABLE = {
    "corporate DELETE /api/corporate/departments/<department_id>": OWN_CHANGE,
    "corporate DELETE /api/corporate/employees/invitations/<invitation_id>": OWN_CHANGE,
    "corporate DELETE /api/corporate/keys/<key_id>": OWN_CHANGE,
    "corporate DELETE /api/corporate/team/<account_id>": OWN_CHANGE,
    "corporate DELETE /api/corporate/team/invitations/<invitation_id>": OWN_CHANGE,
    "corporate GET /api/corporate/application": LOOK,
    "corporate GET /api/corporate/dashboard": LOOK,
    "corporate GET /api/corporate/departments": LOOK,
    "corporate GET /api/corporate/employees": LOOK,
    "corporate GET /api/corporate/employees/<employee_id>": OWN_LOOK,
    "corporate GET /api/corporate/employees/roster": LOOK,
    "corporate GET /api/corporate/keys": CHANGE,
    "corporate GET /api/corporate/profile": LOOK,
    "corporate GET /api/corporate/sessions": LOOK,
    "corporate GET /api/corporate/team": LOOK,
    "corporate GET /corporate/dashboard": LOOK_PAGE,
    "corporate GET /corporate/departments": LOOK_PAGE,
    "corporate GET /corporate/employees": LOOK_PAGE,
    "corporate GET /corporate/employees/<uuid:employee_id>": OWN_LOOK_PAGE,
    "corporate GET /corporate/employees/file": LOOK_PAGE,
    "corporate GET /corporate/employees/invited/<uuid:invitation_id>": OWN_LOOK_PAGE,
    "corporate GET /corporate/employees/upload": CHANGE_OR_BEGIN,
    "corporate GET /corporate/integrations": CHANGE_PAGE,
    "corporate GET /corporate/profile": LOOK_PAGE,
    "corporate GET /corporate/register": CHANGE_OR_BEGIN,
    "corporate GET /corporate/sessions": LOOK_PAGE,
    "corporate GET /corporate/status": ANYBODY,
    "corporate GET /corporate/team": LOOK_PAGE,
    "corporate POST /api/corporate/departments": CHANGE,
    "corporate POST /api/corporate/employees": CHANGE,
    "corporate POST /api/corporate/employees/<employee_id>/activate": OWN_CHANGE,
    "corporate POST /api/corporate/employees/<employee_id>/deactivate": OWN_CHANGE,
    "corporate POST /api/corporate/employees/roster": CHANGE,
    "corporate POST /api/corporate/keys": CHANGE,
    "corporate POST /api/corporate/register": CHANGE_OR_BEGIN,
    "corporate POST /api/corporate/team/<account_id>/seat": OWN_CHANGE,
    "corporate POST /api/corporate/team/invitations": CHANGE,
    "corporate POST /corporate/departments": CHANGE_PAGE,
    "corporate POST /corporate/departments/<uuid:department_id>": OWN_CHANGE_PAGE,
    "corporate POST /corporate/departments/<uuid:department_id>/remove": OWN_CHANGE_PAGE,
    "corporate POST /corporate/employees": CHANGE_PAGE,
    "corporate POST /corporate/employees/<uuid:employee_id>": OWN_CHANGE_PAGE,
    "corporate POST /corporate/employees/invited/<uuid:invitation_id>": OWN_CHANGE_PAGE,
    "corporate POST /corporate/employees/invited/<uuid:invitation_id>/revoke": OWN_CHANGE_PAGE,
    "corporate POST /corporate/employees/upload": CHANGE_PAGE,
    "corporate POST /corporate/integrations/keys": CHANGE_PAGE,
    "corporate POST /corporate/integrations/keys/<uuid:key_id>/revoke": OWN_CHANGE_PAGE,
    "corporate POST /corporate/profile": CHANGE_PAGE,
    "corporate POST /corporate/register": CHANGE_OR_BEGIN,
    "corporate POST /corporate/status": CHANGE_OR_BEGIN,
    "corporate POST /corporate/status/papers": CHANGE_PAGE,
    "corporate POST /corporate/team/invitations/<uuid:invitation_id>/revoke": OWN_CHANGE_PAGE,
    "corporate POST /corporate/team/invite": CHANGE_PAGE,
    "corporate POST /corporate/team/staff/<uuid:account_id>/seat": OWN_CHANGE_PAGE,
    "corporate PUT /api/corporate/departments/<department_id>": OWN_CHANGE,
    "corporate PUT /api/corporate/employees/<employee_id>": OWN_CHANGE,
    "corporate PUT /api/corporate/employees/invitations/<invitation_id>": OWN_CHANGE,
    "corporate PUT /api/corporate/profile": CHANGE_OR_BEGIN,
    "workshop DELETE /api/workshop/invitations/<invitation_id>": OWN_CHANGE,
    "workshop DELETE /api/workshop/mechanics/<mechanic_id>": OWN_CHANGE,
    "workshop DELETE /api/workshop/staff/<account_id>": OWN_CHANGE,
    "workshop GET /api/workshop/application": LOOK,
    "workshop GET /api/workshop/dashboard": LOOK,
    "workshop GET /api/workshop/invitations": LOOK,
    "workshop GET /api/workshop/profile": LOOK,
    "workshop GET /api/workshop/team": LOOK,
    "workshop GET /api/workshops/applications": LOOK,
    "workshop GET /api/workshops/applications/<application_id>": OWN_LOOK,
    "workshop GET /api/workshops/programs": LOOK,
    "workshop GET /workshop/dashboard": LOOK_PAGE,
    "workshop GET /workshop/partnerships/applications": LOOK_PAGE,
    "workshop GET /workshop/partnerships/apply/<uuid:program_id>": CHANGE_OR_BEGIN,
    "workshop GET /workshop/partnerships/programs": LOOK_PAGE,
    "workshop GET /workshop/profile": LOOK_PAGE,
    "workshop GET /workshop/profile/payouts": CHANGE_PAGE,
    "workshop GET /workshop/register": CHANGE_OR_BEGIN,
    "workshop GET /workshop/status": ANYBODY,
    "workshop GET /workshop/team": LOOK_PAGE,
    "workshop POST /api/workshop/invite-mechanic": CHANGE,
    "workshop POST /api/workshop/logo": NO_SUCH_FILE,
    "workshop POST /api/workshop/mechanics/<mechanic_id>/activate": OWN_CHANGE,
    "workshop POST /api/workshop/mechanics/<mechanic_id>/areas": OWN_CHANGE,
    "workshop POST /api/workshop/mechanics/<mechanic_id>/deactivate": OWN_CHANGE,
    "workshop POST /api/workshop/profile": CHANGE_OR_BEGIN,
    "workshop POST /api/workshop/register": CHANGE_OR_BEGIN,
    "workshop POST /api/workshop/staff/<account_id>/seat": OWN_CHANGE,
    "workshop POST /api/workshop/stripe/onboard": CHANGE,
    "workshop POST /api/workshops/applications": CHANGE,
    "workshop POST /workshop/partnerships/apply/<uuid:program_id>": CHANGE_OR_BEGIN,
    "workshop POST /workshop/profile": CHANGE_PAGE,
    "workshop POST /workshop/profile/logo": CHANGE_PAGE,
    "workshop POST /workshop/profile/payouts": CHANGE_PAGE,
    "workshop POST /workshop/register": CHANGE_OR_BEGIN,
    "workshop POST /workshop/status": CHANGE_OR_BEGIN,
    "workshop POST /workshop/status/papers": CHANGE_PAGE,
    "workshop POST /workshop/team/invitations/<uuid:invitation_id>/revoke": OWN_CHANGE_PAGE,
    "workshop POST /workshop/team/invite": CHANGE_PAGE,
    "workshop POST /workshop/team/mechanics/<uuid:mechanic_id>/areas": OWN_CHANGE_PAGE,
    "workshop POST /workshop/team/staff/<uuid:account_id>/seat": OWN_CHANGE_PAGE,
    **dict.fromkeys(
        (
            "corporate POST /corporate/employees/<uuid:employee_id>"
            "/<any(activate, deactivate):step>",
            "workshop POST /workshop/team/mechanics/<uuid:mechanic_id>"
            "/<any(activate, deactivate, remove):step>",
        ),
        OWN_CHANGE_PAGE,
    ),
}

MADE: dict[Role, Callable[[Ports], House]] = {
    Role.WORKSHOP: a_workshop,
    Role.CORPORATE: a_company_with_everything,
}


def rows_of(app: Flask) -> dict[str, Role]:
    """Every endpoint and page that reaches as far as an organization."""
    found = {}
    by_name = {each.name: each for each in ENDPOINTS}
    declared = actions(app)
    for rule in app.url_map.iter_rules():
        endpoint = by_name.get(rule.endpoint)
        action = endpoint.action if endpoint else declared.get(rule.endpoint)
        if action is None:
            continue
        roles = [role for role, reach in action.reach.items() if reach is Reach.ORGANIZATION]
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            for role in roles:
                found[f"{role} {method} {rule.rule}"] = role
    return found


def body_of(template: str, house: House) -> dict[str, object]:
    """The least that is taken where what belongs to somebody is named in the path, or where
    somebody without an organization is to be told so."""
    address = {"email": f"{uuid4().hex}@test.example"}
    bodies: dict[str, dict[str, object]] = {
        "seat": {"seat": "viewer"},
        "areas": {"areas": []},
        "departments": {"name": uuid4().hex},
        "departments/<department_id>": {"name": uuid4().hex},
        "corporate/employees": dict(address),
        "roster": {"csv": f"email\n{uuid4().hex}@test.example\n"},
        "corporate/keys": {"name": "Payroll"},
        "team/invitations": dict(address),
        "invite-mechanic": dict(address),
        "workshop/logo": {"file_id": str(uuid4())},
        "workshops/applications": {
            "program_id": house.things.get("program_id"),
            "message": "please",
        },
    }
    return next((body for name, body in bodies.items() if template.endswith(name)), {})


def answer(client: httpx.Client, method: str, template: str, house: House, form: str) -> str:
    """`+` is let in, whatever the state of things then says; `away` is led to where one's own
    application stands; a number is the refusal."""
    path = house.path(template)
    if method == "GET":
        got = client.get(path)
    elif path.startswith("/api/"):
        got = client.request(method, path, json=body_of(template, house))
    else:
        got = client.post(path, data={"csrf_token": form, **body_of(template, house)})
    if got.status_code in (401, 403, 404, 405, 500):
        return str(got.status_code)
    to = got.headers.get("Location", "")
    elsewhere = to.endswith(("/status", "/register")) and not path.endswith("/status")
    return "away" if elsewhere else "+"


@contextmanager
def let_in(running: Running, house: House, cookie: str) -> Iterator[dict[str, httpx.Client]]:
    with ExitStack() as open_:
        clients = {}
        for name, who in house.people.items():
            clients[name] = open_.enter_context(as_person(running.url, who))
            clients[name].cookies.set("autodoctor_form", cookie)
        yield clients


@pytest.fixture(scope="module")
def app(running: Running) -> Flask:
    return built(running.here)


@pytest.fixture(scope="module")
def form(app: Flask) -> tuple[str, str]:
    return signed_form(app)


@pytest.fixture(scope="module")
def houses(running: Running) -> dict[str, House]:
    """For looks, and for those who are refused."""
    return {role.value: make(running.here.ports) for role, make in MADE.items()}


def test_every_row_that_reaches_an_organization_is_in_the_table(app: Flask) -> None:
    assert set(rows_of(app)) == set(TABLE)


@pytest.mark.parametrize("row", sorted(TABLE))
def test_an_organization_is_its_own(
    row: str, running: Running, form: tuple[str, str], houses: dict[str, House]
) -> None:
    """Whoever may is asked last: what they change, they alone have changed."""
    role, method, template = row.split(" ", 2)
    house = houses[role] if method == "GET" else MADE[Role(role)](running.here.ports)

    with let_in(running, house, form[0]) as clients:
        answers = {
            who: answer(clients[who], method, template, house, form[1]) for who in reversed(AROUND)
        }

    assert answers == dict(zip(AROUND, TABLE[row].split(), strict=True))


@pytest.mark.parametrize("role", MADE)
def test_no_seat_opens_what_the_role_does_not(
    role: Role, app: Flask, running: Running, form: tuple[str, str], houses: dict[str, House]
) -> None:
    house = houses[role]
    by_name = {each.name: each for each in ENDPOINTS}
    declared = actions(app)
    opened = []
    with let_in(running, house, form[0]) as clients:
        for rule in app.url_map.iter_rules():
            endpoint = by_name.get(rule.endpoint)
            action = endpoint.action if endpoint else declared.get(rule.endpoint)
            if action is None or not action.reach or role in action.reach:
                continue
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                path = PLACE.sub(str(UUID(int=7)), rule.rule)
                data = None if method == "GET" or endpoint else {"csrf_token": form[1]}
                got = clients["colleague"].request(method, path, data=data)
                opened += [] if got.status_code in (403, 404) else [f"{method} {path}"]

    assert opened == []
