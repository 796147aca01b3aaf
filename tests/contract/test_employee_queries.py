"""A company's list of its people, alike in memory and in PostgreSQL."""

from datetime import timedelta
from typing import Any

import attrs
import pytest

from autodoctor.adapters.memory.queries.all import MemoryQueries
from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.adapters.postgres.queries.all import PostgresQueries
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.corporate.department import Department
from autodoctor.domain.corporate.employee import EmployeeStatus
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.ports.employee_queries import EmployeeFilter, EmployeeRow, EmployeeShown
from autodoctor.ports.queries import Queries
from autodoctor.ports.transactions import Transactions
from support.corporate import a_department, an_employee
from support.enrolments import an_enrolment
from support.postgres import Database
from support.scenery import AT, an_account


@pytest.fixture
def queries(request: pytest.FixtureRequest, kept: Transactions) -> Queries:
    if isinstance(kept, MemoryTransactions):
        return MemoryQueries(kept)
    database: Database = request.getfixturevalue("database")
    return PostgresQueries(database.app)


@pytest.fixture
def department(kept: Transactions) -> Department:
    """Of a company with two employees and one who is invited."""
    department = a_department(kept)
    own = {"organization_id": department.organization_id}
    an_employee(kept, **own, name="bo", number="7_A", department_id=department.id)
    an_employee(kept, **own, name="Cas", status=EmployeeStatus.INACTIVE)
    an_enrolment(kept, **own, name="Abe", department_id=department.id, monthly_sessions_max=2)
    an_employee(kept)
    return department


def shown(
    queries: Queries, department: Department, *, at: Any = AT, **which: Any
) -> tuple[EmployeeRow, ...]:
    page = queries.employees.listed(department.organization_id, EmployeeFilter(**which), at=at)
    return page.rows


def names(rows: tuple[EmployeeRow, ...]) -> list[str]:
    return [row.name for row in rows]


def test_they_are_listed_by_name_whatever_the_case(
    queries: Queries, department: Department
) -> None:
    invited, active, inactive = shown(queries, department)

    assert [each.name for each in (invited, active, inactive)] == ["Abe", "bo", "Cas"]
    assert (invited.status, invited.department) == ("invited", department.name)
    assert (invited.since, invited.until) == (AT, AT + timedelta(days=7))
    assert invited.monthly_sessions_max == 2
    assert (active.status, active.number, active.department_id) == ("active", "7_A", department.id)
    assert (inactive.status, inactive.department, inactive.until) == ("inactive", "", None)


@pytest.mark.parametrize(
    ("which", "found"),
    [
        ({"status": EmployeeShown.INVITED}, ["Abe"]),
        ({"status": EmployeeShown.ACTIVE}, ["bo"]),
        ({"status": EmployeeShown.INACTIVE}, ["Cas"]),
        ({"search": "BO"}, ["bo"]),
        ({"search": "7_"}, ["bo"]),
        ({"search": "_"}, ["bo"]),
        ({"search": "%"}, []),
        ({"search": "@TEST.example"}, ["Abe", "bo", "Cas"]),
        ({"page": 2, "page_size": 2}, ["Cas"]),
        ({"page": 3, "page_size": 2}, []),
    ],
)
def test_the_list_is_narrowed(
    queries: Queries, department: Department, which: dict[str, Any], found: list[str]
) -> None:
    assert names(shown(queries, department, **which)) == found


def test_a_department_has_its_own(queries: Queries, department: Department) -> None:
    assert names(shown(queries, department, department_id=department.id)) == ["Abe", "bo"]


def test_the_total_is_of_all_pages(queries: Queries, department: Department) -> None:
    page = queries.employees.listed(
        department.organization_id, EmployeeFilter(page=9, page_size=1), at=AT
    )

    assert (page.rows, page.total) == ((), 3)


def test_an_invitation_that_works_no_more_is_not_shown(
    queries: Queries, department: Department
) -> None:
    late = AT + timedelta(days=7)

    assert names(shown(queries, department, at=late)) == ["bo", "Cas"]


def test_who_has_closed_their_account_is_in_no_list(
    kept: Transactions, queries: Queries, department: Department
) -> None:
    gone = an_employee(kept, organization_id=department.organization_id, name="Former employee")
    with kept(SYSTEM) as tx:
        account = tx.accounts.get(gone.account_id)
        tx.accounts.save(attrs.evolve(account, standing=Standing.CLOSED))

    with kept(SYSTEM) as tx:
        assert gone.account_id not in tx.employees.addresses(department.organization_id)
    assert names(shown(queries, department)) == ["Abe", "bo", "Cas"]


def test_a_company_knows_the_addresses_of_its_employees(kept: Transactions) -> None:
    account = an_account(kept)
    employee = an_employee(kept, account_id=account.account_id)
    with kept(SYSTEM) as tx:
        email = attrs.evolve(tx.accounts.get(account.account_id)).email
        found = tx.employees.addresses(employee.organization_id)

    assert found == {account.account_id: EmailAddress(email.text)}
