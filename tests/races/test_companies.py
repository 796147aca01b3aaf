"""Many accept a company's last seat; many pay with the last of a department's budget; two owners
take each other's seat."""

from collections import Counter
from functools import partial
from uuid import uuid4

import httpx
import pytest

from autodoctor.application.accounts.tokens import digest
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.invitation import Host, invite
from autodoctor.domain.corporate.enrolment import Enrolment
from autodoctor.domain.corporate.organization import Organization
from autodoctor.domain.plans.catalogue import QUICK_CHAT
from autodoctor.domain.shared.actor import SYSTEM, Actor, Seat
from autodoctor.domain.shared.ids import InvitationId
from autodoctor.ports.bundle import Ports
from support.contest import at_once
from support.corporate import a_company, a_department, an_employee, who_runs
from support.people import Person, as_person, booked, customer, logged_in
from support.running import Running

pytestmark = [pytest.mark.races, pytest.mark.xdist_group("races")]

CONTENDERS = 6
ROUNDS = 10


def a_code(ports: Ports, company: Organization, who: Person) -> str:
    """As it would have come by mail."""
    code, boss = uuid4().hex, who_runs(ports.transactions, company)
    with ports.transactions(SYSTEM) as tx:
        email = EmailAddress(tx.accounts.get(who.id).email.text)
        invitation, _ = invite(
            invitation_id=InvitationId(uuid4()),
            host=Host.ORGANIZATION,
            host_id=company.id,
            email=email,
            place="employee",
            code_hash=digest(code),
            by=boss.account_id,
            at=ports.now(),
        )
        tx.invitations.add(invitation)
        tx.enrolments.add(Enrolment(id=invitation.id, organization_id=company.id))
    return code


def told(answer: httpx.Response) -> str:
    return "in" if answer.is_success else str(answer.json()["type"]).rsplit("/", 1)[-1]


def join(running: Running, who: Person, code: str) -> str:
    with as_person(running.url, who) as client:
        return told(client.post("/api/customer/company-signup", json={"code": code}))


def seats_contested(running: Running) -> list[tuple[Counter[str], int]]:
    """For each round what everybody was told, and how many are active afterwards."""
    ports, rounds = running.here.ports, []
    for _ in range(ROUNDS):
        company = a_company(ports.transactions)
        for _ in range(company.seats - 1):
            an_employee(ports.transactions, organization_id=company.id)
        people = [customer(ports) for _ in range(CONTENDERS)]
        codes = [a_code(ports, company, who) for who in people]
        said = at_once([partial(join, running, *each) for each in zip(people, codes, strict=True)])
        with ports.transactions(SYSTEM) as tx:
            rounds.append((Counter(said), tx.employees.count_active(company.id)))
    return rounds


def test_the_last_seat_is_given_once_and_the_others_are_told(guarded: Running) -> None:
    expected = Counter({"in": 1, "seats-full": CONTENDERS - 1})

    assert seats_contested(guarded) == [(expected, 10)] * ROUNDS


def test_without_the_companys_lock_a_seat_is_given_twice(unguarded: Running) -> None:
    assert max(active for _, active in seats_contested(unguarded)) > 10


def pay(running: Running, who: Person, intake_id: str) -> str:
    with as_person(running.url, who) as client:
        return told(client.post("/api/checkout/create-session", json={"intake_id": intake_id}))


def budgets_contested(running: Running) -> list[Counter[str]]:
    """For each round what the employees of a department were told, whose budget is for one."""
    ports, rounds = running.here.ports, []
    for _ in range(ROUNDS):
        department = a_department(ports.transactions, monthly_budget=QUICK_CHAT.price)
        people = [customer(ports) for _ in range(CONTENDERS)]
        for who in people:
            an_employee(
                ports.transactions,
                account_id=who.id,
                organization_id=department.organization_id,
                department_id=department.id,
            )
        intakes = [str(booked(ports, who).id) for who in people]
        deeds = [partial(pay, running, *each) for each in zip(people, intakes, strict=True)]
        rounds.append(Counter(at_once(deeds)))
    return rounds


def test_the_last_of_a_budget_is_spent_once(guarded: Running) -> None:
    expected = Counter({"in": 1, "department-budget-reached": CONTENDERS - 1})

    assert budgets_contested(guarded) == [expected] * ROUNDS


def test_without_the_departments_lock_it_is_spent_twice(unguarded: Running) -> None:
    assert max(said["in"] for said in budgets_contested(unguarded)) > 1


def owners_left(running: Running) -> list[int]:
    """For each round, after two owners have taken each other's seat at once."""
    ports, left = running.here.ports, []
    for _ in range(ROUNDS):
        company = a_company(ports.transactions)
        first, second = (who_runs(ports.transactions, company) for _ in range(2))
        at_once([partial(_take, running, *each) for each in ((first, second), (second, first))])
        with ports.transactions(SYSTEM) as tx:
            staff = tx.accounts.of_organization(company.id)
        left.append(sum(each.organization_seat is Seat.OWNER for each in staff))
    return left


def _take(running: Running, who: Actor, whose: Actor) -> int:
    with as_person(running.url, logged_in(running.here.ports, who)) as client:
        return client.delete(f"/api/corporate/team/{whose.account_id}").status_code


def test_two_owners_never_leave_a_company_without_one(guarded: Running) -> None:
    assert owners_left(guarded) == [1] * ROUNDS


def test_without_the_companys_lock_nobody_is_left(unguarded: Running) -> None:
    assert 0 in owners_left(unguarded)
