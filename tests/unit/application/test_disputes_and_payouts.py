"""What mechanics are paid: held until their account is ready, sent once, taken back when a bank
decides against us."""

from datetime import timedelta

import pytest

from autodoctor.application.operations.due import run_timers
from autodoctor.application.payments.notices import receive
from autodoctor.application.sessions.ending import cancel_session, end_session
from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.movements import MovementStatus, Refund, Reversal, Transfer
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.money import Money
from autodoctor.ports.payment_notices import DisputeOutcome
from autodoctor.testing.ports import Town, a_customer, a_paid_page, a_paid_session
from autodoctor.testing.town import has_payout_account, hear_everything, work
from support.towns import Pair, completed, live, now, request_of


def hear(town: Town) -> None:
    """All the bank has told, and what follows from it."""
    hear_everything(town)
    work(town)


def transfer_of(town: Town, pair: Pair) -> Transfer:
    with town.kept(SYSTEM) as tx:
        (transfer,) = tx.transfers.of_session(pair.session.id)
    return transfer


def reversals_of(town: Town, pair: Pair) -> tuple[Reversal, ...]:
    transfer = transfer_of(town, pair)
    with town.kept(SYSTEM) as tx:
        return tx.reversals.of_transfer(transfer.id)


def refunds_of(town: Town, pair: Pair) -> tuple[Refund, ...]:
    assert pair.session.checkout_id is not None, "it was paid"
    with town.kept(SYSTEM) as tx:
        return tx.refunds.of_checkout(pair.session.checkout_id)


def payable(town: Town, pair: Pair) -> Money:
    with town.kept(SYSTEM) as tx:
        return -tx.ledger.balance(Account.mechanic(pair.mechanic.mechanic_id))


def disputed(town: Town, pair: Pair) -> str:
    """The bank's id of a dispute that we have heard of."""
    assert pair.session.checkout_id is not None, "it was paid"
    with town.kept(SYSTEM) as tx:
        charge_id = tx.checkouts.get(pair.session.checkout_id).charge_id
    assert charge_id is not None, "the money is in"
    dispute_id = town.bank.open_dispute(charge_id)
    hear(town)
    return dispute_id


def decided(town: Town, dispute_id: str, outcome: DisputeOutcome) -> None:
    town.bank.close_dispute(dispute_id, outcome)
    hear(town)


def test_a_share_is_held_until_the_account_is_ready_and_sent_once(town: Town) -> None:
    pair = completed(town)
    assert transfer_of(town, pair).status is MovementStatus.HELD
    assert payable(town, pair) == Money(4000)

    has_payout_account(town, pair.mechanic)
    for _ in range(2):
        hear(town)

    assert transfer_of(town, pair).status is MovementStatus.DONE
    assert payable(town, pair) == Money(0)
    assert [each.order.amount for each in town.bank.transfers.values()] == [Money(4000)]


def test_who_is_ready_is_paid_when_the_session_is_completed(town: Town) -> None:
    pair = live(town)
    has_payout_account(town, pair.mechanic)
    hear(town)
    town.clock.advance(timedelta(minutes=5))

    end_session(town.ports, actor=pair.customer, session_id=pair.session.id)
    work(town)

    assert transfer_of(town, pair).status is MovementStatus.DONE


def test_an_account_that_is_not_ready_any_more_gets_nothing(town: Town) -> None:
    pair = live(town)
    has_payout_account(town, pair.mechanic)
    hear(town)
    (account,) = town.bank.accounts
    town.bank.set_ready(account, ready=False)
    hear(town)
    town.clock.advance(timedelta(minutes=5))

    end_session(town.ports, actor=pair.customer, session_id=pair.session.id)

    assert transfer_of(town, pair).status is MovementStatus.HELD


def test_an_answer_that_got_lost_pays_once(town: Town) -> None:
    pair = completed(town)
    has_payout_account(town, pair.mechanic)
    hear_everything(town)
    town.bank.lose_next_answer()
    work(town)
    assert transfer_of(town, pair).status is MovementStatus.DUE

    town.clock.advance(timedelta(minutes=1))
    work(town)

    assert transfer_of(town, pair).status is MovementStatus.DONE
    assert len(town.bank.transfers) == 1


def test_disputed_money_is_not_paid_out_though_the_account_is_ready(town: Town) -> None:
    pair = completed(town)
    dispute_id = disputed(town, pair)

    has_payout_account(town, pair.mechanic)
    hear(town)
    assert transfer_of(town, pair).status is MovementStatus.HELD

    decided(town, dispute_id, DisputeOutcome.WON)
    assert transfer_of(town, pair).status is MovementStatus.DONE


def test_a_dispute_that_is_won_sends_nothing_to_an_account_that_is_not_ready(town: Town) -> None:
    pair = completed(town)

    decided(town, disputed(town, pair), DisputeOutcome.WON)

    assert transfer_of(town, pair).status is MovementStatus.HELD
    assert payable(town, pair) == Money(4000)


def test_a_lost_dispute_takes_back_what_was_paid_out(town: Town) -> None:
    pair = completed(town)
    has_payout_account(town, pair.mechanic)
    hear(town)

    decided(town, disputed(town, pair), DisputeOutcome.LOST)

    assert [each.status for each in reversals_of(town, pair)] == [MovementStatus.DONE]
    assert payable(town, pair) == Money(0)


def test_a_lost_dispute_takes_away_what_was_held(town: Town) -> None:
    pair = completed(town)

    decided(town, disputed(town, pair), DisputeOutcome.LOST)

    assert transfer_of(town, pair).status is MovementStatus.VOID
    assert payable(town, pair) == Money(0)


@pytest.mark.parametrize(
    ("outcome", "status", "refunds"),
    [
        (DisputeOutcome.WON, SessionStatus.REFUNDED, [MovementStatus.DONE]),
        (DisputeOutcome.LOST, SessionStatus.EXPIRED, []),
    ],
)
def test_a_disputed_session_expires_and_gives_back_what_the_bank_has_left(
    town: Town, outcome: DisputeOutcome, status: SessionStatus, refunds: list[MovementStatus]
) -> None:
    customer = a_customer(town.ports)
    session = a_paid_session(town, customer)
    pair = Pair(customer, customer, session)
    dispute_id = disputed(town, pair)

    town.clock.set(request_of(town, session).expires_at)
    run_timers(town.ports)
    assert now(town, session).status is SessionStatus.EXPIRED
    assert refunds_of(town, pair) == ()

    decided(town, dispute_id, outcome)
    assert [each.status for each in refunds_of(town, pair)] == refunds
    assert now(town, session).status is status


def test_a_refund_that_a_dispute_overtook_is_not_made_as_well(town: Town) -> None:
    customer = a_customer(town.ports)
    pair = Pair(customer, customer, a_paid_session(town, customer))
    town.bank.go_down()
    cancel_session(town.ports, actor=customer, session_id=pair.session.id)
    work(town)
    town.bank.come_back()
    dispute_id = disputed(town, pair)
    town.clock.advance(timedelta(minutes=10))
    work(town)

    decided(town, dispute_id, DisputeOutcome.LOST)
    town.clock.advance(timedelta(minutes=10))
    work(town)

    assert [each.status for each in refunds_of(town, pair)] == [MovementStatus.VOID]
    with town.kept(SYSTEM) as tx:
        assert tx.ledger.balance(Account.processor()) == Money(0)


def test_a_dispute_that_is_told_before_its_payment_waits_for_it(town: Town) -> None:
    customer = a_customer(town.ports)
    a_paid_page(town, customer)
    (charge,) = town.bank.charges.values()
    town.bank.open_dispute(charge.id)
    early = town.bank.notices.deliveries()[-1]
    receive(town.ports, payload=early.payload, signature=early.signature)
    work(town)
    assert town.ports.queries.revenue.disputes_open() == 0

    town.clock.advance(timedelta(minutes=10))
    hear(town)
    town.clock.advance(timedelta(minutes=10))
    work(town)

    assert town.ports.queries.revenue.disputes_open() == 1
