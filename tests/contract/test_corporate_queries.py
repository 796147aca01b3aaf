"""Lists of companies, and what their employees booked, from both stores."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import attrs
import pytest

from autodoctor.adapters.memory.queries.all import MemoryQueries
from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.adapters.postgres.queries.all import PostgresQueries
from autodoctor.domain.corporate.tier import Agreed, Tier
from autodoctor.domain.plans.catalogue import QUICK_CHAT
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.money import Money
from autodoctor.domain.shared.time import Period
from autodoctor.domain.vetting.application import ApplicationKind
from autodoctor.ports.corporate_queries import CompaniesShown, CompanyFilter
from autodoctor.ports.queries import Queries
from autodoctor.ports.transactions import Transactions
from support.corporate import PROFILE, a_company, a_department, an_employee
from support.postgres import Database
from support.scenery import AT, a_session
from support.vetting import new_application

MONTH = Period(AT - timedelta(days=1), AT + timedelta(days=30))


@pytest.fixture
def queries(request: pytest.FixtureRequest, kept: Transactions) -> Queries:
    if isinstance(kept, MemoryTransactions):
        return MemoryQueries(kept)
    database: Database = request.getfixturevalue("database")
    return PostgresQueries(database.app)


@pytest.fixture
def listed(queries: Queries) -> Callable[..., list[str]]:
    def names(**which: Any) -> list[str]:
        return [row.name for row in queries.corporate.listed(CompanyFilter(**which)).rows]

    return names


def test_lists_are_searched_filtered_and_paged_and_say_how_many(
    kept: Transactions, queries: Queries, listed: Callable[..., list[str]]
) -> None:
    mark = uuid4().hex
    a_company(kept, name=f"A {mark}", tier=Tier.PROFESSIONAL)
    a_company(kept, name=f"B {mark}", suspended_at=AT, suspension_reason="Why.")
    waits = a_company(kept, name=f"C {mark}", approved=False)
    a_company(kept, profile=attrs.evolve(PROFILE, contact_name=f"D {mark}"))
    draft = new_application(kept, kind=ApplicationKind.ORGANIZATION, subject_id=waits.id)
    with kept(SYSTEM) as tx:
        tx.applications.add(draft)
        tx.applications.save(draft.submit(at=AT)[0])

    everybody = [f"C {mark}", f"A {mark}", f"B {mark}", "Swift Couriers"]
    assert listed(text=mark.upper()) == everybody
    assert listed(text=mark, shown=CompaniesShown.APPLYING) == [f"C {mark}"]
    assert listed(text=mark, shown=CompaniesShown.OPEN) == [f"A {mark}", "Swift Couriers"]
    assert listed(text=mark, shown=CompaniesShown.SUSPENDED) == [f"B {mark}"]
    assert listed(text=mark, shown=CompaniesShown.REJECTED) == []
    assert listed(text=mark, tier=Tier.PROFESSIONAL) == [f"A {mark}"]
    assert listed(text=f"{mark}%") == []
    second = queries.corporate.listed(CompanyFilter(text=mark, page=2, page_size=3))
    assert ([row.name for row in second.rows], second.total) == (["Swift Couriers"], 4)


def test_a_row_counts_the_seats_there_are_and_those_taken(
    kept: Transactions, queries: Queries
) -> None:
    mark = uuid4().hex
    agreed = Agreed(80, Money(0))
    company = a_company(kept, name=mark, tier=Tier.ENTERPRISE, agreed=agreed)
    an_employee(kept, organization_id=company.id)
    off = an_employee(kept, organization_id=company.id).deactivate(at=AT)[0]
    with kept(SYSTEM) as tx:
        tx.employees.save(off)

    (row,) = queries.corporate.listed(CompanyFilter(text=mark)).rows

    assert (row.id, row.seats, row.seats_taken) == (company.id, 80, 1)
    assert (row.status, row.application_id, row.submitted_at) == (None, None, None)


def test_a_month_counts_what_its_employees_booked_for_it(
    kept: Transactions, queries: Queries
) -> None:
    vans = a_department(kept, name="Vans")
    company = vans.organization_id
    dee = an_employee(kept, organization_id=company, department_id=vans.id)
    done = a_session(kept, status=SessionStatus.COMPLETED, customer=dee.account_id)
    chat = attrs.evolve(done.terms, plan=QUICK_CHAT.slug)
    of_others = [a_session(kept, status=s) for s in (SessionStatus.WAITING, SessionStatus.EXPIRED)]
    elsewhere = a_session(kept)
    booked = [
        attrs.evolve(done, created_at=AT, organization_id=company),
        attrs.evolve(of_others[0], created_at=AT + timedelta(hours=1), organization_id=company),
        attrs.evolve(of_others[1], created_at=AT, organization_id=company),
        attrs.evolve(
            a_session(kept, status=SessionStatus.COMPLETED),
            created_at=MONTH.end,
            organization_id=company,
        ),
        attrs.evolve(
            a_session(kept, status=SessionStatus.COMPLETED),
            created_at=MONTH.start,
            organization_id=company,
            terms=chat,
        ),
    ]
    with kept(SYSTEM) as tx:
        tx.plans.put(QUICK_CHAT)
        for each in (*booked, elsewhere):
            tx.sessions.add(each)

    found = queries.corporate.month(company, MONTH, most=2)
    nothing = queries.corporate.month(a_company(kept).id, MONTH, most=2)

    assert found.sessions == 3
    assert found.by_plan == (("Full Diagnostic", 2), ("Quick Chat", 1))
    assert [each.session_id for each in found.latest] == [booked[1].id, booked[0].id]
    assert [(each.employee, each.department) for each in found.latest] == [
        ("", ""),
        ("Dee Driver", "Vans"),
    ]
    assert (nothing.sessions, nothing.by_plan, nothing.latest) == (0, (), ())
