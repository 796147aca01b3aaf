from uuid import UUID

from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.ids import AccountId


def test_a_person_is_customer_and_mechanic_under_one_id() -> None:
    actor = Actor(AccountId(UUID(int=9)), Role.MECHANIC)

    assert actor.customer_id == actor.mechanic_id == actor.account_id


def test_the_system_is_nobodys_account() -> None:
    assert SYSTEM.role is Role.SYSTEM
    assert SYSTEM.account_id == UUID(int=0)
    assert SYSTEM.workshop_id is None
