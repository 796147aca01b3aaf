"""Signing up with an address that is not one's own, and beside somebody who does."""

from collections.abc import Callable
from datetime import timedelta

import attrs
import pytest

from autodoctor.application.accounts.address import ask_address, confirm_address
from autodoctor.application.accounts.appointing import appoint
from autodoctor.application.accounts.opening import open_customer
from autodoctor.application.accounts.password import ResetLinkInvalid, ask_reset, reset_password
from autodoctor.application.accounts.sign_in import CredentialsWrong, look
from autodoctor.application.accounts.sign_up import (
    SIGN_UP_LASTS,
    SignUp,
    SignUpPasswordWrong,
    VerificationLinkInvalid,
    ask_verification,
    sign_up,
    sign_up_customer,
    verify_email,
)
from autodoctor.application.accounts.support import verify_email as verify_for
from autodoctor.application.accounts.tokens import digest
from autodoctor.application.accounts.verifying import AddressClaimed
from autodoctor.application.garage.details import change_customer, customer_profile
from autodoctor.application.operations.due import run_timers
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.consent import REQUIRED
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.garage.details import Home
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.accounts import TokenPurpose
from autodoctor.testing.ports import Town, memory_town
from support.newcomers import EMAIL, PASSWORD, letters, link, logged_in, newcomer, present

THEIRS = "the password of an intruder"


@pytest.fixture
def town() -> Town:
    return memory_town()


def form(password: str = PASSWORD, name: str = "Casey Driver") -> SignUp:
    return SignUp(email=EMAIL, password=password, full_name=name, consents=frozenset(REQUIRED))


def mine(town: Town) -> AccountId:
    return sign_up_customer(town.ports, form())


def theirs(town: Town) -> AccountId:
    return sign_up_customer(town.ports, form(THEIRS, "Intruder"))


def account(town: Town, account_id: AccountId) -> Account:
    with town.kept(SYSTEM) as tx:
        return tx.accounts.get(account_id)


def as_customer(account_id: AccountId) -> Actor:
    return Actor(account_id, Role.CUSTOMER)


def test_what_one_told_is_read_by_nobody_who_signs_up_with_the_same_address(town: Town) -> None:
    me, _ = mine(town), theirs(town)
    inside = present(town.ports, logged_in(town)).actor
    home = Home(street="12 King Street", city="Toronto", province="ON", postal_code="M5V 1J1")
    change_customer(town.ports, actor=inside, home=attrs.evolve(home, country="CA"))

    stranger = present(town.ports, logged_in(town, password=THEIRS)).actor

    assert (inside.account_id, stranger.account_id != me) == (me, True)
    assert customer_profile(town.ports, actor=stranger).details.home.street == ""
    assert customer_profile(town.ports, actor=inside).details.home.street == "12 King Street"


def test_a_link_verifies_the_sign_up_it_was_mailed_for_and_ends_the_others(town: Town) -> None:
    me = mine(town)
    token = link(town)
    stranger = theirs(town)
    their_token, there = link(town), logged_in(town, password=THEIRS)

    assert verify_email(town.ports, token=token, holder=me) == me

    assert account(town, me).verified
    assert account(town, stranger).standing is Standing.CLOSED
    assert look(town.ports, token=there) is None
    with pytest.raises(CredentialsWrong):
        logged_in(town, password=THEIRS)
    with pytest.raises(VerificationLinkInvalid):
        verify_email(town.ports, token=their_token, holder=stranger)
    assert present(town.ports, logged_in(town)).account.name == "Casey Driver"


def test_a_strangers_link_is_finished_by_no_browser_and_password_but_theirs(town: Town) -> None:
    me, stranger = mine(town), theirs(town)
    token = link(town)

    for holder, password in ((None, ""), (me, PASSWORD), (None, PASSWORD)):
        with pytest.raises(SignUpPasswordWrong):
            verify_email(town.ports, token=token, holder=holder, password=password)

    assert not account(town, stranger).verified
    assert verify_email(town.ports, token=token, password=THEIRS) == stranger


def test_a_confirmed_account_is_changed_by_nobody_who_signs_up(town: Town) -> None:
    newcomer(town)
    before = logged_in(town)

    stranger = theirs(town)

    assert look(town.ports, token=before) is not None
    assert present(town.ports, logged_in(town)).account.name == "Casey Driver"
    assert letters(town)[-1].subject == "You already have an account"
    outside = present(town.ports, logged_in(town, password=THEIRS))
    assert (outside.account.id, outside.account.verified) == (stranger, False)
    ask_verification(town.ports, actor=outside.actor)
    assert letters(town)[-1].subject == "You already have an account"


def test_a_link_issued_before_somebody_was_quicker_verifies_nothing(town: Town) -> None:
    """Whoever has the address by now may have come after the last sign-up was ended."""
    newcomer(town)
    late = theirs(town)
    with town.kept(SYSTEM) as tx:
        purpose, until = TokenPurpose.VERIFY_EMAIL, town.clock.now() + timedelta(hours=1)
        tx.tokens.issue(digest("late"), account_id=late, purpose=purpose, expires_at=until)

    with pytest.raises(AddressClaimed):
        verify_email(town.ports, token="late", holder=late)

    assert not account(town, late).verified


def test_the_owner_is_mailed_how_to_add_the_role_of_another_sign_up(town: Town) -> None:
    me = mine(town)
    sign_up(town.ports, form(THEIRS, "Intruder"), role=Role.MECHANIC)
    token = next(mail.text for mail in letters(town) if "token=" in mail.text)

    verify_email(town.ports, token=token.partition("token=")[2].split()[0], holder=me)

    assert letters(town)[-1].subject == "Use your account as a mechanic too"
    assert account(town, me).roles == {Role.CUSTOMER}


def test_a_forgotten_password_finishes_no_sign_up(town: Town) -> None:
    stranger = theirs(town)

    ask_reset(town.ports, email=EMAIL)

    told = letters(town)[-1]
    assert (told.subject, "token=" in told.text) == ("Your address is not confirmed yet", False)
    with town.kept(SYSTEM) as tx:
        purpose, until = TokenPurpose.RESET_PASSWORD, town.clock.now() + timedelta(hours=1)
        tx.tokens.issue(digest("older"), account_id=stranger, purpose=purpose, expires_at=until)
    with pytest.raises(ResetLinkInvalid):
        reset_password(town.ports, token="older", password=PASSWORD)


def by_provider(town: Town) -> None:
    with town.kept(SYSTEM) as tx:
        email = EmailAddress(EMAIL)
        open_customer(town.ports, tx, email=email, name="Casey", provider="google", subject="1")


def by_appointment(town: Town) -> None:
    appoint(town.ports, email=EMAIL, name="Alex Admin", password=PASSWORD)


def by_support(town: Town) -> None:
    admin = Actor(AccountId(town.ports.ids.new()), Role.ADMIN)
    verify_for(town.ports, actor=admin, account_id=mine(town), reason="They called us.")


def by_moving_there(town: Town) -> None:
    newcomer(town, email="elsewhere@example.com")
    who = present(town.ports, logged_in(town, email="elsewhere@example.com"))
    ask_address(town.ports, present=who, password=PASSWORD, email=EMAIL)
    confirm_address(town.ports, token=link(town))


@pytest.mark.parametrize("way", [by_provider, by_appointment, by_support, by_moving_there])
def test_every_way_of_showing_an_address_ends_the_sign_ups_with_it(
    town: Town, way: Callable[[Town], None]
) -> None:
    stranger = theirs(town)
    there = logged_in(town, password=THEIRS)

    way(town)

    assert account(town, stranger).standing is Standing.CLOSED
    assert look(town.ports, token=there) is None
    with pytest.raises(CredentialsWrong):
        logged_in(town, password=THEIRS)


def test_a_sign_up_that_nobody_verifies_is_forgotten(town: Town) -> None:
    stranger, me = theirs(town), mine(town)
    owner = sign_up_customer(town.ports, attrs.evolve(form(), email="dana@example.com"))
    verify_email(town.ports, token=link(town, "dana@example.com"), holder=owner)

    town.clock.advance(SIGN_UP_LASTS)
    run_timers(town.ports)

    assert [account(town, each).standing for each in (stranger, me, owner)] == [
        Standing.CLOSED,
        Standing.CLOSED,
        Standing.ACTIVE,
    ]
