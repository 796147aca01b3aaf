"""What fits into a month, and what does not."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.domain.corporate.department import Department
from autodoctor.domain.corporate.employee import Employee
from autodoctor.domain.corporate.limits import (
    DepartmentBudgetReached,
    DepartmentLimitReached,
    MonthlyLimitReached,
    Use,
    check_use,
)
from autodoctor.domain.corporate.month import month_of
from autodoctor.domain.shared.ids import AccountId, DepartmentId, EmployeeId, OrganizationId
from autodoctor.domain.shared.money import Money

AT = datetime(2026, 3, 2, 15, tzinfo=UTC)
COMPANY = OrganizationId(uuid4())
PRICE = Money(999)


def employee(most: int | None = None) -> Employee:
    return Employee(
        id=EmployeeId(uuid4()),
        organization_id=COMPANY,
        account_id=AccountId(uuid4()),
        name="Dee Driver",
        since=AT,
        monthly_sessions_max=most,
    )


def department(most: int | None = None, budget: int | None = None) -> Department:
    return Department(
        id=DepartmentId(uuid4()),
        organization_id=COMPANY,
        name="Deliveries",
        monthly_sessions_max=most,
        monthly_budget=None if budget is None else Money(budget),
    )


def check(
    who: Employee, where: Department | None, *, own: int = 0, theirs: int = 0, spent: int = 0
) -> None:
    use = Use(theirs, Money(spent))
    check_use(who, where, own=Use(own, Money(spent)), departments=use, price=PRICE)


def test_without_limits_everything_fits() -> None:
    check(employee(), department(), own=1000, theirs=1000, spent=10**9)
    check(employee(), None, own=1000)


@pytest.mark.parametrize("most", [0, 1, 3])
def test_a_person_has_as_many_sessions_as_their_limit(most: int) -> None:
    if most:
        check(employee(most), None, own=most - 1)

    with pytest.raises(MonthlyLimitReached) as refused:
        check(employee(most), None, own=most)

    assert refused.value.facts == {"most": most}


@pytest.mark.parametrize("most", [0, 1, 3])
def test_a_department_has_as_many_sessions_as_its_limit(most: int) -> None:
    if most:
        check(employee(), department(most), theirs=most - 1)

    with pytest.raises(DepartmentLimitReached) as refused:
        check(employee(), department(most), theirs=most)

    assert refused.value.facts == {"department": "Deliveries", "most": most}


def test_a_budget_covers_a_price_to_the_cent() -> None:
    check(employee(), department(budget=2000), spent=1001)

    with pytest.raises(DepartmentBudgetReached) as refused:
        check(employee(), department(budget=2000), spent=1002)

    assert refused.value.facts == {
        "department": "Deliveries",
        "budget": Money(2000),
        "left": Money(998),
    }


def test_a_budget_that_was_made_smaller_has_nothing_left() -> None:
    with pytest.raises(DepartmentBudgetReached) as refused:
        check(employee(), department(budget=500), spent=1002)

    assert refused.value.left == Money(0)


def test_the_persons_limit_is_named_before_the_departments() -> None:
    with pytest.raises(MonthlyLimitReached):
        check(employee(1), department(1, 0), own=1, theirs=1, spent=1)
    with pytest.raises(DepartmentLimitReached):
        check(employee(2), department(1, 0), own=1, theirs=1, spent=1)


@pytest.mark.parametrize(
    ("at", "zone", "start", "end"),
    [
        ("2026-03-01T04:59:59", "America/Toronto", "2026-02-01T05:00", "2026-03-01T05:00"),
        ("2026-03-01T05:00:00", "America/Toronto", "2026-03-01T05:00", "2026-04-01T04:00"),
        ("2026-12-31T23:00:00", "America/Los_Angeles", "2026-12-01T08:00", "2027-01-01T08:00"),
        ("2027-01-01T08:00:00", "America/Los_Angeles", "2027-01-01T08:00", "2027-02-01T08:00"),
    ],
)
def test_a_month_begins_and_ends_where_the_company_is(
    at: str, zone: str, start: str, end: str
) -> None:
    month = month_of(datetime.fromisoformat(at).replace(tzinfo=UTC), zone)

    assert (month.start, month.end) == tuple(
        datetime.fromisoformat(each).replace(tzinfo=UTC) for each in (start, end)
    )


ZONES = st.sampled_from(["America/Toronto", "America/St_Johns", "Pacific/Auckland", "UTC"])
INSTANTS = st.datetimes(
    min_value=datetime(2020, 1, 1), max_value=datetime(2035, 1, 1), timezones=st.just(UTC)
)


@given(INSTANTS, ZONES)
def test_every_instant_is_in_its_month_and_months_follow_each_other(
    at: datetime, zone: str
) -> None:
    month = month_of(at, zone)

    assert at in month
    assert month_of(month.end, zone).start == month.end
    assert month_of(month.start, zone) == month
