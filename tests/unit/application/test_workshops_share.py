"""Sessions taken for a workshop: who earns what of it, and when the workshop is paid."""

from datetime import timedelta

import attrs
import pytest

from autodoctor.application.payments.calls import make_reversal
from autodoctor.application.payments.refund_records import match_refunds
from autodoctor.application.sessions.accept import accept
from autodoctor.application.sessions.ending import end_session
from autodoctor.application.sessions.room import join
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.revenue.accounts import Account, AccountKind
from autodoctor.domain.revenue.issue import IssueKind
from autodoctor.domain.revenue.movements import MovementStatus
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.domain.shared.ids import AccountId, WorkshopId
from autodoctor.domain.shared.money import Money, Rate
from autodoctor.testing.ports import Town, a_customer, a_mechanic, a_paid_session
from autodoctor.testing.town import has_payout_account, work
from support.followed import (
    balance,
    charge_of,
    hear,
    issues,
    paid_by,
    payable,
    reversals_of,
    transfers_of,
)
from support.towns import request_of
from support.workshops import own, owner


@attrs.frozen
class Shared:
    """A completed session of 4999: 999 for the platform, 400 for the workshop, 3600 for the
    mechanic."""

    session: Session
    mechanic: Actor
    workshop_id: WorkshopId

    @property
    def workshop(self) -> Account:
        return Account.workshop(self.workshop_id)


def shared(town: Town, rate: Rate = Rate(1000)) -> Shared:  # noqa: B008 - frozen
    workshop_id = own(owner(town.ports))
    with town.kept(SYSTEM) as tx:
        workshop = tx.workshops.get(workshop_id, lock=True)
        tx.workshops.save(attrs.evolve(workshop, workshop_rate=rate))
    customer, mechanic = a_customer(town.ports), a_mechanic(town.ports)
    with town.kept(SYSTEM) as tx:
        theirs: Mechanic = tx.mechanics.get(mechanic.mechanic_id, lock=True)
        tx.mechanics.save(attrs.evolve(theirs, workshop_id=workshop_id, workshop_approved=True))
    session = a_paid_session(town, customer)
    accept(town.ports, actor=mechanic, request_id=request_of(town, session).id)
    for party in (customer, mechanic):
        join(town.ports, actor=party, session_id=session.id)
    town.clock.advance(timedelta(minutes=5))
    ended = end_session(town.ports, actor=customer, session_id=session.id)
    return Shared(ended, mechanic, workshop_id)


def test_the_share_is_that_of_the_workshops_own_rates(town: Town) -> None:
    of = shared(town, Rate(1500))

    assert -balance(town, of.workshop) == Money(600)
    assert payable(town, of.mechanic) == Money(3400)


def new_account(town: Town, workshop_id: WorkshopId) -> str:
    """The workshop's own from now on, and not ready yet."""
    known = town.ports.payout_accounts.create(
        account_id=AccountId(workshop_id), email="garage@test.example", country="CA"
    )
    with town.kept(SYSTEM) as tx:
        workshop = tx.workshops.get(workshop_id, lock=True)
        tx.workshops.save(attrs.evolve(workshop, payout_account=known))
    return known


def sent(town: Town) -> list[Money]:
    return [each.order.amount for each in town.bank.transfers.values()]


def test_mechanic_and_workshop_are_each_paid_their_share_when_they_are_ready(town: Town) -> None:
    of = shared(town)
    assert -balance(town, of.workshop) == Money(400)
    assert payable(town, of.mechanic) == Money(3600)

    town.bank.set_ready(new_account(town, of.workshop_id))
    hear(town)
    assert sent(town) == [Money(400)]

    has_payout_account(town, of.mechanic)
    hear(town)
    assert sent(town) == [Money(400), Money(3600)]
    assert balance(town, of.workshop) == payable(town, of.mechanic) == Money(0)
    assert {each.status for each in transfers_of(town, of.session)} == {MovementStatus.DONE}


def test_a_workshop_is_paid_what_was_agreed_though_its_rates_change(town: Town) -> None:
    of = shared(town)
    with town.kept(SYSTEM) as tx:
        workshop = tx.workshops.get(of.workshop_id, lock=True)
        tx.workshops.save(attrs.evolve(workshop, workshop_rate=Rate(5000)))
    town.bank.set_ready(new_account(town, of.workshop_id))

    hear(town)

    assert sent(town) == [Money(400)]


def test_a_workshop_that_is_not_ready_any_more_waits(town: Town) -> None:
    of = shared(town)
    known = new_account(town, of.workshop_id)
    town.bank.set_ready(known, ready=False)

    hear(town)

    assert sent(town) == []
    assert -balance(town, of.workshop) == Money(400)


@pytest.mark.parametrize("whose", [AccountKind.WORKSHOP, AccountKind.MECHANIC])
def test_news_of_an_account_somebody_has_no_more_send_nothing(
    town: Town, whose: AccountKind
) -> None:
    of = shared(town)
    old = town.ports.payout_accounts.create(
        account_id=AccountId(of.workshop_id)
        if whose is AccountKind.WORKSHOP
        else of.mechanic.account_id,
        email="old@test.example",
        country="CA",
    )
    with town.kept(SYSTEM) as tx:
        workshop = tx.workshops.get(of.workshop_id, lock=True)
        tx.workshops.save(attrs.evolve(workshop, payout_account="account_new"))
        mechanic = tx.mechanics.get(of.mechanic.mechanic_id, lock=True)
        tx.mechanics.save(attrs.evolve(mechanic, payout_account="account_other"))

    town.bank.set_ready(old)
    hear(town)

    with town.kept(SYSTEM) as tx:
        assert not tx.workshops.get(of.workshop_id).payouts_ready
        assert not tx.mechanics.get(of.mechanic.mechanic_id).payouts_ready
    assert sent(town) == []


def test_the_rest_of_one_reversal_does_not_take_back_what_staff_see_to(town: Town) -> None:
    """The mechanic's share could not be taken back, and is staff's to see to; the workshop's is
    taken back in part at the provider, and by us for the rest."""
    of = shared(town)
    town.bank.set_ready(new_account(town, of.workshop_id))
    has_payout_account(town, of.mechanic)
    hear(town)
    by_amount = {each.order.amount: key for key, each in town.bank.transfers.items()}
    theirs = town.bank.transfers[by_amount[Money(3600)]].order.account
    town.bank.pay_out(theirs, Money(3600))
    town.bank.refund_at_provider(charge_of(town, paid_by(of.session)))
    match_refunds(town.ports, checkout_id=paid_by(of.session))
    due = {each.amount: each for each in reversals_of(town, of.session)}
    make_reversal(town.ports, due[Money(3600)].id)
    town.bank.reverse_at_provider(by_amount[Money(400)], Money(100))

    make_reversal(town.ports, due[Money(400)].id)
    work(town)

    assert town.bank.transfers[by_amount[Money(400)]].left_minor == 0
    assert balance(town, of.workshop) == Money(0)
    assert payable(town, of.mechanic) == Money(-3600)
    assert (IssueKind.REVERSAL_FAILED, Money(3600)) in issues(town)
    assert [each.amount for each in town.bank.reversals.values()] == [Money(100), Money(300)]
