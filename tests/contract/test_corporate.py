"""Companies, their departments and their employees, as they are kept."""

from datetime import timedelta
from uuid import uuid4

import attrs
import pytest

from autodoctor.domain.corporate.department import DepartmentNameTaken, DepartmentNotEmpty
from autodoctor.domain.corporate.employee import (
    EmployedAlready,
    EmployedElsewhere,
    EmployeeNumberTaken,
    EmployeeStatus,
)
from autodoctor.domain.corporate.tier import Agreed, Tier
from autodoctor.domain.shared.actor import SYSTEM, Role, Seat
from autodoctor.domain.shared.ids import AccountId, DepartmentId
from autodoctor.domain.shared.money import Currency, Money
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transactions
from support.corporate import (
    a_company,
    a_department,
    an_employee,
    new_department,
    new_employee,
)
from support.scenery import AT, a_session, an_account, an_intake, new_account

DAY = timedelta(days=1)
INACTIVE = EmployeeStatus.INACTIVE


def test_all_that_a_company_told_comes_back_with_what_was_agreed(kept: Transactions) -> None:
    agreed = Agreed(80, Money(70_000, Currency("usd")))
    company = a_company(
        kept, tier=Tier.ENTERPRISE, agreed=agreed, suspended_at=AT, suspension_reason="Unpaid."
    )

    with kept(SYSTEM) as tx:
        assert tx.organizations.get(company.id) == company


def test_those_who_run_a_company_are_found_by_name_with_their_seats(kept: Transactions) -> None:
    company = a_company(kept)
    own = {"organization_id": company.id}
    zoe = attrs.evolve(new_account(Role.CORPORATE), name="Zoe", organization_seat=Seat.OWNER, **own)
    abe = attrs.evolve(
        new_account(Role.CORPORATE), name="Abe", organization_seat=Seat.VIEWER, **own
    )
    with kept(SYSTEM) as tx:
        for each in (zoe, abe, new_account(Role.CORPORATE)):
            tx.accounts.add(each)

    with kept(SYSTEM) as tx:
        assert tx.accounts.of_organization(company.id) == (abe, zoe)


def test_departments_come_back_by_name_with_their_limits(kept: Transactions) -> None:
    company = a_company(kept)
    limits = {"monthly_budget": Money(50_000, Currency("usd")), "monthly_sessions_max": 0}
    vans = a_department(kept, organization_id=company.id, name="vans", **limits)
    nothing = {"monthly_budget": Money(0), "monthly_sessions_max": None}
    cars = a_department(kept, organization_id=company.id, name="Cars", **nothing)
    bikes = a_department(kept, organization_id=company.id, name="Bikes")
    a_department(kept)

    with kept(SYSTEM) as tx:
        assert tx.departments.of_organization(company.id) == (bikes, cars, vans)


def test_a_name_is_a_departments_alone_in_its_company_whatever_the_case(
    kept: Transactions,
) -> None:
    vans = a_department(kept, name="Vans")
    cars = a_department(kept, organization_id=vans.organization_id, name="Cars")
    a_department(kept, name="Vans")

    with pytest.raises(DepartmentNameTaken), kept(SYSTEM) as tx:
        tx.departments.add(new_department(kept, organization_id=cars.organization_id, name="VANS"))
    with pytest.raises(DepartmentNameTaken), kept(SYSTEM) as tx:
        tx.departments.save(attrs.evolve(cars, name="vans"))
    with kept(SYSTEM) as tx:
        assert tx.departments.save(attrs.evolve(vans, name="VANS")).name == "VANS"


def test_a_department_goes_once_nobody_is_in_it(kept: Transactions) -> None:
    vans = a_department(kept)
    own = {"organization_id": vans.organization_id}
    dee = an_employee(kept, department_id=vans.id, status=INACTIVE, **own)

    with pytest.raises(DepartmentNotEmpty), kept(SYSTEM) as tx:
        tx.departments.remove(vans.id)
    with kept(SYSTEM) as tx:
        tx.employees.save(attrs.evolve(dee, department_id=None))
        tx.departments.remove(vans.id)
        tx.departments.remove(vans.id)

    with kept(SYSTEM) as tx, pytest.raises(Missing):
        tx.departments.get(vans.id)


def test_employees_are_found_by_company_by_person_and_by_both(kept: Transactions) -> None:
    vans = a_department(kept)
    own = {"organization_id": vans.organization_id}
    zoe = an_employee(kept, name="zoe", number="7", department_id=vans.id, **own)
    abe = an_employee(kept, name="Abe", status=INACTIVE, monthly_sessions_max=3, **own)
    later = an_employee(kept, account_id=abe.account_id, since=AT + DAY)

    with kept(SYSTEM) as tx:
        found = tx.employees
        assert found.of_organization(vans.organization_id) == (abe, zoe)
        assert found.of_account(abe.account_id) == (abe, later)
        assert found.active_of(abe.account_id) == later
        assert found.active_of(AccountId(uuid4())) is None
        assert found.in_organization(vans.organization_id, abe.account_id) == abe
        assert found.in_organization(later.organization_id, zoe.account_id) is None
        assert found.count_active(vans.organization_id) == 1


def test_a_person_has_one_row_in_a_company(kept: Transactions) -> None:
    dee = an_employee(kept, status=INACTIVE)
    again = {"organization_id": dee.organization_id, "account_id": dee.account_id}

    second = new_employee(kept, **again)
    with pytest.raises(EmployedAlready), kept(SYSTEM) as tx:
        tx.employees.add(second)


def test_a_person_is_active_in_one_company_at_most(kept: Transactions) -> None:
    dee = an_employee(kept)
    elsewhere = an_employee(kept, account_id=dee.account_id, status=INACTIVE)

    with pytest.raises(EmployedElsewhere), kept(SYSTEM) as tx:
        tx.employees.save(attrs.evolve(elsewhere, status=EmployeeStatus.ACTIVE))
    third = new_employee(kept, account_id=dee.account_id)
    with pytest.raises(EmployedElsewhere), kept(SYSTEM) as tx:
        tx.employees.add(third)
    with kept(SYSTEM) as tx:
        tx.employees.save(attrs.evolve(dee, status=INACTIVE))
        tx.employees.save(attrs.evolve(elsewhere, status=EmployeeStatus.ACTIVE))

    with kept(SYSTEM) as tx:
        now = tx.employees.active_of(dee.account_id)
    assert now is not None
    assert now.id == elsewhere.id


def test_a_number_is_one_employees_in_a_company_and_none_is_anybodys(kept: Transactions) -> None:
    dee = an_employee(kept, number="A 1")
    own = {"organization_id": dee.organization_id}
    an_employee(kept, number="A 1")
    an_employee(kept, **own)
    an_employee(kept, **own)

    third = new_employee(kept, number="A 1", **own)
    with pytest.raises(EmployeeNumberTaken), kept(SYSTEM) as tx:
        tx.employees.add(third)


def test_a_department_of_another_company_is_not_there(kept: Transactions) -> None:
    elsewhere = a_department(kept)
    for department_id in (elsewhere.id, DepartmentId(uuid4())):
        employee = new_employee(kept, department_id=department_id)
        with pytest.raises(Missing), kept(SYSTEM) as tx:
            tx.employees.add(employee)


def test_bookings_and_sessions_know_whose_company_they_belong_to(kept: Transactions) -> None:
    company = a_company(kept)
    intake = attrs.evolve(an_intake(kept, an_account(kept).customer_id), organization_id=company.id)
    session = attrs.evolve(a_session(kept), organization_id=company.id)
    with kept(SYSTEM) as tx:
        tx.intakes.save(intake)
        tx.sessions.add(session)

    with kept(SYSTEM) as tx:
        assert tx.intakes.get(intake.id).organization_id == company.id
        assert tx.sessions.get(session.id).organization_id == company.id
