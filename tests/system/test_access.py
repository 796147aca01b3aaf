"""Every endpoint and everybody: who is let in, from one table.

`+` is let in (whatever the state of things then says), a number is the refusal. A route that
is not in the table fails, and so does a row without a route.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

import httpx
import pytest

from autodoctor.application.access.may import Proof
from autodoctor.entrypoints.web.api.all import ENDPOINTS
from autodoctor.entrypoints.web.api.declare import Endpoint
from autodoctor.entrypoints.web.call import KEY_PATHS
from support.running import Running
from support.scene import ROLES, WHO, Anybodys, clients_of
from support.scenes import Scenes, scenes_of

pytestmark = pytest.mark.xdist_group("access")

#                visitor  customers  mechanics  work corp admin  out, other company, key
PUBLIC = "+    +    +    +    +    +    +    +    +    +    +    +"
LOGIN = "403  403  403  403  403  403  403  403  403  403  403  403"
CUSTOMERS = "401  +    +    403  403  403  403  403  401  401  403  401"
MECHANICS = "401  403  403  +    +    403  403  403  401  401  403  401"
ADMINS = "401  403  403  403  403  403  403  +    401  401  403  401"
WORKSHOPS = "401  403  403  403  403  +    403  403  401  401  403  401"
NO_WORKSHOPS = "401  403  403  403  403  404  403  403  401  401  403  401"
NO_MEMBERS = "401  403  403  404  404  403  403  403  401  401  403  401"
ANYBODY = "401  +    +    +    +    +    +    +    401  401  +    401"
LISTS = "401  +    +    +    +    403  403  +    401  401  403  401"
OWN_CUSTOMERS = "401  +    404  403  403  403  403  403  401  401  403  401"
NO_CUSTOMERS = "401  404  404  403  403  403  403  403  401  401  403  401"
OWN_INTAKE = "401  +    404  403  403  403  403  +    401  401  403  401"
PARTIES = "401  +    404  +    404  403  403  403  401  401  403  401"
NO_PARTIES = "401  404  404  404  404  403  403  403  401  401  403  401"
INSIDE = "401  +    404  +    404  403  403  +    401  401  403  401"
NO_INSIDE = "401  404  404  404  404  403  403  404  401  401  403  401"
NOBODY = "401  404  404  404  404  404  404  404  401  401  404  401"
OWN_MECHANICS = "401  403  403  +    404  403  403  403  401  401  403  401"
NO_ANYBODY = "401  404  404  404  404  404  404  404  401  401  404  401"
NO_MECHANICS = "401  403  403  404  404  403  403  403  401  401  403  401"
OWN_OR_STAFF = "401  403  403  +    404  403  403  +    401  401  403  401"
NO_ADMINS = "401  403  403  403  403  403  403  404  401  401  403  401"
SECRET = "404  404  404  404  404  404  404  404  404  404  404  404"
SIGNED = "400  400  400  400  400  400  400  400  400  400  400  400"
COMPANY_PEOPLE = "401  403  403  403  403  403  +    403  401  401  +    403"
COMPANY = "401  403  403  403  403  403  +    403  401  401  +    +"
OWN_COMPANY = "401  403  403  403  403  403  +    403  401  401  404  +"
NO_COMPANY_PEOPLE = "401  403  403  403  403  403  404  403  401  401  404  403"
GONE_COMPANY = "401  403  403  403  403  403  +    403  401  401  404  404"
OWN_COMPANY_PEOPLE = "401  403  403  403  403  403  +    403  401  401  404  403"

TABLE = {
    "POST /api/customer/signup": PUBLIC,
    "POST /api/workshop/signup": PUBLIC,
    "GET /api/corporate/employees": COMPANY,
    "POST /api/corporate/employees": COMPANY,
    "GET /api/corporate/employees/roster": COMPANY,
    "POST /api/corporate/employees/roster": COMPANY,
    "PUT /api/corporate/employees/invitations/{invitation_id}": OWN_COMPANY,
    "DELETE /api/corporate/employees/invitations/{invitation_id}": OWN_COMPANY,
    "GET /api/corporate/employees/{employee_id}": OWN_COMPANY,
    "PUT /api/corporate/employees/{employee_id}": OWN_COMPANY,
    "POST /api/corporate/employees/{employee_id}/deactivate": OWN_COMPANY,
    "POST /api/corporate/employees/{employee_id}/activate": OWN_COMPANY,
    "GET /api/corporate/sessions": COMPANY,
    "POST /api/corporate/signup": PUBLIC,
    "POST /api/corporate/register": COMPANY_PEOPLE,
    "GET /api/corporate/application": COMPANY_PEOPLE,
    "GET /api/corporate/profile": COMPANY,
    "PUT /api/corporate/profile": COMPANY_PEOPLE,
    "GET /api/corporate/dashboard": COMPANY,
    "GET /api/corporate/departments": COMPANY,
    "POST /api/corporate/departments": COMPANY,
    "PUT /api/corporate/departments/{department_id}": OWN_COMPANY,
    "DELETE /api/corporate/departments/{department_id}": GONE_COMPANY,
    "GET /api/corporate/team": COMPANY_PEOPLE,
    "POST /api/corporate/team/invitations": COMPANY_PEOPLE,
    "DELETE /api/corporate/team/invitations/{invitation_id}": NO_COMPANY_PEOPLE,
    "POST /api/corporate/team/{account_id}/seat": NO_COMPANY_PEOPLE,
    "DELETE /api/corporate/team/{account_id}": NO_COMPANY_PEOPLE,
    "GET /api/admin/corporate": ADMINS,
    "POST /api/admin/corporate/{organization_id}/approve": ADMINS,
    "POST /api/admin/corporate/{organization_id}/reject": ADMINS,
    "POST /api/admin/corporate/{organization_id}/suspend": ADMINS,
    "POST /api/admin/corporate/{organization_id}/reinstate": ADMINS,
    "POST /api/admin/corporate/{organization_id}/tier": ADMINS,
    "GET /api/corporate/keys": COMPANY_PEOPLE,
    "POST /api/corporate/keys": COMPANY_PEOPLE,
    "DELETE /api/corporate/keys/{key_id}": OWN_COMPANY_PEOPLE,
    "POST /api/workshop/register": WORKSHOPS,
    "GET /api/workshop/application": WORKSHOPS,
    "GET /api/workshops/programs": WORKSHOPS,
    "GET /api/workshops/applications": WORKSHOPS,
    "POST /api/workshops/applications": NO_WORKSHOPS,
    "GET /api/workshops/applications/{application_id}": NO_WORKSHOPS,
    "GET /api/mechanics/partnerships/programs": MECHANICS,
    "GET /api/mechanics/partnerships/applications": MECHANICS,
    "POST /api/mechanics/partnerships/applications": NO_MEMBERS,
    "GET /api/admin/programs": ADMINS,
    "POST /api/admin/programs": ADMINS,
    "GET /api/admin/programs/applications": ADMINS,
    "POST /api/admin/programs/applications/{application_id}": NO_ADMINS,
    "GET /api/workshop/dashboard": WORKSHOPS,
    "GET /api/workshop/profile": WORKSHOPS,
    "POST /api/workshop/profile": WORKSHOPS,
    "POST /api/workshop/logo": NO_WORKSHOPS,
    "POST /api/workshop/stripe/onboard": WORKSHOPS,
    "GET /api/workshops/directory": PUBLIC,
    "POST /api/workshop/invite-mechanic": WORKSHOPS,
    "GET /api/workshop/invitations": WORKSHOPS,
    "DELETE /api/workshop/invitations/{invitation_id}": NO_WORKSHOPS,
    "POST /api/mechanic/workshop-signup": SECRET,
    "POST /api/customer/company-signup": SECRET,
    "DELETE /api/mechanic/workshop": NO_MEMBERS,
    "GET /api/workshop/team": WORKSHOPS,
    "POST /api/workshop/mechanics/{mechanic_id}/activate": NO_WORKSHOPS,
    "POST /api/workshop/mechanics/{mechanic_id}/deactivate": NO_WORKSHOPS,
    "POST /api/workshop/mechanics/{mechanic_id}/areas": NO_WORKSHOPS,
    "DELETE /api/workshop/mechanics/{mechanic_id}": NO_WORKSHOPS,
    "POST /api/workshop/staff/{account_id}/seat": NO_WORKSHOPS,
    "DELETE /api/workshop/staff/{account_id}": NO_WORKSHOPS,
    "GET /api/admin/workshops": ADMINS,
    "GET /api/admin/workshops/applications": ADMINS,
    "POST /api/admin/workshops/{workshop_id}/approve": ADMINS,
    "POST /api/admin/workshops/{workshop_id}/reject": ADMINS,
    "POST /api/admin/workshops/{workshop_id}/suspend": ADMINS,
    "POST /api/admin/workshops/{workshop_id}/reactivate": ADMINS,
    "POST /api/customer/login": LOGIN,
    "POST /api/mechanic/login": LOGIN,
    "POST /api/workshop/login": LOGIN,
    "POST /api/corporate/login": LOGIN,
    "POST /api/admin/login": LOGIN,
    "POST /api/auth/login": LOGIN,
    "POST /api/auth/confirm": ANYBODY,
    "POST /api/auth/second-factor": ANYBODY,
    "POST /api/auth/passkey/options": ANYBODY,
    "POST /api/auth/passkey": ANYBODY,
    "POST /api/account/passkeys/options": ANYBODY,
    "POST /api/account/passkeys": ANYBODY,
    "POST /api/mechanics/refresh": MECHANICS,
    "GET /api/auth/logins": ANYBODY,
    "DELETE /api/auth/logins": ANYBODY,
    "DELETE /api/auth/logins/{login_id}": NO_ANYBODY,
    "GET /api/admin/debug-auth": SECRET,
    "GET /api/debug/auth-status": SECRET,
    "POST /api/admin/test-login": SECRET,
    "POST /api/workshop/logout": PUBLIC,
    "POST /api/auth/logout": PUBLIC,
    "POST /api/mechanics/logout": PUBLIC,
    "POST /api/admin/logout": PUBLIC,
    "GET /api/customer/profile": CUSTOMERS,
    "POST /api/customer/profile": CUSTOMERS,
    "PUT /api/customer/profile/photo": NO_CUSTOMERS,
    "DELETE /api/customer/profile/photo": CUSTOMERS,
    "GET /api/customer/export": CUSTOMERS,
    "POST /api/customer/verification": CUSTOMERS,
    "GET /api/customer/vehicles": CUSTOMERS,
    "POST /api/customer/vehicles": CUSTOMERS,
    "PUT /api/customer/vehicles/{vehicle_id}": OWN_CUSTOMERS,
    "DELETE /api/customer/vehicles/{vehicle_id}": OWN_CUSTOMERS,
    "GET /api/customer/favorites": CUSTOMERS,
    "POST /api/customer/favorites": CUSTOMERS,
    "DELETE /api/customer/favorites/{favorite_id}": OWN_CUSTOMERS,
    "GET /api/customer/dashboard/stats": CUSTOMERS,
    "POST /api/customer/clear-plan": CUSTOMERS,
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
    "GET /api/mechanic/documents": MECHANICS,
    "POST /api/mechanic/documents": NO_MECHANICS,
    "POST /api/mechanic/upload-document": NO_MECHANICS,
    "DELETE /api/mechanic/documents/{document_id}": NO_MECHANICS,
    "GET /api/admin/mechanic-documents": ADMINS,
    "POST /api/admin/mechanic-documents/{document_id}/review": NO_ADMINS,
    "POST /api/mechanic/signup": PUBLIC,
    "POST /api/mechanic/signup/draft": PUBLIC,
    "GET /api/mechanic/application": OWN_MECHANICS,
    "POST /api/mechanic/application/submit": OWN_MECHANICS,
    "POST /api/mechanic/application/answer": OWN_MECHANICS,
    "POST /api/mechanic/application/reopen": OWN_MECHANICS,
    "GET /api/mechanics/me": MECHANICS,
    "GET /api/mechanics/{mechanic_id}/profile": PUBLIC,
    "GET /api/mechanics/{mechanic_id}/profile-completion": OWN_OR_STAFF,
    "GET /api/mechanic/reviews": MECHANICS,
    "POST /api/mechanics/onboarding/service-tier": MECHANICS,
    "POST /api/mechanics/onboarding/virtual-only": MECHANICS,
    "POST /api/mechanics/stripe/onboard": MECHANICS,
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
    "GET /api/admin/cancellations": ADMINS,
    "GET /api/admin/failed-jobs": ADMINS,
    "POST /api/admin/failed-jobs/retry": NO_ADMINS,
    "GET /api/admin/money-issues": ADMINS,
    "POST /api/admin/money-issues/{issue_id}/retry": NO_ADMINS,
    "POST /api/admin/money-issues/{issue_id}/settle": NO_ADMINS,
    "POST /api/admin/money-issues/{issue_id}/close": NO_ADMINS,
    "GET /api/admin/mechanics/applications": ADMINS,
    "GET /api/admin/mechanics/{mechanic_id}/request_info": ADMINS,
    "POST /api/admin/mechanics/{mechanic_id}/request_info": ADMINS,
    "POST /api/admin/mechanics/{mechanic_id}/approve": ADMINS,
    "POST /api/admin/mechanics/{mechanic_id}/reject": ADMINS,
    "POST /api/admin/users/mechanics/{mechanic_id}/approve": ADMINS,
    "GET /api/admin/dashboard/stats": ADMINS,
    "GET /api/admin/users/customers": ADMINS,
    "GET /api/admin/users/mechanics": ADMINS,
    "GET /api/admin/users/mechanics/{mechanic_id}": ADMINS,
    "GET /api/admin/users/{account_id}": ADMINS,
    "GET /api/admin/users/export": ADMINS,
    "GET /api/admin/security-log": ADMINS,
    "GET /api/admin/security-log/export": ADMINS,
    "POST /api/admin/users/{account_id}/suspend": ADMINS,
    "POST /api/admin/users/{account_id}/ban": ADMINS,
    "POST /api/admin/users/{account_id}/reinstate": ADMINS,
    "POST /api/admin/users/{account_id}/roles": ADMINS,
    "POST /api/admin/users/{account_id}/verify-email": ADMINS,
    "POST /api/admin/users/{account_id}/reset-password": ADMINS,
    "POST /api/admin/users/{account_id}/notify": ADMINS,
    "POST /api/admin/users/{account_id}/notes": ADMINS,
    "POST /api/admin/users/{account_id}/free-session-override": ADMINS,
    "POST /api/admin/users/mechanics/{mechanic_id}/adjust-rating": ADMINS,
    "GET /api/service-keywords": PUBLIC,
    "POST /api/keywords/extract": PUBLIC,
    "GET /api/brands": PUBLIC,
    "POST /api/vin/decode": PUBLIC,
    "POST /api/matching/find-mechanics": PUBLIC,
    "GET /api/health": PUBLIC,
    "GET /api/cron/monitor-sessions": SECRET,
    "POST /api/cron/monitor-sessions": SECRET,
}


@pytest.fixture(scope="module")
def scenes(running: Running) -> Iterator[Scenes]:
    with scenes_of(running, partial(clients_of, running)) as made:
        yield made


def test_every_endpoint_has_a_row_and_every_row_an_endpoint() -> None:
    assert {f"{each.method} {each.path}" for each in ENDPOINTS} == set(TABLE)


@pytest.mark.parametrize("row", sorted(TABLE))
def test_everybody_gets_the_answer_of_the_table(row: str, scenes: Scenes) -> None:
    scene, clients = scenes.now()
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


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda each: f"{each.method} {each.path}")
def test_the_table_and_the_declared_action_agree(endpoint: Endpoint) -> None:
    action, row = endpoint.action, TABLE[f"{endpoint.method} {endpoint.path}"]
    told = dict(zip(WHO, row.split(), strict=True))

    if action.proof not in (Proof.LOGIN, Proof.HALF_LOGIN):
        assert len(set(told.values())) == 1
        return
    assert told["visitor"] == told["suspended"] == told["banned"] == "401"
    for who, role in ROLES.items():
        assert (told[who] == "403") == (role not in action.reach), who
    if not endpoint.path.startswith(KEY_PATHS):
        assert told["api key"] == "401"
    else:
        assert (told["api key"] == "403") == (not action.keys)


FOREIGN = sorted(
    row for row in TABLE if "{" in row and " 404" in TABLE[row] and TABLE[row] != NO_ADMINS
)


@pytest.mark.parametrize("row", FOREIGN)
def test_what_is_somebody_elses_answers_like_what_nobody_has(row: str, scenes: Scenes) -> None:
    scene, clients = scenes.now()
    method, template = row.split(" ")
    told = dict(zip(WHO, TABLE[row].split(), strict=True))
    others = ("other customer", "other mechanic", "workshop", "other company")
    who = next(each for each in others if told[each] == "404")
    body = {} if method == "GET" else {"json": scene.body(template)}
    nothing = template.format_map(Anybodys())

    foreign = clients[who].request(method, scene.path(template), **body)
    missing = clients[who].request(method, nothing, **body)

    assert foreign.status_code == missing.status_code == 404
    assert _said(foreign) == _said(missing)


def _said(answer: httpx.Response) -> dict[str, Any]:
    said: dict[str, Any] = answer.json()
    return {name: said[name] for name in said if name not in ("instance", "correlation_id")}
