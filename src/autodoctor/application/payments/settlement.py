"""What the end of a session means for its money, in the same transaction as the end itself.

State and ledger agree at every moment. What has to move at the payment provider becomes a
row here and a call later.
"""

from datetime import datetime

from autodoctor.application.payments.announcing import ENDED
from autodoctor.application.payments.holding import Holding
from autodoctor.application.payments.issues import close_paid
from autodoctor.application.payments.movements import order_refund, order_transfers, terms_of
from autodoctor.application.sessions.consulted import keeps_free_session
from autodoctor.domain.booking.checkout import Checkout
from autodoctor.domain.revenue.entries import release, split
from autodoctor.domain.revenue.funds import Funds
from autodoctor.domain.revenue.movements import NOT_MADE, MovementStatus
from autodoctor.domain.revenue.refunds import still_due
from autodoctor.domain.sessions.events import (
    SessionCancelled,
    SessionCompleted,
    SessionEscalated,
    SessionExpired,
)
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import EntryId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction


def settle(
    ports: Ports, tx: Transaction, session: Session, events: tuple[Event, ...], *, at: datetime
) -> None:
    """Completed: split and pay out. Cancelled or expired: give back, and split what is kept;
    but while a bank disputes the money, that waits for `settle_late`."""
    for event in events:
        match event:
            case SessionCompleted() | SessionEscalated():
                _share(ports, tx, session, at=at)
            case SessionCancelled(refund=back, kept=kept):
                if not keeps_free_session(tx, event):
                    _free_again(tx, session)
                _give_back(ports, tx, session, back=back, kept=kept, at=at)
            case SessionExpired(refund=back):
                _free_again(tx, session)
                _give_back(ports, tx, session, back=back, kept=Money.zero(back.currency), at=at)
            case _:
                continue


def settle_late(ports: Ports, tx: Transaction, session: Session, *, at: datetime) -> None:
    """What its end means for the money that the bank has left of a session; what is done is
    not done again, and one that has not ended is left alone."""
    if session.ended_at is not None:
        told = tuple(each.event for each in tx.outbox.of_session(session.id))
        settle(ports, tx, session, told, at=at)


def _share(ports: Ports, tx: Transaction, session: Session, *, at: datetime) -> None:
    funds = Funds.of(session.id, tx.ledger.of_session(session.id))
    if funds.is_split or not funds.held:
        return
    terms = terms_of(tx, session)
    entry = split(funds, terms=terms, entry_id=EntryId(ports.ids.new()), at=at)
    tx.ledger.post(entry)
    order_transfers(ports, tx, funds.with_entry(entry), at=at)


def _free_again(tx: Transaction, session: Session) -> None:
    """A free session that did not take place can be taken again."""
    if session.checkout_id is not None or session.terms.price:
        return
    free = tx.free_sessions.get(session.customer_id, lock=True)
    if free.used:
        tx.free_sessions.save(free.give_back())


def _give_back(
    ports: Ports, tx: Transaction, session: Session, *, back: Money, kept: Money, at: datetime
) -> None:
    if session.checkout_id is None:
        return
    checkout = tx.checkouts.get(session.checkout_id, lock=True)
    funds = Funds.of(session.id, tx.ledger.of_session(session.id))
    if funds.disputed:
        return
    back = still_due(back, given=_given(tx, checkout), kept=funds.kept)
    if back and not _has_ended(tx, checkout):
        order_refund(ports, tx, checkout, session.id, amount=back, reason=ENDED, at=at)
        close_paid(tx, Holding(checkout, session), at=at)
    if kept and session.mechanic_id is not None:
        _release(ports, tx, session, at=at)


def _given(tx: Transaction, checkout: Checkout) -> Money:
    """What was refunded already, or is about to be, by whomever."""
    refunds = tx.refunds.of_checkout(checkout.id)
    ordered = (each.amount for each in refunds if each.status not in NOT_MADE)
    return sum(ordered, Money.zero(checkout.amount.currency))


def _has_ended(tx: Transaction, checkout: Checkout) -> bool:
    refunds = tx.refunds.of_checkout(checkout.id)
    return any(r.reason == ENDED and r.status is not MovementStatus.VOID for r in refunds)


def _release(ports: Ports, tx: Transaction, session: Session, *, at: datetime) -> None:
    funds = Funds.of(session.id, tx.ledger.of_session(session.id))
    if funds.is_split or not funds.held:
        return
    terms = terms_of(tx, session)
    entry = release(funds, terms=terms, entry_id=EntryId(ports.ids.new()), at=at)
    tx.ledger.post(entry)
    order_transfers(ports, tx, funds.with_entry(entry), at=at)
