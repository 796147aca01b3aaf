"""An employee is active or not, and knows since when; departments have limits for a month."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from autodoctor.domain.corporate.department import Department
from autodoctor.domain.corporate.employee import (
    FORMER,
    Employee,
    EmployeeRole,
    EmployeeStatus,
    join,
)
from autodoctor.domain.corporate.events import (
    EmployeeActivated,
    EmployeeDeactivated,
    EmployeeJoined,
)
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import AccountId, DepartmentId, EmployeeId, OrganizationId
from autodoctor.domain.shared.money import Money

AT = datetime(2026, 3, 2, 15, tzinfo=UTC)
LATER = AT + timedelta(days=1)
KEY, COMPANY, PERSON = EmployeeId(UUID(int=1)), OrganizationId(UUID(int=2)), AccountId(UUID(int=3))
WHOSE = (KEY, COMPANY, PERSON)
VANS = DepartmentId(UUID(int=4))


def dee(**told: Any) -> Employee:
    return join(
        employee_id=KEY,
        organization_id=COMPANY,
        account_id=PERSON,
        at=AT,
        **{"name": "Dee Driver", **told},
    )[0]


def test_somebody_joins_and_is_active_from_then_on() -> None:
    made, events = join(
        employee_id=KEY,
        organization_id=COMPANY,
        account_id=PERSON,
        name="  Dee   Driver ",
        role=EmployeeRole.SUPERVISOR,
        number=" A  1 ",
        department_id=VANS,
        monthly_sessions_max=4,
        at=AT,
    )

    assert (made.name, made.number, made.role) == ("Dee Driver", "A 1", EmployeeRole.SUPERVISOR)
    assert (made.department_id, made.monthly_sessions_max) == (VANS, 4)
    assert made.active
    assert made.since == AT
    assert events == (EmployeeJoined(*WHOSE),)


def test_deactivating_and_activating_say_since_when() -> None:
    off, told = dee().deactivate(at=LATER)
    on, again = off.activate(at=LATER + timedelta(days=1))

    assert (off.status, off.since, told) == (
        EmployeeStatus.INACTIVE,
        LATER,
        (EmployeeDeactivated(*WHOSE),),
    )
    assert (on.active, on.since) == (True, LATER + timedelta(days=1))
    assert again == (EmployeeActivated(*WHOSE),)


def test_what_is_done_already_changes_nothing() -> None:
    off, _ = dee().deactivate(at=LATER)

    assert dee().activate(at=LATER) == (dee(), ())
    assert off.deactivate(at=LATER + timedelta(days=1)) == (off, ())


def test_a_person_who_leaves_us_leaves_no_name_behind() -> None:
    gone, events = dee(number="A 1").forget(at=LATER)

    assert (gone.name, gone.number, gone.active) == (FORMER, "", False)
    assert gone.since == LATER
    assert events == (EmployeeDeactivated(*WHOSE),)


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("name", {"name": "D"}),
        ("number", {"number": "9" * 41}),
        ("monthly_sessions_max", {"monthly_sessions_max": -1}),
        ("monthly_sessions_max", {"monthly_sessions_max": 10_001}),
        ("number", {"number": "A\x071"}),
    ],
)
def test_what_does_not_fit_is_named(field: str, told: dict[str, Any]) -> None:
    with pytest.raises(InvalidField) as refused:
        dee(**told)

    assert refused.value.field == field


def test_a_departments_limits_may_be_nothing_none_or_some() -> None:
    vans = Department(id=VANS, organization_id=COMPANY, name="")

    some = vans.change(name=" Vans ", monthly_budget=Money(0), monthly_sessions_max=5)
    none = some.change(name="Vans", monthly_budget=None, monthly_sessions_max=None)

    assert (some.name, some.monthly_budget, some.monthly_sessions_max) == ("Vans", Money(0), 5)
    assert (none.monthly_budget, none.monthly_sessions_max) == (None, None)


@pytest.mark.parametrize("minor", [-1, 100_000_001])
def test_a_budget_has_bounds(minor: int) -> None:
    vans = Department(id=VANS, organization_id=COMPANY, name="Vans")

    with pytest.raises(InvalidField) as refused:
        vans.change(name="Vans", monthly_budget=Money(minor), monthly_sessions_max=None)

    reason = "From 0 to 1,000,000 a month, or none."
    assert refused.value.facts == {"field": "monthly_budget", "reason": reason}


def test_a_departments_limits_may_be_as_high_as_their_bounds() -> None:
    vans = Department(id=VANS, organization_id=COMPANY, name="Vans")

    most = vans.change(name="Vans", monthly_budget=Money(100_000_000), monthly_sessions_max=10_000)

    assert (most.monthly_budget, most.monthly_sessions_max) == (Money(100_000_000), 10_000)


def test_a_department_has_a_name() -> None:
    vans = Department(id=VANS, organization_id=COMPANY, name="Vans")

    with pytest.raises(InvalidField) as refused:
        vans.change(name="V", monthly_budget=None, monthly_sessions_max=None)

    assert refused.value.field == "name"


def test_an_employees_number_has_forty_printable_characters_or_none() -> None:
    assert dee().number == ""
    assert dee(number="9" * 40).number == "9" * 40

    for number in ("9" * 41, "A\x071"):
        with pytest.raises(InvalidField) as refused:
            dee(number=number)

        assert refused.value.facts == {"field": "number", "reason": "At most 40 characters."}
