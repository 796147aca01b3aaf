"""An employee books for their company while its limits allow it, or privately."""

from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import pytest

from autodoctor.application.booking.checkout import check_out
from autodoctor.application.booking.employment import my_company
from autodoctor.application.booking.review import review
from autodoctor.application.booking.start import IntakeForm, start_intake
from autodoctor.application.booking.waiver import sign_waiver
from autodoctor.application.payments.fulfilment import resolve
from autodoctor.application.sessions.ending import cancel_session
from autodoctor.domain.booking.intake import Intake
from autodoctor.domain.booking.vehicle import Vehicle
from autodoctor.domain.corporate.employee import Employee
from autodoctor.domain.corporate.limits import (
    DepartmentBudgetReached,
    DepartmentLimitReached,
    MonthlyLimitReached,
)
from autodoctor.domain.plans.catalogue import FULL_DIAGNOSTIC
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.domain.shared.ids import PlanSlug
from autodoctor.domain.shared.money import Money
from autodoctor.testing.ports import Town, a_customer, memory_town
from support.corporate import a_department, an_employee

PRICE = FULL_DIAGNOSTIC.price


@pytest.fixture
def town() -> Town:
    return memory_town()


def employed(town: Town, actor: Actor, most: int | None = None, **department: Any) -> Employee:
    """In a department of a new company, or of the one that is told."""
    found = a_department(town.kept, **department)
    return colleague(town, actor, found.organization_id, found.id, most)


def colleague(
    town: Town, actor: Actor, company: Any, department: Any, most: Any = None
) -> Employee:
    return an_employee(
        town.kept,
        account_id=actor.account_id,
        organization_id=company,
        department_id=department,
        monthly_sessions_max=most,
    )


def start(town: Town, actor: Actor, *, plan: str = "full-diagnostic", **changes: Any) -> Intake:
    form = IntakeForm(
        plan=PlanSlug(plan),
        concern="It squeals when I brake.",
        vehicle=Vehicle(2015, "Honda", "Civic"),
        **changes,
    )
    return start_intake(town.ports, actor=actor, form=form)


def sign(town: Town, actor: Actor, intake: Intake) -> Intake:
    sign_waiver(
        town.ports,
        actor=actor,
        intake_id=intake.id,
        full_name="Casey Driver",
        adult=True,
        address="127.0.0.1",
        agent="tests",
    )
    return intake


def pay(town: Town, actor: Actor, intake: Intake) -> Session:
    page = check_out(town.ports, actor=actor, intake_id=sign(town, actor, intake).id)
    with town.kept(SYSTEM) as tx:
        provider_id = tx.checkouts.get(page.checkout_id).provider_id  # type: ignore[arg-type]
    assert provider_id is not None
    town.bank.pay(provider_id)
    paid = resolve(town.ports, provider_id=provider_id)
    with town.kept(SYSTEM) as tx:
        session = tx.sessions.of_checkout(paid.id)
    assert session is not None
    return session


def kept(town: Town, intake: Intake) -> Intake:
    with town.kept(SYSTEM) as tx:
        return tx.intakes.get(intake.id)


def test_a_booking_and_its_session_carry_the_company_and_the_department(town: Town) -> None:
    actor = a_customer(town.ports)
    employee = employed(town, actor)

    intake = start(town, actor)
    session = pay(town, actor, intake)

    assert intake.organization_id == session.organization_id == employee.organization_id
    assert intake.department_id == employee.department_id
    assert review(town.ports, actor=actor, intake_id=intake.id).company == "Swift Couriers"


def test_also_a_free_session_is_linked(town: Town) -> None:
    actor = a_customer(town.ports)
    employee = employed(town, actor)

    done = check_out(
        town.ports, actor=actor, intake_id=sign(town, actor, start(town, actor, plan="free")).id
    )

    with town.kept(SYSTEM) as tx:
        linked = tx.sessions.get(done.session_id).organization_id  # type: ignore[arg-type]
    assert linked == employee.organization_id


def test_who_books_privately_is_not_counted(town: Town) -> None:
    actor = a_customer(town.ports)
    employed(town, actor, most=0)

    intake = start(town, actor, private=True)
    session = pay(town, actor, intake)

    assert intake.organization_id is intake.department_id is session.organization_id is None
    assert review(town.ports, actor=actor, intake_id=intake.id).company == ""


def test_nobodys_employee_books_as_ever(town: Town) -> None:
    actor = a_customer(town.ports)

    assert my_company(town.ports, actor=actor) is None
    assert start(town, actor).organization_id is None


def _let_go(town: Town, employee: Employee) -> None:
    with town.kept(SYSTEM) as tx:
        tx.employees.save(employee.deactivate(at=town.clock.now())[0])


def _put_out(town: Town, employee: Employee) -> None:
    with town.kept(SYSTEM) as tx:
        company = tx.organizations.get(employee.organization_id)
        tx.organizations.save(company.suspend("unpaid", at=town.clock.now()))


@pytest.mark.parametrize("end", [_let_go, _put_out])
def test_who_was_let_go_books_privately_whatever_the_limits(town: Town, end: Any) -> None:
    actor = a_customer(town.ports)
    employee = employed(town, actor, most=0)

    end(town, employee)

    assert my_company(town.ports, actor=actor) is None
    assert start(town, actor).organization_id is None


@pytest.mark.parametrize("end", [_let_go, _put_out])
def test_who_was_let_go_before_paying_goes_on_privately(town: Town, end: Any) -> None:
    actor = a_customer(town.ports)
    employee = employed(town, actor, most=1)
    intake = start(town, actor)
    end(town, employee)

    session = pay(town, actor, intake)

    assert session.organization_id is None
    assert kept(town, intake).organization_id is kept(town, intake).department_id is None


def test_a_limit_is_asked_at_the_intake(town: Town) -> None:
    actor = a_customer(town.ports)
    employed(town, actor, most=1)
    done = pay(town, actor, start(town, actor))

    later = datetime(2026, 3, 20, 15, tzinfo=UTC)
    with pytest.raises(MonthlyLimitReached) as refused:
        start(town, actor, scheduled_for=later)
    assert refused.value.most == 1

    cancel_session(town.ports, actor=actor, session_id=done.id)
    assert start(town, actor, scheduled_for=later).organization_id


def test_a_limit_is_asked_again_before_paying(town: Town) -> None:
    actor = a_customer(town.ports)
    employee = employed(town, actor, most=1)
    intake = sign(town, actor, start(town, actor))
    with town.kept(SYSTEM) as tx:
        tx.employees.save(attrs.evolve(employee, monthly_sessions_max=0))

    with pytest.raises(MonthlyLimitReached):
        check_out(town.ports, actor=actor, intake_id=intake.id)

    assert kept(town, intake).organization_id == employee.organization_id


def test_a_new_month_begins_where_the_company_is(town: Town) -> None:
    actor = a_customer(town.ports)
    employed(town, actor, most=1)
    town.clock.set(datetime(2026, 4, 1, 3, 30, tzinfo=UTC))  # still March in Toronto
    pay(town, actor, start(town, actor))
    with pytest.raises(MonthlyLimitReached):
        start(town, actor, scheduled_for=town.clock.now() + timedelta(days=2))

    town.clock.set(datetime(2026, 4, 1, 4, tzinfo=UTC))

    assert start(town, actor, scheduled_for=town.clock.now() + timedelta(days=2)).organization_id


def test_a_department_shares_its_limit(town: Town) -> None:
    one, two = a_customer(town.ports), a_customer(town.ports)
    mine = employed(town, one, monthly_sessions_max=1)
    colleague(town, two, mine.organization_id, mine.department_id)
    pay(town, one, start(town, one))

    with pytest.raises(DepartmentLimitReached) as refused:
        start(town, two)

    assert refused.value.facts == {"department": "Deliveries", "most": 1}


def test_a_department_has_spent_what_is_being_paid(town: Town) -> None:
    one, two = a_customer(town.ports), a_customer(town.ports)
    budget = Money(PRICE.minor + 1)
    mine = employed(town, one, monthly_budget=budget)
    colleague(town, two, mine.organization_id, mine.department_id)
    first, second = (sign(town, each, start(town, each)) for each in (one, two))

    check_out(town.ports, actor=one, intake_id=first.id)
    check_out(town.ports, actor=one, intake_id=first.id)
    with pytest.raises(DepartmentBudgetReached) as refused:
        check_out(town.ports, actor=two, intake_id=second.id)

    assert refused.value.facts == {"department": "Deliveries", "budget": budget, "left": Money(1)}


def test_a_booking_is_of_the_department_one_is_in_when_it_is_paid(town: Town) -> None:
    actor = a_customer(town.ports)
    employee = employed(town, actor)
    intake = start(town, actor)
    other = a_department(town.kept, organization_id=employee.organization_id, name="Sales")
    with town.kept(SYSTEM) as tx:
        moved = tx.employees.save(attrs.evolve(employee, department_id=other.id))

    pay(town, actor, intake)
    with town.kept(SYSTEM) as tx:
        tx.employees.save(attrs.evolve(moved, department_id=employee.department_id))

    assert kept(town, intake).department_id == other.id
