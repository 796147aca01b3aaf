"""Sessions whose payment the customer's bank gives back before they have ended."""

from collections.abc import Callable

import pytest

from autodoctor.application.sessions.ending import end_session
from autodoctor.domain.notifications.table import Occasion
from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import AccountId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.payment_notices import DisputeOutcome
from autodoctor.testing.ports import Town, a_customer, a_mechanic, a_paid_session, an_admin
from autodoctor.testing.town import hear_everything, work
from support.towns import Pair, live, matched, now

PRICE = Money(4999)
BEFORE = {Occasion.NEW_REQUEST, Occasion.REQUEST_ACCEPTED, Occasion.PAYMENT_RECEIVED}


def hear(town: Town) -> None:
    hear_everything(town)
    work(town)


def waiting(town: Town) -> Pair:
    customer = a_customer(town.ports)
    return Pair(customer, a_mechanic(town.ports), a_paid_session(town, customer))


def disputed(town: Town, amount: Money | None = None) -> str:
    (charge,) = town.bank.charges
    dispute = town.bank.open_dispute(charge, amount)
    hear(town)
    return dispute


def decided(town: Town, dispute: str, outcome: DisputeOutcome = DisputeOutcome.LOST) -> None:
    town.bank.close_dispute(dispute, outcome)
    for _ in range(2):
        hear(town)


def told(town: Town, account_id: AccountId) -> list[str]:
    with town.kept(SYSTEM) as tx:
        found = tx.notifications.of(account_id, most=9)
    return sorted(each.title for each in found if each.occasion not in BEFORE)


def balance(town: Town, account: Account) -> Money:
    with town.kept(SYSTEM) as tx:
        return tx.ledger.balance(account)


@pytest.mark.parametrize("begun", [waiting, matched, live])
def test_a_session_whose_payment_the_bank_gave_back_does_not_go_on(
    town: Town, begun: Callable[[Town], Pair]
) -> None:
    pair = begun(town)

    decided(town, disputed(town))

    assert now(town, pair.session).status is SessionStatus.CANCELLED
    with town.kept(SYSTEM) as tx:
        assert tx.requests.current(pair.session.id) is None, "nobody can accept it"
    assert town.bank.refunds == {}
    assert balance(town, Account.processor()) == Money(0)
    assert balance(town, Account.mechanic(pair.mechanic.mechanic_id)) == Money(0)


@pytest.mark.parametrize("begun", [matched, live])
def test_everybody_is_told_once_that_the_bank_ended_it(
    town: Town, begun: Callable[[Town], Pair]
) -> None:
    admin = an_admin(town.ports)
    pair = begun(town)

    decided(town, disputed(town))

    assert told(town, pair.customer.account_id) == [
        "Your bank gave you $49.99 CAD back, and your session ended"
    ]
    assert told(town, pair.mechanic.account_id) == [
        "Session ended by a dispute: your share was reduced by $40.00 CAD to $0.00 CAD"
    ]
    assert told(town, admin.account_id) == [
        "A payment of $49.99 CAD is disputed",
        "Dispute of $49.99 CAD lost",
    ]


def test_it_goes_on_when_the_payment_stands(town: Town) -> None:
    pair = live(town)

    decided(town, disputed(town), DisputeOutcome.WON)

    assert now(town, pair.session).status is SessionStatus.LIVE


def test_it_goes_on_with_what_the_bank_has_left(town: Town) -> None:
    pair = live(town)

    decided(town, disputed(town, Money(999)))

    assert now(town, pair.session).status is SessionStatus.LIVE


def test_it_goes_on_as_long_as_another_dispute_is_open(town: Town) -> None:
    pair = live(town)
    first, second = disputed(town, Money(999)), disputed(town, Money(4000))

    decided(town, first)
    assert now(town, pair.session).status is SessionStatus.LIVE

    decided(town, second)
    assert now(town, pair.session).status is SessionStatus.CANCELLED


def test_one_that_has_ended_stays_as_it_ended(town: Town) -> None:
    pair = live(town)
    end_session(town.ports, actor=pair.customer, session_id=pair.session.id)
    before = now(town, pair.session).status

    decided(town, disputed(town))

    assert now(town, pair.session).status is before
