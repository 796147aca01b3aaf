"""Ordering movements of money: the ledger's entry and the row a worker will act on, together
with the event that sends the worker there."""

from datetime import datetime

from autodoctor.domain.booking.checkout import Checkout
from autodoctor.domain.revenue.accounts import Account, AccountKind
from autodoctor.domain.revenue.events import RefundDue, ReversalDue, TransferDue
from autodoctor.domain.revenue.funds import Funds
from autodoctor.domain.revenue.ids import ReversalId
from autodoctor.domain.revenue.movements import MovementStatus, Refund, Reversal, Transfer
from autodoctor.domain.revenue.payouts import reversal as reversal_entry
from autodoctor.domain.revenue.payouts import transfer as transfer_entry
from autodoctor.domain.revenue.rates import Rates
from autodoctor.domain.revenue.refunds import refund as refund_entry
from autodoctor.domain.revenue.terms import Terms
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import (
    EntryId,
    MechanicId,
    RefundId,
    SessionId,
    TransferId,
    WorkshopId,
)
from autodoctor.domain.shared.money import Money
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction


def agree_terms(ports: Ports, tx: Transaction, session: Session) -> None:
    """Fixed when the mechanic takes the session: what they were promised is what they get."""
    tx.ledger.agree(session.id, _terms_now(ports, tx, session))


def terms_of(tx: Transaction, session: Session) -> Terms:
    """Who earns in a session: its mechanic, and the workshop they took it for."""
    agreed = tx.ledger.agreed(session.id)
    assert agreed is not None, "terms are agreed with the match"
    return agreed


def _terms_now(ports: Ports, tx: Transaction, session: Session) -> Terms:
    assert session.mechanic_id is not None, "money is shared only in sessions with a mechanic"
    if session.workshop_id is None:
        return Terms(mechanic_id=session.mechanic_id, rates=ports.rules.rates)
    workshop = tx.workshops.get(session.workshop_id)
    rates = Rates(platform=workshop.platform_rate, workshop=workshop.workshop_rate)
    return Terms(mechanic_id=session.mechanic_id, workshop_id=workshop.id, rates=rates)


def order_transfers(ports: Ports, tx: Transaction, funds: Funds, *, at: datetime) -> None:
    """A transfer for each party that earns."""
    for account in funds.earnings:
        if account.is_payable:
            order_transfer(ports, tx, funds.session_id, account, at=at)


def order_transfer(
    ports: Ports,
    tx: Transaction,
    session_id: SessionId,
    account: Account,
    *,
    at: datetime,
    hold: bool = False,
) -> None:
    """All that is payable to a party; held while their account is not ready, or while the money
    is disputed. Nothing when nothing is payable."""
    funds = Funds.of(session_id, tx.ledger.of_session(session_id))
    amount = funds.payable(account)
    if amount.minor <= 0:
        return
    ready = not hold and payouts_ready(tx, account) and not tx.disputes.open_of(session_id)
    transfer = Transfer(
        id=TransferId(ports.ids.new()),
        session_id=session_id,
        account=account.kind,
        owner_id=_owner(account),
        amount=amount,
        created_at=at,
        status=MovementStatus.DUE if ready else MovementStatus.HELD,
    )
    tx.transfers.add(transfer)
    if ready:
        send_transfer(ports, tx, transfer, at=at)


def send_transfer(ports: Ports, tx: Transaction, transfer: Transfer, *, at: datetime) -> None:
    """From now on it is paid out as far as the ledger is concerned; a worker does it."""
    _post_transfer(ports, tx, transfer, at=at)
    tx.outbox.record(TransferDue(transfer.id), by=SYSTEM, at=at)


def payout_account(tx: Transaction, account: Account) -> tuple[str | None, bool]:
    """The provider's account of a mechanic or workshop, and whether it is ready."""
    if account.kind is AccountKind.WORKSHOP:
        workshop = tx.workshops.get(WorkshopId(_owner(account)))
        return workshop.payout_account, workshop.payouts_ready
    mechanic = tx.mechanics.get(MechanicId(_owner(account)))
    return mechanic.payout_account, mechanic.payouts_ready


def payouts_ready(tx: Transaction, account: Account) -> bool:
    provider_account, ready = payout_account(tx, account)
    return provider_account is not None and ready


def _owner(account: Account) -> MechanicId:
    assert account.owner is not None, "what is payable is owed to somebody"
    return MechanicId(account.owner)


def order_refund(
    ports: Ports,
    tx: Transaction,
    checkout: Checkout,
    session_id: SessionId | None,
    *,
    amount: Money,
    reason: str,
    at: datetime,
) -> None:
    """Money back to the customer. There is one refund for a checkout and reason, so that
    ordering it again is refused by the store and changes nothing."""
    refund = Refund(
        id=RefundId(ports.ids.new()),
        checkout_id=checkout.id,
        session_id=session_id,
        amount=amount,
        reason=reason,
        created_at=at,
    )
    tx.refunds.add(refund)
    entry_id = EntryId(ports.ids.new())
    if session_id is None:
        pot = SessionId(checkout.id)
        funds = Funds.of(pot, tx.ledger.of_checkout(checkout.id))
        entry = refund_entry(funds, refund_id=refund.id, amount=amount, entry_id=entry_id, at=at)
        tx.ledger.post_returned(entry, checkout.id)
    else:
        funds = Funds.of(session_id, tx.ledger.of_session(session_id))
        terms = tx.ledger.agreed(session_id) if funds.is_split else None
        entry = refund_entry(
            funds, refund_id=refund.id, amount=amount, terms=terms, entry_id=entry_id, at=at
        )
        tx.ledger.post(entry)
    tx.outbox.record(RefundDue(refund.id), by=SYSTEM, at=at)


def _post_transfer(ports: Ports, tx: Transaction, transfer: Transfer, *, at: datetime) -> None:
    funds = Funds.of(transfer.session_id, tx.ledger.of_session(transfer.session_id))
    entry = transfer_entry(
        funds,
        to=Account(transfer.account, transfer.owner_id),
        amount=transfer.amount,
        transfer_id=transfer.id,
        entry_id=EntryId(ports.ids.new()),
        at=at,
    )
    tx.ledger.post(entry)


def order_reversal(
    ports: Ports,
    tx: Transaction,
    transfer: Transfer,
    *,
    amount: Money,
    refund_id: RefundId | None,
    at: datetime,
) -> None:
    """Take back what was paid out, or a part of it, because the money goes back."""
    reversal = Reversal(
        id=ReversalId(ports.ids.new()),
        transfer_id=transfer.id,
        refund_id=refund_id,
        amount=amount,
        created_at=at,
    )
    tx.reversals.add(reversal)
    funds = Funds.of(transfer.session_id, tx.ledger.of_session(transfer.session_id))
    entry = reversal_entry(
        funds,
        transfer_id=transfer.id,
        amount=amount,
        reversal_id=reversal.id,
        entry_id=EntryId(ports.ids.new()),
        at=at,
    )
    tx.ledger.post(entry)
    tx.outbox.record(ReversalDue(reversal.id), by=SYSTEM, at=at)
