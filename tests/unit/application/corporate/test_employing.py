"""A company invites employees, who accept, and lets them go."""

import re
from datetime import timedelta
from typing import Any

import attrs
import pytest

from autodoctor.application.access.may import SeatTooLow, WrongRole
from autodoctor.application.accounts.inviting import InvitedToAnother
from autodoctor.application.accounts.joining import join_anew, join_known, preview
from autodoctor.application.accounts.sign_up import SignUp
from autodoctor.application.corporate.employee_details import EmployeeForm
from autodoctor.application.corporate.employees import (
    activate_employee,
    change_employee,
    deactivate_employee,
    detail,
)
from autodoctor.application.corporate.employing import (
    change_invited,
    invite_employee,
    revoke_invitation,
)
from autodoctor.application.corporate.inviting import invite_colleague
from autodoctor.application.corporate.own import CompanyUntold
from autodoctor.domain.accounts.consent import REQUIRED
from autodoctor.domain.accounts.invitation import (
    InvitationExpired,
    InvitationNotYours,
    InvitationUsed,
)
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.corporate.employee import (
    EmployedAlready,
    EmployedElsewhere,
    Employee,
    EmployeeNumberTaken,
    EmployeeRole,
)
from autodoctor.domain.corporate.organization import OrganizationSuspended, SeatsFull
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role, Seat
from autodoctor.domain.shared.errors import Gone, InvalidField, Refusal
from autodoctor.ports.stores import Missing
from autodoctor.testing.ports import Town, deliver_all, memory_town
from support.corporate import a_company, a_department, an_employee, who_runs
from support.newcomers import letters
from support.scenery import an_account

EMAIL = "dee@test.example"
FORM = EmployeeForm(name="Dee Driver", number="7", role=EmployeeRole.TECHNICIAN)


@pytest.fixture
def town() -> Town:
    return memory_town()


@pytest.fixture
def boss(town: Town) -> Actor:
    return who_runs(town.kept, a_company(town.kept))


def invited(town: Town, boss: Actor, email: str = EMAIL, form: EmployeeForm = FORM) -> str:
    """The code in the mail."""
    invite_employee(town.ports, actor=boss, email=email, form=form)
    found = re.search(r"/invitations/([0-9a-f]{32})\s", letters(town, email)[-1].text)
    assert found is not None
    return found.group(1)


def sign_up(email: str = EMAIL) -> SignUp:
    return SignUp(
        email=email, password="a fleet of vans", full_name="Dee Delivery", consents=REQUIRED
    )


def only(town: Town, boss: Actor) -> Employee:
    assert boss.organization_id is not None
    with town.kept(SYSTEM) as tx:
        (employee,) = tx.employees.of_organization(boss.organization_id)
    return employee


def full(town: Town, boss: Actor, *, but: int = 0) -> list[Employee]:
    """All seats are taken, but so many."""
    return [an_employee(town.kept, organization_id=boss.organization_id) for _ in range(10 - but)]


def test_somebody_new_becomes_a_customer_and_an_employee(town: Town, boss: Actor) -> None:
    department = a_department(town.kept, organization_id=boss.organization_id)
    form = attrs.evolve(FORM, department_id=department.id, monthly_sessions_max=3)
    code = invited(town, boss, form=form)

    assert preview(town.ports, code=code).role is Role.CUSTOMER
    joined = join_anew(town.ports, code=code, form=sign_up())
    employee = only(town, boss)

    assert joined.role is Role.CUSTOMER
    assert joined.account.roles == {Role.CUSTOMER}
    assert joined.account.verified
    assert (employee.account_id, employee.active) == (joined.account.id, True)
    assert (employee.name, employee.number, employee.role) == ("Dee Driver", "7", form.role)
    assert (employee.department_id, employee.monthly_sessions_max) == (department.id, 3)


def test_the_letter_has_text_and_html_with_the_same_link(town: Town, boss: Actor) -> None:
    code = invited(town, boss)
    letter = letters(town, EMAIL)[-1]

    assert "Swift Couriers" in letter.subject
    assert f"https://autodoctor.example/invitations/{code}" in letter.text
    assert f'href="https://autodoctor.example/invitations/{code}"' in letter.html


def test_a_customer_logs_in_and_is_linked(town: Town, boss: Actor) -> None:
    customer = an_account(town.kept)
    with town.kept(SYSTEM) as tx:
        email = tx.accounts.get(customer.account_id).email.text
    code = invited(town, boss, email, EmployeeForm())

    join_known(town.ports, actor=customer, code=code)
    again = join_known(town.ports, actor=customer, code=code)

    assert only(town, boss).name == again.account.name


def test_asking_again_returns_the_pending_one_and_mails_nothing(town: Town, boss: Actor) -> None:
    first = invite_employee(town.ports, actor=boss, email=EMAIL, form=FORM)
    count = len(letters(town, EMAIL))

    assert invite_employee(town.ports, actor=boss, email="DEE@test.example", form=FORM) == first
    assert len(letters(town, EMAIL)) == count


def test_an_employee_is_not_invited_again_also_when_they_were_let_go(
    town: Town, boss: Actor
) -> None:
    join_anew(town.ports, code=invited(town, boss), form=sign_up())
    with pytest.raises(EmployedAlready):
        invite_employee(town.ports, actor=boss, email=EMAIL, form=FORM)

    deactivate_employee(town.ports, actor=boss, employee_id=only(town, boss).id)

    with pytest.raises(EmployedAlready):
        invite_employee(town.ports, actor=boss, email=EMAIL, form=FORM)


def test_an_invitation_works_once_for_its_address_for_a_week(town: Town, boss: Actor) -> None:
    code = invited(town, boss)
    with pytest.raises(InvitationNotYours):
        join_anew(town.ports, code=code, form=sign_up("alex@test.example"))
    with pytest.raises(Missing):
        join_anew(town.ports, code="0" * 32, form=sign_up())
    join_anew(town.ports, code=code, form=sign_up())
    with pytest.raises(InvitationUsed):
        join_anew(town.ports, code=code, form=sign_up())

    late = invited(town, boss, "late@test.example", EmployeeForm())
    town.clock.advance(timedelta(days=7))
    with pytest.raises(InvitationExpired):
        join_anew(town.ports, code=late, form=sign_up("late@test.example"))
    assert issubclass(InvitationExpired, Gone)


def test_one_that_was_taken_back_works_no_more(town: Town, boss: Actor) -> None:
    code = invited(town, boss)
    with town.kept(SYSTEM) as tx:
        (invitation,) = tx.invitations.of_host(boss.organization_id)  # type: ignore[arg-type]

    revoke_invitation(town.ports, actor=boss, invitation_id=invitation.id)

    with pytest.raises(InvitationExpired):
        join_anew(town.ports, code=code, form=sign_up())


def test_an_invitation_to_run_the_company_is_not_taken_back_here(town: Town, boss: Actor) -> None:
    seat = invite_colleague(town.ports, actor=boss, email=EMAIL, place="admin")

    with pytest.raises(Missing):
        revoke_invitation(town.ports, actor=boss, invitation_id=seat.id)
    with pytest.raises(InvitedToAnother):
        invite_employee(town.ports, actor=boss, email=EMAIL, form=FORM)


def test_those_who_are_expected_have_a_seat(town: Town, boss: Actor) -> None:
    full(town, boss, but=1)
    invited(town, boss)

    with pytest.raises(SeatsFull):
        invite_employee(town.ports, actor=boss, email="alex@test.example", form=EmployeeForm())


def test_a_seat_that_was_taken_meanwhile_is_not_given_twice(town: Town, boss: Actor) -> None:
    let_go = full(town, boss, but=1)[0]
    deactivate_employee(town.ports, actor=boss, employee_id=let_go.id)
    code = invited(town, boss)
    full(town, boss, but=9)
    activate_employee(town.ports, actor=boss, employee_id=let_go.id)

    with pytest.raises(SeatsFull):
        join_anew(town.ports, code=code, form=sign_up())


def test_somebody_active_elsewhere_has_to_be_let_go_there_first(town: Town, boss: Actor) -> None:
    customer = an_account(town.kept)
    other = an_employee(town.kept, account_id=customer.account_id)
    with town.kept(SYSTEM) as tx:
        email = tx.accounts.get(customer.account_id).email.text
    code = invited(town, boss, email)
    with pytest.raises(EmployedElsewhere):
        join_known(town.ports, actor=customer, code=code)

    elsewhere = running_of(town, other)
    deactivate_employee(town.ports, actor=elsewhere, employee_id=other.id)
    join_known(town.ports, actor=customer, code=code)

    with pytest.raises(EmployedElsewhere):
        activate_employee(town.ports, actor=elsewhere, employee_id=other.id)


def running_of(town: Town, employee: Employee) -> Actor:
    with town.kept(SYSTEM) as tx:
        company = tx.organizations.get(employee.organization_id)
    return who_runs(town.kept, company)


def test_a_suspended_company_takes_nobody_in(town: Town, boss: Actor) -> None:
    code = invited(town, boss)
    with town.kept(SYSTEM) as tx:
        company = tx.organizations.get(boss.organization_id)  # type: ignore[arg-type]
        tx.organizations.save(company.suspend("unpaid", at=town.clock.now()))

    with pytest.raises(OrganizationSuspended):
        join_anew(town.ports, code=code, form=sign_up())
    with pytest.raises(OrganizationSuspended):
        invite_employee(town.ports, actor=boss, email="b@test.example", form=EmployeeForm())


def test_numbers_are_given_once_also_to_those_who_are_expected(town: Town, boss: Actor) -> None:
    invited(town, boss)
    other = EmployeeForm(name="Bo Driver", number="7")
    with pytest.raises(EmployeeNumberTaken):
        invite_employee(town.ports, actor=boss, email="bo@test.example", form=other)

    employee = an_employee(town.kept, organization_id=boss.organization_id)
    with pytest.raises(EmployeeNumberTaken):
        change_employee(town.ports, actor=boss, employee_id=employee.id, form=other)


def test_a_department_of_another_company_is_not_there(town: Town, boss: Actor) -> None:
    form = attrs.evolve(FORM, department_id=a_department(town.kept).id)
    employee = an_employee(town.kept, organization_id=boss.organization_id)

    with pytest.raises(Missing):
        invite_employee(town.ports, actor=boss, email=EMAIL, form=form)
    with pytest.raises(Missing):
        change_employee(town.ports, actor=boss, employee_id=employee.id, form=form)


@pytest.mark.parametrize(
    ("email", "form", "field"),
    [
        ("nobody", FORM, "email"),
        (EMAIL, EmployeeForm(name="x"), "name"),
        (EMAIL, EmployeeForm(number="x" * 41), "number"),
        (EMAIL, EmployeeForm(monthly_sessions_max=-1), "monthly_sessions_max"),
    ],
)
def test_what_does_not_fit_names_its_field(
    town: Town, boss: Actor, email: str, form: EmployeeForm, field: str
) -> None:
    with pytest.raises(InvalidField) as refused:
        invite_employee(town.ports, actor=boss, email=email, form=form)

    assert refused.value.field == field


def test_what_was_told_of_somebody_invited_can_be_changed(town: Town, boss: Actor) -> None:
    code = invited(town, boss)
    with town.kept(SYSTEM) as tx:
        (invitation,) = tx.invitations.of_host(boss.organization_id)  # type: ignore[arg-type]
    form = EmployeeForm(name="Dee Dee", number="8")

    change_invited(town.ports, actor=boss, invitation_id=invitation.id, form=form)
    join_anew(town.ports, code=code, form=sign_up())

    assert (only(town, boss).name, only(town, boss).number) == ("Dee Dee", "8")
    with pytest.raises(Missing):
        change_invited(town.ports, actor=boss, invitation_id=invitation.id, form=form)


def test_an_employee_is_changed_and_shown_with_their_month(town: Town, boss: Actor) -> None:
    employee = an_employee(town.kept, organization_id=boss.organization_id)
    form = EmployeeForm(name="Dee Dee", number="9", monthly_sessions_max=0)

    changed = change_employee(town.ports, actor=boss, employee_id=employee.id, form=form)
    again = change_employee(town.ports, actor=boss, employee_id=employee.id, form=form)
    shown = detail(town.ports, actor=boss, employee_id=employee.id)

    assert changed == again == shown.employee
    assert (changed.name, changed.monthly_sessions_max) == ("Dee Dee", 0)
    assert shown.use.sessions == 0


def test_letting_go_and_back_in_again_changes_nothing(town: Town, boss: Actor) -> None:
    employee = an_employee(town.kept, organization_id=boss.organization_id)

    assert activate_employee(town.ports, actor=boss, employee_id=employee.id) == employee
    gone = deactivate_employee(town.ports, actor=boss, employee_id=employee.id)
    assert deactivate_employee(town.ports, actor=boss, employee_id=employee.id) == gone
    assert not gone.active


def test_coming_back_takes_a_seat(town: Town, boss: Actor) -> None:
    employee = an_employee(town.kept, organization_id=boss.organization_id)
    deactivate_employee(town.ports, actor=boss, employee_id=employee.id)
    full(town, boss)

    with pytest.raises(SeatsFull):
        activate_employee(town.ports, actor=boss, employee_id=employee.id)


def _asks(town: Town, actor: Actor, employee: Employee) -> list[Any]:
    ports, key = town.ports, employee.id
    return [
        lambda: invite_employee(ports, actor=actor, email=EMAIL, form=FORM),
        lambda: change_employee(ports, actor=actor, employee_id=key, form=FORM),
        lambda: activate_employee(ports, actor=actor, employee_id=key),
        lambda: deactivate_employee(ports, actor=actor, employee_id=key),
    ]


def test_who_may_not_gets_no_further(town: Town, boss: Actor) -> None:
    employee = an_employee(town.kept, organization_id=boss.organization_id)
    with town.kept(SYSTEM) as tx:
        company = tx.organizations.get(employee.organization_id)
    looker = who_runs(town.kept, company, Seat.VIEWER)
    untold = an_account(town.kept, Role.CORPORATE)
    expected: list[tuple[Actor, type[Refusal]]] = [
        (an_account(town.kept), WrongRole),
        (looker, SeatTooLow),
        (untold, CompanyUntold),
    ]

    for actor, refusal in expected:
        for ask in _asks(town, actor, employee):
            with pytest.raises(refusal):
                ask()
    for ask in _asks(town, who_runs(town.kept, a_company(town.kept)), employee)[1:]:
        with pytest.raises(Missing):
            ask()


def test_who_is_let_go_and_taken_back_is_told_by_mail(town: Town, boss: Actor) -> None:
    join_anew(town.ports, code=invited(town, boss), form=sign_up())
    employee = only(town, boss)

    deactivate_employee(town.ports, actor=boss, employee_id=employee.id)
    deliver_all(town)
    gone = letters(town, EMAIL)[-1]
    activate_employee(town.ports, actor=boss, employee_id=employee.id)
    deliver_all(town)
    back = letters(town, EMAIL)[-1]

    assert gone.subject == "You book privately from now on, not for Swift Couriers"
    assert back.subject == "You book for Swift Couriers again"
    for letter in (gone, back):
        assert "https://autodoctor.example/customer/dashboard" in letter.text
        assert 'href="https://autodoctor.example/customer/dashboard"' in letter.html


def test_who_has_closed_their_account_is_not_written_to(town: Town, boss: Actor) -> None:
    employee = an_employee(town.kept, organization_id=boss.organization_id)
    with town.kept(SYSTEM) as tx:
        account = tx.accounts.get(employee.account_id)
        tx.accounts.save(attrs.evolve(account, standing=Standing.CLOSED))

    deactivate_employee(town.ports, actor=boss, employee_id=employee.id)
    deliver_all(town)

    assert not letters(town, account.email.text)
