"""What the end of a session means for its money, in the same transaction as the end itself.

State and ledger agree at every moment. What has to move at the payment provider becomes a
row here and a call later.
"""

from datetime import datetime

from autodoctor.application.payments.movements import order_refund, order_transfers, terms_of
from autodoctor.domain.revenue.entries import release, split
from autodoctor.domain.revenue.funds import Funds
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
    """Completed: split and pay out. Cancelled or expired: give back, and split what is kept."""
    for event in events:
        match event:
            case SessionCompleted() | SessionEscalated():
                _share(ports, tx, session, at=at)
            case SessionCancelled(refund=back, kept=kept):
                _give_back(ports, tx, session, back=back, kept=kept, at=at)
            case SessionExpired(refund=back):
                _give_back(ports, tx, session, back=back, kept=Money.zero(back.currency), at=at)
            case _:
                continue


def _share(ports: Ports, tx: Transaction, session: Session, *, at: datetime) -> None:
    funds = Funds.of(session.id, tx.ledger.of_session(session.id))
    if funds.is_split or not funds.held:
        return
    terms = terms_of(tx, session)
    entry = split(funds, terms=terms, entry_id=EntryId(ports.ids.new()), at=at)
    tx.ledger.post(entry)
    order_transfers(ports, tx, funds.with_entry(entry), at=at)


def _give_back(
    ports: Ports, tx: Transaction, session: Session, *, back: Money, kept: Money, at: datetime
) -> None:
    if session.checkout_id is None:
        free = tx.free_sessions.get(session.customer_id, lock=True)
        if not session.terms.price and free.used:
            tx.free_sessions.save(free.give_back())
        return
    checkout = tx.checkouts.get(session.checkout_id, lock=True)
    if back:
        order_refund(ports, tx, checkout, session.id, amount=back, reason="ended", at=at)
    if kept and session.mechanic_id is not None:
        _release(ports, tx, session, at=at)


def _release(ports: Ports, tx: Transaction, session: Session, *, at: datetime) -> None:
    funds = Funds.of(session.id, tx.ledger.of_session(session.id))
    terms = terms_of(tx, session)
    entry = release(funds, terms=terms, entry_id=EntryId(ports.ids.new()), at=at)
    tx.ledger.post(entry)
    order_transfers(ports, tx, funds.with_entry(entry), at=at)
