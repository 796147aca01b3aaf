"""Leaving, and wearing two hats."""

import attrs
import pytest

from autodoctor.application.accounts.closing import AdminsStay, SessionUnderWay, close_account
from autodoctor.application.accounts.hats import HatLinkInvalid, add_hat
from autodoctor.application.accounts.password import PasswordWrong, ask_reset
from autodoctor.application.accounts.seats import LastOwnerStays
from autodoctor.application.accounts.sign_in import CredentialsWrong, OtherRole, look, sign_in
from autodoctor.application.accounts.sign_up import SignUp, sign_up_customer
from autodoctor.domain.accounts.consent import REQUIRED
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.login import Stage
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.corporate.organization import Organization
from autodoctor.domain.shared.actor import SYSTEM, Role, Seat
from autodoctor.testing.ports import Town, a_booking, a_paid_session, memory_town
from support.corporate import an_employee, new_organization
from support.newcomers import (
    EMAIL,
    PASSWORD,
    letters,
    link,
    logged_in,
    newcomer,
    present,
    with_role,
)


@pytest.fixture
def town() -> Town:
    return memory_town()


def test_what_tells_who_it_was_is_gone_and_the_rest_stays(town: Town) -> None:
    newcomer(town)
    token = logged_in(town)
    who = present(town.ports, token)
    intake = a_booking(town.ports, who.actor)

    close_account(town.ports, present=who, password=PASSWORD)

    assert look(town.ports, token=token) is None
    with pytest.raises(CredentialsWrong):
        logged_in(town)
    with town.kept(SYSTEM) as tx:
        left = tx.accounts.get(who.account.id)
        kept, waiver = tx.intakes.get(intake.id), tx.waivers.of(intake.id)
        consents = tx.consents.of(who.account.id)
    assert left.standing is Standing.CLOSED
    assert (left.name, left.phone, left.password_hash) == ("Former customer", "", "")
    assert left.email.text.endswith("@closed.invalid")
    assert kept.vehicle is not None
    assert (kept.vehicle.plate, kept.vehicle.vin) == (None, None)
    assert waiver is not None
    assert consents
    assert {login.address for login in town.kept.tables.logins.values()} == {""}
    (farewell,) = letters(town)
    assert farewell.subject == "Your account is closed"


def test_the_address_is_free_again(town: Town) -> None:
    newcomer(town)
    close_account(town.ports, present=present(town.ports, logged_in(town)), password=PASSWORD)

    newcomer(town)

    assert logged_in(town)


def test_the_last_owner_of_a_company_that_works_here_stays(town: Town) -> None:
    newcomer(town)
    waits, opened = new_organization(approved=False), new_organization()
    with town.kept(SYSTEM) as tx:
        for company in (waits, opened):
            tx.organizations.add(company)
    runs(town, opened)

    with pytest.raises(LastOwnerStays):
        close_account(town.ports, present=present(town.ports, logged_in(town)), password=PASSWORD)
    runs(town, waits)
    close_account(town.ports, present=present(town.ports, logged_in(town)), password=PASSWORD)

    with town.kept(SYSTEM) as tx:
        assert tx.accounts.of_organization(waits.id) == ()


def runs(town: Town, company: Organization) -> None:
    with town.kept(SYSTEM) as tx:
        account = tx.accounts.by_email(EmailAddress(EMAIL))
        assert account is not None
        seat = {"organization_id": company.id, "organization_seat": Seat.OWNER}
        tx.accounts.save(attrs.evolve(account, **seat))


def test_a_companys_employee_leaves_no_name_there(town: Town) -> None:
    newcomer(town)
    who = present(town.ports, logged_in(town))
    dee = an_employee(town.kept, account_id=who.account.id, number="A 1")

    close_account(town.ports, present=who, password=PASSWORD)

    with town.kept(SYSTEM) as tx:
        left = tx.employees.get(dee.id)
    assert (left.name, left.number, left.active) == ("Former employee", "", False)


def test_nobody_leaves_with_a_wrong_password_or_during_a_session(town: Town) -> None:
    newcomer(town)
    who = present(town.ports, logged_in(town))
    a_paid_session(town, who.actor)

    with pytest.raises(PasswordWrong):
        close_account(town.ports, present=who, password="wrong")
    with pytest.raises(SessionUnderWay):
        close_account(town.ports, present=who, password=PASSWORD)
    assert logged_in(town)


def test_admins_stay(town: Town) -> None:
    with_role(town, Role.ADMIN)
    who = present(town.ports, logged_in(town, role=Role.ADMIN))

    with pytest.raises(AdminsStay):
        close_account(town.ports, present=who, password=PASSWORD)


def test_nobody_writes_to_who_has_left(town: Town) -> None:
    newcomer(town)
    ask_reset(town.ports, email=EMAIL)
    close_account(town.ports, present=present(town.ports, logged_in(town)), password=PASSWORD)

    assert [mail.subject for mail in letters(town)] == ["Your account is closed"]
    assert len(town.kept.tables.mails) == 1


def customer_form(password: str = "somebody elses password") -> SignUp:
    return SignUp(
        email=EMAIL, password=password, full_name="Casey Again", consents=frozenset(REQUIRED)
    )


def test_signing_up_in_another_role_adds_a_hat_once_the_mailed_link_is_opened(town: Town) -> None:
    with_role(town, Role.MECHANIC)
    sign_up_customer(town.ports, customer_form())
    with pytest.raises(OtherRole):
        logged_in(town)

    account, role = add_hat(town.ports, token=link(town))

    assert role is Role.CUSTOMER
    assert account.roles == {Role.MECHANIC, Role.CUSTOMER}
    assert letters(town)[-1].subject == "Use your account as a customer too"
    assert logged_in(town, role=Role.MECHANIC)
    assert logged_in(town, role=Role.CUSTOMER)
    with pytest.raises(CredentialsWrong):
        logged_in(town, password="somebody elses password")


def test_the_link_works_once(town: Town) -> None:
    with_role(town, Role.MECHANIC)
    sign_up_customer(town.ports, customer_form())
    token = link(town)
    add_hat(town.ports, token=token)

    with pytest.raises(HatLinkInvalid):
        add_hat(town.ports, token=token)


def test_a_new_customers_hat_agrees_first(town: Town) -> None:
    with_role(town, Role.MECHANIC)
    town.kept.tables.consents.clear()
    sign_up_customer(town.ports, customer_form())
    add_hat(town.ports, token=link(town))

    came = sign_in(
        town.ports, email=EMAIL, password=PASSWORD, role=Role.CUSTOMER, address="", agent=""
    )

    assert came.stage is Stage.AGREEMENTS
