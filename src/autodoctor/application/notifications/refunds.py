"""Telling a customer of a refund: how much, where it goes and when it arrives.

Each event is one mail. A session's end and its refund are told together, by `called_off`; a
refund that stands for itself is told here.
"""

from datetime import datetime
from typing import Final

from autodoctor.application.notifications.letters import dollars, payment_url
from autodoctor.application.notifications.refund_failures import withdraw_failures
from autodoctor.application.notifications.send import Telling, tell_account
from autodoctor.domain.notifications.table import Occasion
from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.events import RefundDone, RefundedAtProvider
from autodoctor.domain.revenue.ledger import EntryKind
from autodoctor.domain.revenue.refunds import still_due
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import AccountId, SessionId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.bundle import Ports
from autodoctor.ports.operations import Recorded
from autodoctor.ports.transactions import Transaction

ARRIVES: Final = "Refunds can take up to ten days to appear on your statement."
_GAVE_BACK: Final = frozenset({EntryKind.REFUND, EntryKind.REFUND_FAILED})


def to_the_card(
    tx: Transaction, session_id: SessionId, amount: Money, *, paid: Money, ended: datetime
) -> str:
    """In a letter about the end of a session, which brings `amount` of what was paid back in
    all."""
    before, lost = _gone_before(tx, session_id, ended)
    rest = dollars(still_due(amount, given=before, kept=paid - before - lost))
    if tx.disputes.open_of(session_id):
        return (
            f"Your bank is looking into this payment: we refund {rest} once the bank has decided."
        )
    if before.minor <= 0:
        return f"We are refunding {rest} to the card you paid with. {ARRIVES}"
    return (
        f"{dollars(before)} was refunded before. We are refunding the remaining {rest} "
        f"to the card you paid with. {ARRIVES}"
    )


def _gone_before(tx: Transaction, session_id: SessionId, ended: datetime) -> tuple[Money, Money]:
    """What we had refunded, and what the bank had given back, before the end."""
    entries = [each for each in tx.ledger.of_session(session_id) if each.at < ended]
    refunds = (each for each in entries if each.kind in _GAVE_BACK)
    lost = (each for each in entries if each.kind is EntryKind.DISPUTE_LOST)
    return (
        sum((-each.amount_on(Account.processor()) for each in refunds), Money(0)),
        sum((-each.amount_on(Account.disputed(session_id)) for each in lost), Money(0)),
    )


def tell_refund(
    ports: Ports, tx: Transaction, recorded: Recorded, event: RefundDone | RefundedAtProvider
) -> None:
    withdraw_failures(tx, event.customer_id, event.session_id, event.refund_id)
    match event:
        case RefundDone(announced=True):
            return
        case RefundDone():
            telling = _sent(event)
        case RefundedAtProvider():
            telling = _ended(event) if event.called_off else _refunded(event)
    customer = AccountId(event.customer_id)
    tell_account(ports, tx, customer, telling, reference=str(recorded.id))


def _sent(event: RefundDone) -> Telling:
    return Telling(
        occasion=Occasion.REFUND_PROCESSED,
        role=Role.CUSTOMER,
        title=f"Your refund of {dollars(event.amount)} is on its way",
        url="/customer/payments",
        letter_paragraphs=(
            f"We have refunded {dollars(event.amount)} to the card you paid with. {ARRIVES}",
        ),
        action="See your payments",
    )


def _refunded(event: RefundedAtProvider) -> Telling:
    return Telling(
        occasion=Occasion.REFUND_PROCESSED,
        role=Role.CUSTOMER,
        title=f"We refunded {dollars(event.amount)}",
        url=payment_url(event.session_id),
        letter_paragraphs=(
            f"{dollars(event.amount)} was refunded to the card you paid with. {ARRIVES}",
        ),
        action="See your session" if event.session_id else "See your payments",
    )


def _ended(event: RefundedAtProvider) -> Telling:
    """The end of a session is told in the app, too."""
    return Telling(
        occasion=Occasion.SESSION_ENDED,
        role=Role.CUSTOMER,
        title=f"We refunded {dollars(event.amount)} and ended your session",
        url=f"/customer/sessions/{event.session_id}",
        letter_paragraphs=(
            f"{dollars(event.amount)} was refunded to the card you paid with. {ARRIVES}",
            "Your payment has been refunded in full, so your session has ended.",
        ),
        action="See your session",
        needed=True,
    )
