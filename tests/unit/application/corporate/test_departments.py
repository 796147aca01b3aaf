"""Departments of a company: kept by those who run it, seen by all of them, by nobody else."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest

from autodoctor.application.access.may import SeatTooLow
from autodoctor.application.corporate.dashboard import dashboard
from autodoctor.application.corporate.departments import (
    Limits,
    add_department,
    change_department,
    departments,
    remove_department,
)
from autodoctor.domain.corporate.department import DepartmentNameTaken, DepartmentNotEmpty
from autodoctor.domain.corporate.organization import OrganizationNotApproved
from autodoctor.domain.shared.actor import Actor, Seat
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.money import Money
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing
from autodoctor.testing.ports import memory_ports
from support.corporate import an_employee, company_applicant, company_of, company_owner


@pytest.fixture
def ports() -> Ports:
    return memory_ports()


@pytest.fixture
def boss(ports: Ports) -> Actor:
    return company_owner(ports)


def limits(name: str = "Vans", **changes: Any) -> Limits:
    return Limits(name=name, **changes)


def test_departments_are_listed_by_name_with_how_many_are_in_them(
    ports: Ports, boss: Actor
) -> None:
    vans = add_department(
        ports,
        actor=boss,
        limits=limits(" Vans ", monthly_budget=Money(50_000), monthly_sessions_max=5),
    )
    add_department(ports, actor=boss, limits=limits("Cars"))
    own = {"organization_id": company_of(boss), "department_id": vans.id}
    gone = an_employee(ports.transactions, **own).deactivate(at=ports.now())[0]
    with ports.transactions(boss) as tx:
        tx.employees.save(gone)
    an_employee(ports.transactions, **own)

    found = departments(ports, actor=boss)

    assert [(each.department.name, each.employees) for each in found] == [("Cars", 0), ("Vans", 1)]
    assert (vans.monthly_budget, vans.monthly_sessions_max) == (Money(50_000), 5)


def test_a_department_changes_and_goes(ports: Ports, boss: Actor) -> None:
    vans = add_department(ports, actor=boss, limits=limits())
    other = limits("Trucks", monthly_sessions_max=0)

    changed = change_department(ports, actor=boss, department_id=vans.id, limits=other)
    same = change_department(ports, actor=boss, department_id=vans.id, limits=other)
    remove_department(ports, actor=boss, department_id=vans.id)

    assert (changed.name, changed.monthly_sessions_max) == ("Trucks", 0)
    assert same == changed
    assert departments(ports, actor=boss) == ()


def test_what_stands_in_the_way_is_said(ports: Ports, boss: Actor) -> None:
    vans = add_department(ports, actor=boss, limits=limits())
    an_employee(ports.transactions, organization_id=company_of(boss), department_id=vans.id)

    with pytest.raises(DepartmentNameTaken):
        add_department(ports, actor=boss, limits=limits("VANS"))
    with pytest.raises(DepartmentNotEmpty):
        remove_department(ports, actor=boss, department_id=vans.id)
    for wrong in (limits(""), limits(monthly_budget=Money(-1)), limits(monthly_sessions_max=-1)):
        with pytest.raises(InvalidField):
            add_department(ports, actor=boss, limits=wrong)


def test_another_companys_department_is_not_there(ports: Ports, boss: Actor) -> None:
    vans = add_department(ports, actor=company_owner(ports), limits=limits())

    with pytest.raises(Missing):
        change_department(ports, actor=boss, department_id=vans.id, limits=limits())
    with pytest.raises(Missing):
        remove_department(ports, actor=boss, department_id=vans.id)


def test_a_viewer_looks_and_changes_nothing(ports: Ports, boss: Actor) -> None:
    viewer = attrs.evolve(boss, seat=Seat.VIEWER)

    assert departments(ports, actor=viewer) == ()
    with pytest.raises(SeatTooLow):
        add_department(ports, actor=viewer, limits=limits())


def test_a_company_that_waits_has_none_and_no_dashboard(ports: Ports) -> None:
    waits = company_applicant(ports)

    for step in (departments, dashboard):
        with pytest.raises(OrganizationNotApproved):
            step(ports, actor=waits)


def test_the_dashboard_counts_seats_and_the_month_by_the_companys_clock(
    ports: Ports, boss: Actor
) -> None:
    an_employee(ports.transactions, organization_id=company_of(boss))

    found = dashboard(ports, actor=boss)

    there = ports.now().astimezone(ZoneInfo("America/Toronto"))
    first = datetime(there.year, there.month, 1, tzinfo=ZoneInfo("America/Toronto"))
    assert (found.seats_taken, found.organization.seats) == (1, 10)
    assert found.month.start == first
    assert found.month.end > ports.now()
    assert found.booked.sessions == 0
