"""Suspended, banned, let back in; hats given and taken."""

from datetime import timedelta

import pytest

from autodoctor.application.access.may import WrongRole
from autodoctor.application.accounts.sign_in import CredentialsWrong, look, open_login
from autodoctor.application.accounts.standing import (
    AccountLeft,
    OwnAccount,
    ban,
    change_roles,
    reinstate,
    suspend,
)
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.standing import AccountNotActive, Standing
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import AccountId
from autodoctor.testing.ports import Town, a_mechanic, memory_town
from support.newcomers import EMAIL, letters, logged_in, newcomer, with_role

WHY = "Rude to a customer."


@pytest.fixture
def town() -> Town:
    return memory_town()


@pytest.fixture
def admin(town: Town) -> Actor:
    with_role(town, Role.ADMIN, email="admin@example.com")
    return Actor(id_of(town, "admin@example.com"), Role.ADMIN)


def id_of(town: Town, email: str = EMAIL) -> AccountId:
    with town.kept(SYSTEM) as tx:
        account = tx.accounts.by_email(EmailAddress(email))
    assert account is not None
    return account.id


def test_a_suspension_puts_out_tells_why_and_is_over_by_itself(town: Town, admin: Actor) -> None:
    newcomer(town)
    token = logged_in(town)

    suspend(town.ports, actor=admin, account_id=id_of(town), reason=WHY, days=7)

    assert look(town.ports, token=token) is None
    with pytest.raises(AccountNotActive) as refused:
        logged_in(town)
    assert refused.value.reason == WHY
    assert refused.value.until == town.clock.now() + timedelta(days=7)
    assert WHY in letters(town)[-1].text
    assert "Monday, 9 March 2026" in letters(town)[-1].text
    town.clock.advance(timedelta(days=7))
    assert look(town.ports, token=token) is None
    assert logged_in(town)


def test_who_does_not_know_the_password_does_not_read_why(town: Town, admin: Actor) -> None:
    newcomer(town)
    suspend(town.ports, actor=admin, account_id=id_of(town), reason=WHY, days=7)

    with pytest.raises(CredentialsWrong):
        logged_in(town, password="a wrong password")


def test_a_suspended_mechanic_is_clocked_out(town: Town, admin: Actor) -> None:
    mechanic = a_mechanic(town.ports)

    suspend(town.ports, actor=admin, account_id=mechanic.account_id, reason=WHY)

    with town.kept(SYSTEM) as tx:
        assert not tx.mechanics.get(mechanic.mechanic_id).on_shift


def test_a_ban_lasts_until_somebody_lets_them_in_again(town: Town, admin: Actor) -> None:
    newcomer(town)
    ban(town.ports, actor=admin, account_id=id_of(town), reason=WHY)
    town.clock.advance(timedelta(days=4000))
    with pytest.raises(AccountNotActive):
        logged_in(town)

    reinstate(town.ports, actor=admin, account_id=id_of(town), reason="It was a mistake.")

    assert logged_in(town)
    assert letters(town)[-1].subject == "Your account is open again"


def test_what_was_done_is_written_down(town: Town, admin: Actor) -> None:
    newcomer(town)

    suspend(town.ports, actor=admin, account_id=id_of(town), reason=WHY, days=1)

    (deed,) = town.kept.tables.audit.values()
    assert (deed.action, deed.reason, deed.actor_id) == ("suspend account", WHY, admin.account_id)


def test_refusals_come_in_their_order(town: Town, admin: Actor) -> None:
    newcomer(town)
    nobody = Actor(id_of(town), Role.CUSTOMER)

    with pytest.raises(WrongRole):
        suspend(town.ports, actor=nobody, account_id=admin.account_id, reason="")
    with pytest.raises(InvalidField):
        suspend(town.ports, actor=admin, account_id=admin.account_id, reason="")
    with pytest.raises(InvalidField):
        suspend(town.ports, actor=admin, account_id=admin.account_id, reason=WHY, days=0)
    with pytest.raises(OwnAccount):
        suspend(town.ports, actor=admin, account_id=admin.account_id, reason=WHY)
    left = id_of(town)
    with town.kept(SYSTEM) as tx:
        tx.accounts.save(tx.accounts.get(left).stand(Standing.CLOSED))
    with pytest.raises(AccountLeft):
        ban(town.ports, actor=admin, account_id=id_of(town), reason=WHY)


def test_a_lost_hat_ends_its_logins(town: Town, admin: Actor) -> None:
    mechanic = a_mechanic(town.ports)
    with town.kept(SYSTEM) as tx:
        account = tx.accounts.get(mechanic.account_id)
    token = open_login(town.ports, account, role=Role.MECHANIC, address="", agent="").token

    change_roles(
        town.ports,
        actor=admin,
        account_id=mechanic.account_id,
        roles=frozenset({Role.CUSTOMER}),
        reason="Left the trade.",
    )

    assert look(town.ports, token=token) is None
    with town.kept(SYSTEM) as tx:
        assert not tx.mechanics.get(mechanic.mechanic_id).on_shift
