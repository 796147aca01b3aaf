"""What companies use, counted alike in memory and in PostgreSQL."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import attrs
import pytest

from autodoctor.adapters.memory.queries.all import MemoryQueries
from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.adapters.postgres.queries.all import PostgresQueries
from autodoctor.domain.booking.checkout import CheckoutStatus
from autodoctor.domain.corporate.employee import Employee
from autodoctor.domain.corporate.limits import Use
from autodoctor.domain.corporate.month import month_of
from autodoctor.domain.plans.catalogue import FULL_DIAGNOSTIC
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import CustomerId
from autodoctor.ports.queries import Queries
from autodoctor.ports.transactions import Transactions
from autodoctor.ports.usage import UsageFilter
from support.corporate import a_department, an_employee
from support.postgres import Database
from support.scenery import AT, a_session, new_checkout, new_intake

MONTH = month_of(AT, "America/Toronto")
PRICE = FULL_DIAGNOSTIC.price
S = SessionStatus


@pytest.fixture
def queries(request: pytest.FixtureRequest, kept: Transactions) -> Iterator[Queries]:
    if isinstance(kept, MemoryTransactions):
        yield MemoryQueries(kept)
        return
    database: Database = request.getfixturevalue("database")
    yield PostgresQueries(database.app)


@pytest.fixture
def employee(kept: Transactions) -> Employee:
    """In a department of a new company."""
    department = a_department(kept)
    return an_employee(
        kept,
        organization_id=department.organization_id,
        department_id=department.id,
        number="7",
    )


def used(
    kept: Transactions, employee: Employee, status: SessionStatus = S.COMPLETED, **changes: Any
) -> Session:
    """A session booked as an employee."""
    session = a_session(kept, status=status, customer=employee.account_id)
    linked = attrs.evolve(
        session, organization_id=employee.organization_id, **{"created_at": AT, **changes}
    )
    with kept(SYSTEM) as tx:
        intake = tx.intakes.get(session.intake_id)
        link = {"organization_id": employee.organization_id}
        tx.intakes.save(
            attrs.evolve(
                intake, **link, department_id=employee.department_id, session_id=session.id
            )
        )
        tx.sessions.add(linked)
    return linked


def own(kept: Transactions, employee: Employee, **given: Any) -> Use:
    with kept(SYSTEM) as tx:
        return tx.usage.of_employee(employee.organization_id, employee.account_id, MONTH, **given)


def departments(kept: Transactions, employee: Employee) -> Use:
    assert employee.department_id is not None
    with kept(SYSTEM) as tx:
        return tx.usage.of_department(employee.department_id, MONTH)


@pytest.mark.parametrize("status", [S.WAITING, S.LIVE, S.COMPLETED, S.ESCALATED])
def test_a_session_counts_with_its_price(
    kept: Transactions, employee: Employee, status: SessionStatus
) -> None:
    used(kept, employee, status)

    assert own(kept, employee) == departments(kept, employee) == Use(1, PRICE)


@pytest.mark.parametrize("status", [S.CANCELLED, S.EXPIRED, S.REFUNDED])
def test_what_came_to_nothing_does_not(
    kept: Transactions, employee: Employee, status: SessionStatus
) -> None:
    used(kept, employee, status)

    assert own(kept, employee) == departments(kept, employee) == Use()


@pytest.mark.parametrize(("began", "count"), [(AT, 1), (None, 0)])
def test_of_the_archived_those_that_began_count(
    kept: Transactions, employee: Employee, began: Any, count: int
) -> None:
    used(kept, employee, S.ARCHIVED, started_at=began)

    assert own(kept, employee).sessions == count


def test_a_month_ends_before_its_end(kept: Transactions, employee: Employee) -> None:
    for at in (MONTH.start - timedelta(microseconds=1), MONTH.end):
        used(kept, employee, created_at=at)
    used(kept, employee, created_at=MONTH.start)

    assert own(kept, employee).sessions == 1


def test_private_sessions_and_other_peoples_do_not_count(
    kept: Transactions, employee: Employee
) -> None:
    colleague = an_employee(kept, organization_id=employee.organization_id)
    used(kept, colleague)
    private = a_session(kept, status=S.COMPLETED, customer=employee.account_id)
    with kept(SYSTEM) as tx:
        tx.sessions.add(private)

    assert own(kept, employee) == departments(kept, employee) == Use()


@pytest.mark.parametrize(
    ("status", "count"),
    [(CheckoutStatus.OPEN, 1), (CheckoutStatus.PAID, 1), (CheckoutStatus.EXPIRED, 0)],
)
def test_a_booking_counts_while_it_is_being_paid(
    kept: Transactions, employee: Employee, status: CheckoutStatus, count: int
) -> None:
    intake = attrs.evolve(
        new_intake(kept, CustomerId(employee.account_id)),
        organization_id=employee.organization_id,
        department_id=employee.department_id,
    )
    checkout = attrs.evolve(new_checkout(kept, intake), status=status)
    with kept(SYSTEM) as tx:
        tx.intakes.add(intake)
        tx.checkouts.add(checkout)

    assert own(kept, employee).sessions == departments(kept, employee).sessions == count
    assert own(kept, employee, but=intake.id) == Use()


def test_a_company_sees_what_was_booked_and_no_word_of_it(
    kept: Transactions, queries: Queries, employee: Employee
) -> None:
    old, new = used(kept, employee), used(kept, employee, created_at=AT + timedelta(hours=1))
    gone = used(kept, employee, S.CANCELLED, created_at=AT + timedelta(hours=2))
    used(kept, an_employee(kept))

    found = queries.usage.listed(employee.organization_id, UsageFilter(month=MONTH, page_size=2))
    rest = queries.usage.listed(
        employee.organization_id, UsageFilter(month=MONTH, page=2, page_size=2)
    )

    assert [row.id for row in (*found.rows, *rest.rows)] == [gone.id, new.id, old.id]
    assert [row.counts for row in (*found.rows, *rest.rows)] == [False, True, True]
    assert found.total == rest.total == 3
    assert found.use == Use(2, PRICE + PRICE)
    row = rest.rows[0]
    assert (row.employee, row.number, row.department) == ("Dee Driver", "7", "Deliveries")
    assert (row.plan, row.price) == (FULL_DIAGNOSTIC.name, old.terms.price)
    assert row.category == "diagnostic_help"
    assert not {"concern", "phone", "email", "mechanic"} & {
        field.name for field in attrs.fields(type(row))
    }


def test_the_list_is_narrowed_to_a_person_or_a_department(
    kept: Transactions, queries: Queries, employee: Employee
) -> None:
    colleague = an_employee(kept, organization_id=employee.organization_id)
    mine, theirs = used(kept, employee), used(kept, colleague)

    def shown(**which: Any) -> set[Any]:
        page = queries.usage.listed(employee.organization_id, UsageFilter(month=MONTH, **which))
        return {row.id for row in page.rows}

    assert shown() == {mine.id, theirs.id}
    assert shown(department_id=employee.department_id) == {mine.id}
    assert shown(account_id=colleague.account_id) == {theirs.id}
