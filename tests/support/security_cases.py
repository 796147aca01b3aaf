"""For each kind of the security log one real way to bring it about, over HTTP."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import attrs
from flask.testing import FlaskClient

from autodoctor.application.accounts.tokens import digest
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.factor import Passkey
from autodoctor.domain.accounts.identity import Claimed, Identity
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.operations.security_event import SecurityKind as Kind
from autodoctor.domain.operations.security_event import SecurityOutcome
from autodoctor.domain.room.file import FilePurpose
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role, Seat
from autodoctor.domain.shared.ids import MechanicId
from autodoctor.domain.vetting.document import DocumentKind
from autodoctor.domain.workshops.membership import ask
from autodoctor.ports.accounts import TokenPurpose
from support import workshops
from support.api_keys import made_key
from support.corporate import a_company, an_employee, who_runs
from support.scenery import a_kept_session, a_mechanic, an_account, new_mechanic
from support.security import PASSWORD, World
from support.vetting import a_file, new_document

BECAUSE: Final = {"reason": "It has to be."}


@attrs.frozen(kw_only=True)
class Expected:
    """Who acted in which role (None for nobody who is known), and whom or what it is about."""

    actor: UUID | None = None
    role: Role | None = None
    subject: UUID | None = None
    outcome: SecurityOutcome = SecurityOutcome.DONE


Case = Callable[[World], Expected]
CASES: dict[Kind, Case] = {}


def case(kind: Kind) -> Callable[[Case], Case]:
    def declare(made: Case) -> Case:
        assert kind not in CASES, "one case for each kind"
        CASES[kind] = made
        return made

    return declare


def _self(account_id: UUID, role: Role = Role.CUSTOMER) -> Expected:
    return Expected(actor=account_id, role=role, subject=account_id)


def _admin(world: World) -> tuple[Actor, FlaskClient]:
    actor = an_account(world.kept, Role.ADMIN)
    return actor, world.as_actor(actor)


def _by_admin(world: World, subject: UUID, method: str, path: str, **sent: Any) -> Expected:
    actor, client = _admin(world)
    answer = world.act(client, method, path, **sent)
    assert answer.status_code < 300, answer.text
    return Expected(actor=actor.account_id, role=Role.ADMIN, subject=subject)


def _by_themselves(world: World, path: str, **form: str) -> Expected:
    """A form of a customer's own account."""
    person = world.person()
    client = world.browser(world.token(person.id, Role.CUSTOMER))
    answer = world.act(client, "POST", path, data=form)
    assert answer.status_code < 400, answer.text
    return _self(person.id)


@case(Kind.LOGGED_IN)
def log_in(world: World) -> Expected:
    person = world.person()
    sent = {"email": person.email.text, "password": PASSWORD}
    assert world.act(world.browser(), "POST", "/api/auth/login", json=sent).status_code == 200
    return _self(person.id)


@case(Kind.LOGIN_STARTED)
def begin_to_log_in(world: World) -> Expected:
    person = world.person(Role.ADMIN)
    world.with_app(person, Role.ADMIN)
    sent = {"email": person.email.text, "password": PASSWORD}
    assert world.act(world.browser(), "POST", "/api/auth/login", json=sent).status_code == 200
    return _self(person.id, Role.ADMIN)


@case(Kind.LOGIN_FAILED)
def fail_to_log_in(world: World) -> Expected:
    person = world.person()
    sent = {"email": person.email.text, "password": "not the password"}
    assert world.act(world.browser(), "POST", "/api/auth/login", json=sent).status_code == 403
    return Expected(subject=person.id, outcome=SecurityOutcome.FAILED)


@case(Kind.LOGGED_IN_AS)
def log_in_as_somebody(world: World) -> Expected:
    person = world.person()
    sent = {"email": person.email.text, "role": "customer"}
    return _by_admin(world, person.id, "POST", "/api/admin/test-login", json=sent)


@case(Kind.LOGIN_ENDED)
def log_out(world: World) -> Expected:
    person = world.person()
    token = world.token(person.id, Role.CUSTOMER)
    login = world.present(token).login
    assert world.act(world.browser(token), "POST", "/api/auth/logout").status_code == 204
    return Expected(actor=person.id, role=Role.CUSTOMER, subject=login.id)


@case(Kind.LOGINS_ENDED)
def end_other_logins(world: World) -> Expected:
    return _by_themselves(world, "/account/logins/end-others")


@case(Kind.CONFIRMATION_FAILED)
def confirm_with_a_wrong_password(world: World) -> Expected:
    person = world.person()
    client = world.browser(world.token(person.id, Role.CUSTOMER))
    sent = {"password": "not the password"}
    assert world.act(client, "POST", "/api/auth/confirm", json=sent).status_code == 403
    return Expected(subject=person.id, outcome=SecurityOutcome.FAILED)


@case(Kind.SECOND_FACTOR_USED)
def use_the_second_factor(world: World) -> Expected:
    person = world.person(Role.ADMIN)
    code = world.with_app(person, Role.ADMIN)
    client = world.browser(world.half(person, Role.ADMIN))
    sent = {"code": code}
    assert world.act(client, "POST", "/api/auth/second-factor", json=sent).status_code == 200
    return _self(person.id, Role.ADMIN)


@case(Kind.SECOND_FACTOR_FAILED)
def fail_the_second_factor(world: World) -> Expected:
    person = world.person(Role.ADMIN)
    world.with_app(person, Role.ADMIN)
    client = world.browser(world.half(person, Role.ADMIN))
    sent = {"code": "wrong"}
    assert world.act(client, "POST", "/api/auth/second-factor", json=sent).status_code == 403
    return Expected(subject=person.id, outcome=SecurityOutcome.FAILED)


@case(Kind.SECOND_FACTOR_ADDED)
def add_an_app(world: World) -> Expected:
    person = world.person()
    token = world.token(person.id, Role.CUSTOMER)
    code = world.new_app(world.present(token)).at(world.town.clock.now())
    sent = {"code": code}
    answer = world.act(world.browser(token), "POST", "/account/second-factor", data=sent)
    assert answer.status_code == 200, answer.text
    return _self(person.id)


@case(Kind.SECOND_FACTOR_REMOVED)
def remove_the_app(world: World) -> Expected:
    return _by_themselves(world, "/account/second-factor/remove", password=PASSWORD)


@case(Kind.RECOVERY_CODES_RENEWED)
def renew_recovery_codes(world: World) -> Expected:
    person = world.person()
    world.with_app(person, Role.CUSTOMER)
    client = world.browser(world.token(person.id, Role.CUSTOMER))
    sent = {"password": PASSWORD}
    answer = world.act(client, "POST", "/account/second-factor/codes", data=sent)
    assert answer.status_code == 200, answer.text
    return _self(person.id)


@case(Kind.PASSKEY_ADDED)
def add_a_passkey(world: World) -> Expected:
    person = world.person()
    token = world.token(person.id, Role.CUSTOMER)
    world.present(token)
    client = world.browser(token)
    assert client.post("/api/account/passkeys/options").status_code == 200
    sent = {"answer": {"id": uuid4().hex}, "name": "Phone"}
    answer = world.act(client, "POST", "/api/account/passkeys", json=sent)
    assert answer.status_code == 200, answer.text
    return _self(person.id)


@case(Kind.PASSKEY_REMOVED)
def remove_a_passkey(world: World) -> Expected:
    person = world.person()
    at = world.ports.now()
    passkey = Passkey(uuid4(), person.id, uuid4().bytes, b"key", 0, "Phone", at)
    with world.kept(SYSTEM) as tx:
        tx.passkeys.add(passkey)
    client = world.browser(world.token(person.id, Role.CUSTOMER))
    path = f"/account/passkeys/{passkey.id}/remove"
    assert world.act(client, "POST", path, data={"password": PASSWORD}).status_code == 303
    return _self(person.id)


@case(Kind.PROVIDER_ADDED)
def add_a_provider(world: World) -> Expected:
    person = world.person()
    token = world.token(person.id, Role.CUSTOMER)
    world.present(token)
    client = world.browser(token)
    left = client.post("/auth/example?link=1", data={"role": "customer"})
    found = re.search(r"state=([\w-]+)", left.text)
    assert found is not None, left.text
    claimed = Claimed("example", uuid4().hex, person.email.text, True, "Casey Driver")
    world.provider.says["code"] = claimed
    path = f"/auth/example/callback?state={found[1]}&code=code"
    assert world.act(client, "GET", path).status_code == 303
    return _self(person.id)


@case(Kind.PROVIDER_REMOVED)
def remove_a_provider(world: World) -> Expected:
    person = world.person()
    with world.kept(SYSTEM) as tx:
        tx.identities.add(Identity("example", uuid4().hex, person.id, world.ports.now()))
    client = world.browser(world.token(person.id, Role.CUSTOMER))
    assert world.act(client, "POST", "/auth/example/unlink").status_code == 303
    return _self(person.id)


@case(Kind.PASSWORD_CHANGED)
def change_the_password(world: World) -> Expected:
    new = "another fine password"
    return _by_themselves(world, "/account/password", old=PASSWORD, password=new)


@case(Kind.PASSWORD_RESET_ASKED)
def forget_the_password(world: World) -> Expected:
    person = world.person()
    sent = {"email": person.email.text}
    assert world.act(world.browser(), "POST", "/forgot", data=sent).status_code == 200
    return Expected(subject=person.id)


@case(Kind.EMAIL_CHANGE_ASKED)
def ask_for_another_address(world: World) -> Expected:
    new = f"{uuid4().hex}@test.example"
    return _by_themselves(world, "/account/email", address_password=PASSWORD, email=new)


@case(Kind.EMAIL_CHANGED)
def change_the_address(world: World) -> Expected:
    person, link = world.person(), uuid4().hex
    with world.kept(SYSTEM) as tx:
        tx.tokens.issue(
            digest(link),
            account_id=person.id,
            purpose=TokenPurpose.CHANGE_EMAIL,
            expires_at=world.ports.now() + timedelta(hours=1),
            detail=f"{uuid4().hex}@test.example",
        )
    sent = {"token": link}
    assert world.act(world.browser(), "POST", "/account/address", data=sent).status_code == 303
    return Expected(actor=person.id, subject=person.id)


@case(Kind.EMAIL_CONFIRMED)
def confirm_an_address(world: World) -> Expected:
    person = world.person(verified_at=None)
    path = f"/api/admin/users/{person.id}/verify-email"
    return _by_admin(world, person.id, "POST", path, json=BECAUSE)


@case(Kind.ACCOUNT_OPENED)
def sign_up(world: World) -> Expected:
    email = f"{uuid4().hex}@test.example"
    agreed = dict.fromkeys(("adult", "terms", "privacy", "marketplace"), True)
    sent = {"email": email, "password": PASSWORD, "full_name": "Casey Driver", **agreed}
    answer = world.act(world.browser(), "POST", "/api/customer/signup", json=sent)
    assert answer.status_code < 300, answer.text
    with world.kept(SYSTEM) as tx:
        (opened,) = tx.accounts.pending(EmailAddress(email))
    return Expected(actor=opened.id, subject=opened.id)


@case(Kind.ACCOUNT_CLOSED)
def close_the_account(world: World) -> Expected:
    return _by_themselves(world, "/account/close", password=PASSWORD)


def _standing(world: World, step: str, **changes: Any) -> Expected:
    person = world.person(**changes)
    path = f"/api/admin/users/{person.id}/{step}"
    return _by_admin(world, person.id, "POST", path, json=BECAUSE)


@case(Kind.ACCOUNT_SUSPENDED)
def suspend(world: World) -> Expected:
    return _standing(world, "suspend")


@case(Kind.ACCOUNT_BANNED)
def ban(world: World) -> Expected:
    return _standing(world, "ban")


@case(Kind.ACCOUNT_REINSTATED)
def reinstate(world: World) -> Expected:
    return _standing(world, "reinstate", standing=Standing.BANNED)


@case(Kind.ROLES_CHANGED)
def change_roles(world: World) -> Expected:
    person = world.person()
    path = f"/api/admin/users/{person.id}/roles"
    sent = BECAUSE | {"roles": ["customer", "admin"]}
    return _by_admin(world, person.id, "POST", path, json=sent)


@case(Kind.SEAT_CHANGED)
def change_a_seat(world: World) -> Expected:
    owner = workshops.owner(world.ports)
    other = workshops.with_seat(world.ports, owner, Seat.VIEWER)
    path = f"/api/workshop/staff/{other.account_id}/seat"
    answer = world.act(world.as_actor(owner), "POST", path, json={"seat": "admin"})
    assert answer.status_code == 200, answer.text
    return Expected(actor=owner.account_id, role=Role.WORKSHOP, subject=other.account_id)


@case(Kind.MEMBERSHIP_CHANGED)
def remove_a_mechanic(world: World) -> Expected:
    owner = workshops.owner(world.ports)
    member = an_account(world.kept, Role.MECHANIC)
    place, _ = ask(
        mechanic_id=MechanicId(member.account_id),
        workshop_id=workshops.own(owner),
        at=world.ports.now(),
    )
    with world.kept(SYSTEM) as tx:
        tx.mechanics.add(new_mechanic(member))
        tx.memberships.add(place)
    path = f"/api/workshop/mechanics/{member.account_id}"
    assert world.act(world.as_actor(owner), "DELETE", path).status_code == 204
    return Expected(actor=owner.account_id, role=Role.WORKSHOP, subject=member.account_id)


@case(Kind.EMPLOYMENT_CHANGED)
def deactivate_an_employee(world: World) -> Expected:
    company = a_company(world.kept)
    boss, employee = (
        who_runs(world.kept, company),
        an_employee(world.kept, organization_id=company.id),
    )
    path = f"/api/corporate/employees/{employee.id}/deactivate"
    answer = world.act(world.as_actor(boss), "POST", path)
    assert answer.status_code == 200, answer.text
    return Expected(actor=boss.account_id, role=Role.CORPORATE, subject=employee.account_id)


@case(Kind.APPLICATION_DECIDED)
def approve_a_workshop(world: World) -> Expected:
    workshop = workshops.own(workshops.applicant(world.ports))
    path = f"/api/admin/workshops/{workshop}/approve"
    return _by_admin(world, workshop, "POST", path, json={})


@case(Kind.DOCUMENT_DECIDED)
def review_a_document(world: World) -> Expected:
    owner = a_mechanic(world.kept)
    file_id = a_file(world.kept, owner)
    document = new_document(
        world.kept, subject_id=owner.account_id, file_id=file_id, kind=DocumentKind.INSURANCE
    )
    with world.kept(SYSTEM) as tx:
        tx.submitted_documents.add(document)
    path = f"/api/admin/mechanic-documents/{document.id}/review"
    sent = {"approved": False, "reason": "It has run out."}
    return _by_admin(world, document.id, "POST", path, json=sent)


@case(Kind.ORGANIZATION_SUSPENDED)
def suspend_a_workshop(world: World) -> Expected:
    workshop = workshops.own(workshops.owner(world.ports))
    path = f"/api/admin/workshops/{workshop}/suspend"
    return _by_admin(world, workshop, "POST", path, json=BECAUSE)


@case(Kind.ORGANIZATION_REINSTATED)
def reinstate_a_company(world: World) -> Expected:
    company = a_company(world.kept, suspended_at=world.ports.now(), suspension_reason="Unpaid.")
    path = f"/api/admin/corporate/{company.id}/reinstate"
    return _by_admin(world, company.id, "POST", path, json=BECAUSE)


@case(Kind.API_KEY_MADE)
def make_a_key(world: World) -> Expected:
    boss = who_runs(world.kept, a_company(world.kept))
    sent = {"name": "Payroll"}
    answer = world.act(world.as_actor(boss), "POST", "/api/corporate/keys", json=sent)
    assert answer.status_code == 201, answer.text
    with world.kept(SYSTEM) as tx:
        assert boss.organization_id is not None
        (key,) = tx.api_keys.of_organization(boss.organization_id)
    return Expected(actor=boss.account_id, role=Role.CORPORATE, subject=key.id)


@case(Kind.API_KEY_REVOKED)
def revoke_a_key(world: World) -> Expected:
    boss = who_runs(world.kept, a_company(world.kept))
    key = made_key(world.ports, boss).key
    answer = world.act(world.as_actor(boss), "DELETE", f"/api/corporate/keys/{key.id}")
    assert answer.status_code < 300, answer.text
    return Expected(actor=boss.account_id, role=Role.CORPORATE, subject=key.id)


@case(Kind.API_KEY_REFUSED)
def show_a_key_that_is_revoked(world: World) -> Expected:
    boss = who_runs(world.kept, a_company(world.kept))
    made = made_key(world.ports, boss)
    world.as_actor(boss).delete(f"/api/corporate/keys/{made.key.id}")
    headers = {"Authorization": f"Bearer {made.text}"}
    answer = world.act(world.browser(), "GET", "/api/corporate/departments", headers=headers)
    assert answer.status_code == 401, answer.text
    return Expected(subject=made.key.id, outcome=SecurityOutcome.REFUSED)


@case(Kind.ACCESS_DENIED)
def ask_for_what_staff_see(world: World) -> Expected:
    person = world.person()
    client = world.browser(world.token(person.id, Role.CUSTOMER))
    assert world.act(client, "GET", "/admin/security-log").status_code == 403
    return Expected(
        actor=person.id,
        role=Role.CUSTOMER,
        subject=person.id,
        outcome=SecurityOutcome.REFUSED,
    )


def a_session(world: World) -> Session:
    return a_kept_session(world.kept, status=SessionStatus.COMPLETED)


@case(Kind.SESSION_READ)
def open_a_session(world: World) -> Expected:
    session = a_session(world)
    return _by_admin(world, session.id, "GET", f"/admin/sessions/{session.id}")


@case(Kind.CHAT_READ)
def read_a_chat(world: World) -> Expected:
    session = a_session(world)
    path = f"/api/chat/session-info?session_id={session.id}"
    return _by_admin(world, session.id, "GET", path)


@case(Kind.REPORT_READ)
def read_a_report(world: World) -> Expected:
    session = a_session(world)
    return _by_admin(world, session.id, "GET", f"/api/sessions/{session.id}/summary")


@case(Kind.FILE_READ)
def open_a_file(world: World) -> Expected:
    session = a_kept_session(world.kept, status=SessionStatus.LIVE)
    file_id = a_file(world.kept, Actor(session.customer_id, Role.CUSTOMER))  # type: ignore[arg-type]
    with world.kept(SYSTEM) as tx:
        file = attrs.evolve(
            tx.files.get(file_id), purpose=FilePurpose.SESSION, session_id=session.id
        )
        tx.files.save(file)
    world.ports.storage.write(file.storage_key, [b"%PDF-1.7"], media_type=file.media_type)
    actor, client = _admin(world)
    listed = client.get(f"/api/sessions/{session.id}/files").get_json()
    answer = world.act(client, "GET", listed["files"][0]["url"])
    assert answer.data == b"%PDF-1.7"
    return Expected(actor=actor.account_id, role=Role.ADMIN, subject=file.id)


@case(Kind.DATA_EXPORTED)
def take_ones_data(world: World) -> Expected:
    person = world.person()
    client = world.browser(world.token(person.id, Role.CUSTOMER))
    assert world.act(client, "GET", "/api/customer/export").status_code == 200
    return _self(person.id)


@case(Kind.PEOPLE_EXPORTED)
def export_people(world: World) -> Expected:
    expected = _by_admin(world, uuid4(), "GET", "/api/admin/users/export")
    return attrs.evolve(expected, subject=None)


@case(Kind.COMPANY_EXPORTED)
def export_employees(world: World) -> Expected:
    boss = who_runs(world.kept, a_company(world.kept))
    answer = world.act(world.as_actor(boss), "GET", "/api/corporate/employees/roster")
    assert answer.status_code == 200
    return Expected(actor=boss.account_id, role=Role.CORPORATE, subject=boss.organization_id)


@case(Kind.SECURITY_LOG_EXPORTED)
def export_the_log(world: World) -> Expected:
    expected = _by_admin(world, uuid4(), "GET", "/api/admin/security-log/export")
    return attrs.evolve(expected, subject=None)
