from uuid import UUID

from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.terms import Terms
from autodoctor.domain.shared.ids import MechanicId, WorkshopId
from autodoctor.domain.shared.money import Money

MECHANIC, WORKSHOP = MechanicId(UUID(int=1)), WorkshopId(UUID(int=2))


def test_platform_workshop_and_mechanic_are_credited_their_parts() -> None:
    terms = Terms(mechanic_id=MECHANIC, workshop_id=WORKSHOP)

    assert terms.credits(Money(4999)) == {
        Account.platform(): Money(999),
        Account.workshop(WORKSHOP): Money(400),
        Account.mechanic(MECHANIC): Money(3600),
    }


def test_without_a_workshop_only_two_are_credited() -> None:
    terms = Terms(mechanic_id=MECHANIC)

    assert terms.credits(Money(4999)) == {
        Account.platform(): Money(999),
        Account.mechanic(MECHANIC): Money(4000),
    }


def test_who_earns_nothing_is_left_out() -> None:
    terms = Terms(mechanic_id=MECHANIC, workshop_id=WORKSHOP)

    assert terms.credits(Money(4)) == {Account.mechanic(MECHANIC): Money(4)}
    assert terms.credits(Money(0)) == {}
