"""Every page and everybody: who is let in, from one table.

`+` is let in (whatever the state of things then says), `in` is led to a login page, a number is
the refusal. A page that is not in the table fails, and so does a row without a page.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import httpx
import pytest
from flask import Flask

from autodoctor.application.access.may import Proof
from autodoctor.entrypoints.web.access import actions
from autodoctor.entrypoints.web.api.all import ENDPOINTS
from autodoctor.entrypoints.web.main import built
from autodoctor.entrypoints.web.pages.admin_clock import RESET
from autodoctor.entrypoints.web.pages.admin_people import HELPING
from support.houses import signed_form
from support.running import Running
from support.scene import ROLES, WHO, Scene, clients_of
from support.scenes import Scenes, scenes_of

pytestmark = pytest.mark.xdist_group("access")

#                visitor  customers  mechanics  work corp admin  out, other company, key
PUBLIC = "+   +   +   +   +   +   +   +   +   +   +   +"
CUSTOMERS = "in  +   +   403 403 403 403 403 in  in  403 in"
MECHANICS = "in  403 403 +   +   403 403 403 in  in  403 in"
ADMINS = "in  403 403 403 403 403 403 +   in  in  403 in"
WORKSHOPS = "in  403 403 403 403 +   403 403 in  in  403 in"
COMPANIES = "in  403 403 403 403 403 +   403 in  in  +   in"
OWN_COMPANIES = "in  403 403 403 403 403 +   403 in  in  404 in"
NO_COMPANIES = "in  403 403 403 403 403 404 403 in  in  404 in"
NO_ADMINS = "in  403 403 403 403 403 403 404 in  in  403 in"
NO_WORKSHOPS = "in  403 403 403 403 404 403 403 in  in  403 in"
ANYBODY = "in  +   +   +   +   +   +   +   in  in  +   in"
OWN_CUSTOMERS = "in  +   404 403 403 403 403 403 in  in  403 in"
OWN_MECHANICS = "in  403 403 +   404 403 403 403 in  in  403 in"
PARTIES = "in  +   404 +   404 403 403 403 in  in  403 in"
INSIDE = "in  +   404 +   404 403 403 +   in  in  403 in"
NO_INSIDE = "in  404 404 404 404 403 403 404 in  in  403 in"
NO_CUSTOMERS = "in  404 404 403 403 403 403 403 in  in  403 in"
NO_MECHANICS = "in  403 403 404 404 403 403 403 in  in  403 in"
STREAMS = "401 +   +   +   +   +   +   +   401 401 +   401"
LOG_IN = "403 403 403 403 403 403 403 403 403 403 403 403"
NO_ANYBODY = "in  404 404 404 404 404 404 404 in  in  404 in"
BACK = "in  +   +   +   +   +   +   +   in  in  +   in"
NOBODY = "404 404 404 404 404 404 404 404 404 404 404 404"

TABLE = {
    "GET /": PUBLIC,
    "GET /about": PUBLIC,
    "GET /account/address": PUBLIC,
    "GET /account/agreements": ANYBODY,
    "GET /account/close": ANYBODY,
    "GET /account/consents": ANYBODY,
    "GET /account/copy": ANYBODY,
    "GET /account/notifications": ANYBODY,
    "POST /account/notifications": ANYBODY,
    "GET /account/passkeys/<uuid:passkey_id>/remove": ANYBODY,
    "GET /account/confirm": ANYBODY,
    "GET /account/second-factor": ANYBODY,
    "GET /account/second-factor/codes": ANYBODY,
    "GET /account/second-factor/remove": ANYBODY,
    "GET /account/security": ANYBODY,
    "GET /admin/dashboard": ADMINS,
    "GET /admin/mails": ADMINS,
    "GET /admin/cancellations": ADMINS,
    "GET /admin/failed-jobs": ADMINS,
    "POST /admin/failed-jobs/retry": ADMINS,
    "GET /admin/money": ADMINS,
    "POST /admin/money/<uuid:issue_id>/<any(retry, settle, close):step>": ADMINS,
    "GET /admin/audit": ADMINS,
    "GET /admin/security-log": ADMINS,
    "GET /admin/customers": ADMINS,
    "GET /admin/users": ADMINS,
    "GET /admin/users/<uuid:account_id>": ADMINS,
    "GET /admin/login": PUBLIC,
    "GET /admin/mechanics": ADMINS,
    "GET /admin/mechanics/<uuid:mechanic_id>": ADMINS,
    "GET /admin/mechanics/<uuid:mechanic_id>/papers/<uuid:document_id>": NO_ADMINS,
    "GET /admin/sessions": ADMINS,
    "GET /admin/sessions/<uuid:session_id>": ADMINS,
    "GET /admin/workshops": ADMINS,
    "GET /admin/workshops/<uuid:workshop_id>": ADMINS,
    "GET /admin/workshops/applications": ADMINS,
    "GET /invitations/<code>": NOBODY,
    "POST /invitations/<code>": NOBODY,
    "GET /admin/programs": ADMINS,
    "GET /admin/programs/<uuid:program_id>": NO_ADMINS,
    "POST /admin/programs": ADMINS,
    "POST /admin/programs/<uuid:program_id>": NO_ADMINS,
    "POST /admin/programs/applications/<uuid:application_id>/"
    "<any(accept, decline):decision>": NO_ADMINS,
    "GET /mechanic/partnerships/applications": MECHANICS,
    "GET /mechanic/partnerships/apply/<uuid:program_id>": NO_MECHANICS,
    "GET /mechanic/partnerships/browse": MECHANICS,
    "POST /mechanic/partnerships/apply/<uuid:program_id>": NO_MECHANICS,
    "GET /workshop/partnerships/applications": WORKSHOPS,
    "GET /workshop/partnerships/apply/<uuid:program_id>": NO_WORKSHOPS,
    "GET /workshop/partnerships/programs": WORKSHOPS,
    "POST /workshop/partnerships/apply/<uuid:program_id>": NO_WORKSHOPS,
    "GET /workshop/dashboard": WORKSHOPS,
    "GET /workshop/profile": WORKSHOPS,
    "GET /workshop/profile/payouts": WORKSHOPS,
    "POST /workshop/profile": WORKSHOPS,
    "POST /workshop/profile/logo": WORKSHOPS,
    "POST /workshop/profile/payouts": WORKSHOPS,
    "GET /workshops": PUBLIC,
    "GET /workshops/<uuid:workshop_id>/logo": NOBODY,
    "GET /workshop/team": WORKSHOPS,
    "POST /workshop/team/invite": WORKSHOPS,
    "POST /workshop/team/invitations/<uuid:invitation_id>/revoke": NO_WORKSHOPS,
    "POST /workshop/team/mechanics/<uuid:mechanic_id>/areas": NO_WORKSHOPS,
    "POST /workshop/team/mechanics/<uuid:mechanic_id>/"
    "<any(activate, deactivate, remove):step>": NO_WORKSHOPS,
    "POST /workshop/team/staff/<uuid:account_id>/seat": WORKSHOPS,
    "GET /workshop/register": WORKSHOPS,
    "GET /workshop/signup": PUBLIC,
    "GET /workshop/signup/success": PUBLIC,
    "GET /workshop/status": WORKSHOPS,
    "POST /admin/workshops/<uuid:workshop_id>/<any(approve, reject, ask):decision>": ADMINS,
    "POST /admin/workshops/<uuid:workshop_id>/<any(suspend, reactivate):decision>": ADMINS,
    "POST /workshop/register": WORKSHOPS,
    "POST /workshop/signup": PUBLIC,
    "POST /workshop/status": WORKSHOPS,
    "POST /workshop/status/papers": WORKSHOPS,
    "GET /admin/workshops/<uuid:workshop_id>/papers/<uuid:document_id>": NO_ADMINS,
    "GET /api/docs": PUBLIC,
    "GET /api/openapi.json": PUBLIC,
    "GET /auth/<slug>/callback": BACK,
    "GET /chat/<uuid:session_id>": INSIDE,
    "GET /chat/<uuid:session_id>/end": INSIDE,
    "GET /chat/<uuid:session_id>/files": INSIDE,
    "GET /chat/<uuid:session_id>/give-back": OWN_MECHANICS,
    "GET /chat/<uuid:session_id>/state": INSIDE,
    "GET /checkout/success": NO_CUSTOMERS,
    "GET /corporate/login": PUBLIC,
    "GET /corporate/dashboard": COMPANIES,
    "GET /corporate/employees": COMPANIES,
    "POST /corporate/employees": COMPANIES,
    "GET /corporate/employees/<uuid:employee_id>": OWN_COMPANIES,
    "POST /corporate/employees/<uuid:employee_id>": OWN_COMPANIES,
    "POST /corporate/employees/<uuid:employee_id>/<any(activate, deactivate):step>": OWN_COMPANIES,
    "GET /corporate/employees/invited/<uuid:invitation_id>": OWN_COMPANIES,
    "POST /corporate/employees/invited/<uuid:invitation_id>": OWN_COMPANIES,
    "POST /corporate/employees/invited/<uuid:invitation_id>/revoke": OWN_COMPANIES,
    "GET /corporate/employees/file": COMPANIES,
    "GET /corporate/employees/upload": COMPANIES,
    "POST /corporate/employees/upload": COMPANIES,
    "GET /corporate/sessions": COMPANIES,
    "GET /corporate/integrations": COMPANIES,
    "POST /corporate/integrations/keys": COMPANIES,
    "POST /corporate/integrations/keys/<uuid:key_id>/revoke": OWN_COMPANIES,
    "GET /corporate/departments": COMPANIES,
    "POST /corporate/departments": COMPANIES,
    "POST /corporate/departments/<uuid:department_id>": OWN_COMPANIES,
    "POST /corporate/departments/<uuid:department_id>/remove": OWN_COMPANIES,
    "GET /corporate/profile": COMPANIES,
    "POST /corporate/profile": COMPANIES,
    "GET /corporate/register": COMPANIES,
    "POST /corporate/register": COMPANIES,
    "GET /corporate/signup": PUBLIC,
    "POST /corporate/signup": PUBLIC,
    "GET /corporate/signup/success": PUBLIC,
    "GET /corporate/status": COMPANIES,
    "POST /corporate/status": COMPANIES,
    "POST /corporate/status/papers": COMPANIES,
    "GET /corporate/team": COMPANIES,
    "POST /corporate/team/invite": COMPANIES,
    "POST /corporate/team/invitations/<uuid:invitation_id>/revoke": NO_COMPANIES,
    "POST /corporate/team/staff/<uuid:account_id>/seat": COMPANIES,
    "GET /admin/corporate": ADMINS,
    "GET /admin/corporate/<uuid:organization_id>": ADMINS,
    "GET /admin/corporate/<uuid:organization_id>/papers/<uuid:document_id>": NO_ADMINS,
    "POST /admin/corporate/<uuid:organization_id>/<any(approve, reject, ask):decision>": ADMINS,
    "POST /admin/corporate/<uuid:organization_id>/<any(suspend, reinstate):decision>": ADMINS,
    "POST /admin/corporate/<uuid:organization_id>/tier": ADMINS,
    "GET /customer/dashboard": CUSTOMERS,
    "GET /customer/favorites": CUSTOMERS,
    "POST /customer/favorites": NO_CUSTOMERS,
    "GET /customer/favorites/<uuid:favorite_id>/book": OWN_CUSTOMERS,
    "POST /customer/favorites/<uuid:favorite_id>/remove": OWN_CUSTOMERS,
    "GET /customer/payments": CUSTOMERS,
    "GET /customer/profile": CUSTOMERS,
    "POST /customer/profile/photo": CUSTOMERS,
    "POST /customer/profile/photo/remove": CUSTOMERS,
    "GET /customer/sessions": CUSTOMERS,
    "GET /customer/sessions/<uuid:session_id>": OWN_CUSTOMERS,
    "GET /customer/vehicles": CUSTOMERS,
    "POST /customer/vehicles": CUSTOMERS,
    "GET /customer/vehicles/<uuid:vehicle_id>": OWN_CUSTOMERS,
    "POST /customer/vehicles/<uuid:vehicle_id>": OWN_CUSTOMERS,
    "POST /customer/vehicles/<uuid:vehicle_id>/remove": OWN_CUSTOMERS,
    "GET /customer/verify-email": PUBLIC,
    "GET /dev/clock": ADMINS,
    "GET /dev/mailbox": PUBLIC,
    "GET /dev/mailbox.json": PUBLIC,
    "GET /dev/mailbox/<mail_id>": NOBODY,
    "GET /dev/mailbox/<mail_id>/attachments/<int:number>": NOBODY,
    "GET /dev/mailbox/<mail_id>/html": NOBODY,
    "GET /events": STREAMS,
    "GET /files/<token>": NOBODY,
    "GET /forgot": PUBLIC,
    "GET /hat": PUBLIC,
    "GET /how-it-works": PUBLIC,
    "GET /intake": CUSTOMERS,
    "GET /intake/<any(vehicle, mechanic, concern):step>": CUSTOMERS,
    "GET /login": PUBLIC,
    "GET /login/second-step": ANYBODY,
    "GET /mechanic/dashboard": MECHANICS,
    "GET /mechanic/dashboard/queue": MECHANICS,
    "GET /mechanic/dashboard/virtual": MECHANICS,
    "GET /mechanic/earnings": MECHANICS,
    "GET /mechanic/login": PUBLIC,
    "GET /mechanic/requests/<uuid:request_id>": MECHANICS,
    "GET /mechanic/session/<uuid:session_id>/complete": OWN_MECHANICS,
    "GET /mechanic/sessions": MECHANICS,
    "GET /mechanic/sessions/virtual": MECHANICS,
    "GET /mechanic/documents": MECHANICS,
    "GET /mechanic/documents/<uuid:document_id>/file": NO_MECHANICS,
    "GET /mechanic/onboarding/service-tier": MECHANICS,
    "GET /mechanic/onboarding/stripe": MECHANICS,
    "GET /mechanic/onboarding/stripe/complete": MECHANICS,
    "GET /mechanic/onboarding/virtual-only": MECHANICS,
    "GET /mechanic/profile": MECHANICS,
    "GET /mechanic/reviews": MECHANICS,
    "GET /mechanics/<uuid:mechanic_id>": PUBLIC,
    "GET /mechanics/<uuid:mechanic_id>/photo": NOBODY,
    "GET /mechanic/signup": PUBLIC,
    "GET /mechanic/signup/<any(credentials, service, insurance, bank):step>": PUBLIC,
    "GET /mechanic/signup/personal": PUBLIC,
    "GET /mechanic/signup/review": PUBLIC,
    "GET /mechanic/status": MECHANICS,
    "GET /notifications": ANYBODY,
    "GET /onboarding/pricing": ANYBODY,
    "GET /privacy": PUBLIC,
    "GET /problems/<slug>": PUBLIC,
    "GET /reset": PUBLIC,
    "GET /services-pricing": PUBLIC,
    "GET /session/<uuid:session_id>": INSIDE,
    "GET /session/<uuid:session_id>/cancel": OWN_CUSTOMERS,
    "GET /session/<uuid:session_id>/files/<uuid:file_id>": NO_INSIDE,
    "GET /signup": PUBLIC,
    "GET /signup/address": BACK,
    "GET /signup/code": BACK,
    "GET /terms": PUBLIC,
    "GET /thank-you": OWN_CUSTOMERS,
    "GET /verify": PUBLIC,
    "GET /waiver": OWN_CUSTOMERS,
    "GET /workshop/login": PUBLIC,
    "POST /account/address": PUBLIC,
    "POST /account/agreements": ANYBODY,
    "POST /account/close": ANYBODY,
    "POST /account/email": ANYBODY,
    "POST /account/logins/<uuid:login_id>/end": NO_ANYBODY,
    "POST /account/logins/end-others": ANYBODY,
    "POST /account/passkeys/<uuid:passkey_id>/remove": ANYBODY,
    "POST /account/password": ANYBODY,
    "POST /account/password/first": ANYBODY,
    "POST /account/confirm": ANYBODY,
    "POST /account/second-factor": ANYBODY,
    "POST /account/second-factor/codes": ANYBODY,
    "POST /account/second-factor/done": ANYBODY,
    "POST /account/second-factor/remove": ANYBODY,
    "POST /admin/login": LOG_IN,
    f"POST /admin/users/<uuid:account_id>/<{HELPING}:deed>": ADMINS,
    "POST /admin/users/<uuid:account_id>/<any(suspend, ban, reinstate):deed>": ADMINS,
    "POST /admin/users/<uuid:account_id>/roles": ADMINS,
    "POST /admin/mechanics/<uuid:mechanic_id>/approve": ADMINS,
    "POST /admin/mechanics/<uuid:mechanic_id>/papers/<uuid:document_id>"
    "/<any(accept, refuse):verdict>": NO_ADMINS,
    "POST /admin/mechanics/<uuid:mechanic_id>/question": ADMINS,
    "POST /admin/mechanics/<uuid:mechanic_id>/reject": ADMINS,
    "POST /admin/mechanics/<uuid:mechanic_id>/review": ADMINS,
    "POST /auth/<slug>": NOBODY,
    "POST /auth/<slug>/callback": PUBLIC,
    "POST /auth/<slug>/unlink": NO_ANYBODY,
    "POST /chat/<uuid:session_id>": PARTIES,
    "POST /chat/<uuid:session_id>/end": INSIDE,
    "POST /chat/<uuid:session_id>/give-back": OWN_MECHANICS,
    "POST /chat/<uuid:session_id>/here": PARTIES,
    "POST /chat/<uuid:session_id>/notes": OWN_MECHANICS,
    "POST /corporate/login": LOG_IN,
    "POST /customer/profile": CUSTOMERS,
    "POST /customer/sessions/<uuid:session_id>/rate": OWN_CUSTOMERS,
    "POST /customer/verify-email": ANYBODY,
    "POST /dev/clock": ADMINS,
    "POST /forgot": PUBLIC,
    "POST /hat": PUBLIC,
    "POST /intake/concern": CUSTOMERS,
    "POST /intake/mechanic": CUSTOMERS,
    "POST /intake/vehicle": CUSTOMERS,
    "POST /login": LOG_IN,
    "POST /login/second-step": ANYBODY,
    "POST /logout": PUBLIC,
    "POST /mechanic/login": LOG_IN,
    "POST /mechanic/requests/<uuid:request_id>/accept": MECHANICS,
    "POST /mechanic/requests/<uuid:request_id>/decline": NO_MECHANICS,
    "POST /mechanic/session/<uuid:session_id>/amend": OWN_MECHANICS,
    "POST /mechanic/session/<uuid:session_id>/complete": OWN_MECHANICS,
    "POST /mechanic/session/<uuid:session_id>/end": OWN_MECHANICS,
    "POST /mechanic/shift": MECHANICS,
    "POST /mechanic/signup/<any(credentials, service, insurance, bank):step>": PUBLIC,
    "POST /mechanic/documents": MECHANICS,
    "POST /mechanic/documents/<uuid:document_id>/remove": NO_MECHANICS,
    "POST /mechanic/onboarding/service-tier": MECHANICS,
    "POST /mechanic/onboarding/stripe": MECHANICS,
    "POST /mechanic/onboarding/virtual-only": MECHANICS,
    "POST /mechanic/profile": MECHANICS,
    "POST /mechanic/profile/photo": MECHANICS,
    "POST /mechanic/signup/personal": PUBLIC,
    "POST /mechanic/signup/restart": PUBLIC,
    "POST /mechanic/signup/review": MECHANICS,
    "POST /mechanic/status/again": OWN_MECHANICS,
    "POST /mechanic/status/answer": OWN_MECHANICS,
    "POST /notifications/read": ANYBODY,
    "POST /reset": PUBLIC,
    "POST /session/<uuid:session_id>/cancel": OWN_CUSTOMERS,
    "POST /signup": PUBLIC,
    "POST /signup/address": BACK,
    "POST /signup/code": BACK,
    "POST /verify": PUBLIC,
    "POST /waiver": OWN_CUSTOMERS,
    "POST /workshop/login": LOG_IN,
}


@pytest.fixture(scope="module")
def app(running: Running) -> Flask:
    return built(running.here)


@pytest.fixture(scope="module")
def form(app: Flask) -> tuple[str, str]:
    return signed_form(app)


@pytest.fixture(scope="module")
def scenes(app: Flask, running: Running, form: tuple[str, str]) -> Iterator[Scenes]:
    @contextmanager
    def holding_the_form(scene: Scene) -> Iterator[dict[str, httpx.Client]]:
        with clients_of(running, scene) as clients:
            for client in clients.values():
                client.cookies.set(app.config["SESSION_COOKIE_NAME"], form[0])
            yield clients

    with scenes_of(running, holding_the_form) as made:
        yield made


def pages_of(app: Flask) -> set[str]:
    elsewhere = {"static", *(each.name for each in ENDPOINTS)}
    return {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint not in elsewhere
    }


def test_every_page_has_a_row_and_every_row_a_page(app: Flask) -> None:
    assert pages_of(app) == set(TABLE)


@pytest.mark.parametrize("row", sorted(TABLE))
def test_everybody_gets_the_answer_of_the_table(
    row: str, scenes: Scenes, form: tuple[str, str]
) -> None:
    scene, clients = scenes.now()
    method, template = row.split(" ", 1)
    path = _filled(template, scene)

    answers = {who: _answer(clients[who], method, path, form[1]) for who in WHO}

    assert answers == dict(zip(WHO, TABLE[row].split(), strict=True))


def _answer(client: httpx.Client, method: str, path: str, token: str) -> str:
    form = {"csrf_token": token, "by": RESET} if method == "POST" else None
    answer = client.request(method, path, data=form)
    assert answer.status_code != 400, "the form's token is right"
    if answer.status_code in (401, 403, 404, 405, 500):
        return str(answer.status_code)
    to = answer.headers.get("Location", "")
    return "in" if "/login?next=" in to or to.endswith("/login") else "+"


def _filled(template: str, scene: Scene) -> str:
    known = {
        "session_id": scene.session_id,
        "request_id": scene.request_id,
        **dict.fromkeys(("program_id", "application_id", "issue_id"), str(uuid4())),
        "step": next((s for s in ("service", "activate", "retry") if s in template), "vehicle"),
        **dict.fromkeys(("invitation_id", "mechanic_id", "account_id"), str(uuid4())),
        **({"invitation_id": scene.invitation_id} if "invited" in template else {}),
        "employee_id": scene.employee_id,
        "key_id": scene.key_id,
        "vehicle_id": scene.vehicle_id,
        "favorite_id": scene.favorite_id,
        "workshop_id": str(scene.people["workshop"].actor.workshop_id),
        "organization_id": str(scene.people["corporate"].actor.organization_id),
        "department_id": scene.department_id,
        "decision": next((d for d in ("suspend", "accept") if d in template), "approve"),
        "slug": "missing",
        "file_id": str(uuid4()),
        "mechanic_id": str(scene.people["mechanic"].id),
        "document_id": str(uuid4()),
        "account_id": str(scene.people["other customer"].id),
        "verdict": "accept",
        "deed": "ban" if "ban" in template else "note",
        "login_id": str(uuid4()),
        "passkey_id": str(uuid4()),
    }
    asked = {
        "/waiver": f"?intake={scene.intake_id}",
        "/thank-you": f"?session={scene.session_id}",
        "/checkout/success": "?session_id=cs_test_nobody",
    }
    path = re.sub(r"<(?:[^:>]+:)?(\w+)>", lambda found: known.get(found[1], "0"), template)
    return path + asked.get(template, "")


@pytest.mark.parametrize("row", sorted(TABLE))
def test_the_table_and_the_declared_action_agree(row: str, app: Flask) -> None:
    told = dict(zip(WHO, TABLE[row].split(), strict=True))
    method, template = row.split(" ", 1)
    rules = app.url_map.iter_rules()
    rule = next(each for each in rules if each.rule == template and method in (each.methods or ()))
    action = actions(app)[rule.endpoint]

    if action.proof not in (Proof.LOGIN, Proof.HALF_LOGIN):
        assert "401" not in told.values()
        return
    assert told["visitor"] == told["suspended"] == told["banned"]
    assert told["visitor"] in ("in", "401")
    for who, role in ROLES.items():
        assert (told[who] == "403") == (role not in action.reach), who
