"""What those who are invited will be, as it is kept."""

import attrs

from autodoctor.domain.corporate.employee import EmployeeRole
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.ports.transactions import Transactions
from support.corporate import a_department, an_employee
from support.enrolments import an_enrolment


def test_it_comes_back_as_it_was_told(kept: Transactions) -> None:
    department = a_department(kept)
    enrolment = an_enrolment(
        kept,
        organization_id=department.organization_id,
        name="Dee Driver",
        number="7",
        role=EmployeeRole.SUPERVISOR,
        department_id=department.id,
        monthly_sessions_max=3,
    )

    with kept(SYSTEM) as tx:
        assert tx.enrolments.get(enrolment.id) == enrolment
        renamed = tx.enrolments.save(attrs.evolve(enrolment, name="Dee"))
        assert tx.enrolments.of_organization(department.organization_id) == (renamed,)


def test_a_company_has_its_own(kept: Transactions) -> None:
    mine, _others = an_enrolment(kept), an_enrolment(kept)

    with kept(SYSTEM) as tx:
        assert tx.enrolments.of_organization(mine.organization_id) == (mine,)


def test_of_a_department_that_is_removed_nothing_stays(kept: Transactions) -> None:
    department = a_department(kept)
    company = department.organization_id
    enrolment = an_enrolment(kept, organization_id=company, department_id=department.id)
    an_employee(kept, organization_id=company)

    with kept(SYSTEM) as tx:
        tx.departments.remove(department.id)

    with kept(SYSTEM) as tx:
        assert tx.enrolments.get(enrolment.id).department_id is None
