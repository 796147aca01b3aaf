"""What the payment provider tells us: kept at once, handled from the queue.

A notice says what was true when it was sent. For checkouts, refunds, transfers, payouts and
disputes we ask what is true now; the rest only moves rows forward, so late, repeated and
reordered notices change nothing.
"""

from datetime import datetime

import structlog

from autodoctor.application.payments.disputes import (
    close_dispute,
    dispute_on_record,
    open_dispute,
    unknown,
)
from autodoctor.application.payments.fulfilment import resolve
from autodoctor.application.payments.payouts import account_changed, follow_payout
from autodoctor.application.payments.refund_records import match_refunds
from autodoctor.application.payments.reversal_records import match_reversals
from autodoctor.domain.revenue.events import NoticeReceived, PaymentDeclined
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.errors import NotFound
from autodoctor.ports.bundle import Ports
from autodoctor.ports.payment_notices import NoticeKind, PaymentNotice
from autodoctor.ports.transactions import Transaction

log = structlog.get_logger(__name__)

ABOUT_CHECKOUTS = frozenset(
    {
        NoticeKind.CHECKOUT_COMPLETED,
        NoticeKind.CHECKOUT_EXPIRED,
        NoticeKind.CHECKOUT_PAID_LATER,
        NoticeKind.CHECKOUT_FAILED_LATER,
        NoticeKind.PAYMENT_SUCCEEDED,
    }
)
ABOUT_REFUNDS = frozenset(
    {
        NoticeKind.CHARGE_REFUNDED,
        NoticeKind.REFUND_CREATED,
        NoticeKind.REFUND_UPDATED,
        NoticeKind.REFUND_FAILED,
    }
)


def receive(ports: Ports, *, payload: bytes, signature: str) -> None:
    """Verify and keep; the same event again is no news. Raises SignatureInvalid,
    NoticeUnreadable."""
    at = ports.now()
    notice = ports.notices.parse(payload, signature, at)
    with ports.transactions(SYSTEM) as tx:
        if tx.webhooks.store(notice, at=at):
            tx.outbox.record(NoticeReceived(notice.event_id), by=SYSTEM, at=at)


def handle(ports: Ports, *, notice_id: str) -> None:
    with ports.transactions(SYSTEM) as tx:
        notice = tx.webhooks.take(notice_id)
    if notice is None:
        return
    try:
        _act(ports, notice)
    except NotFound:
        log.warning("notice.unknown_object", notice=notice_id, kind=notice.name)
    with ports.transactions(SYSTEM) as tx:
        tx.webhooks.handled(notice_id, at=ports.now())


def _act(ports: Ports, notice: PaymentNotice) -> None:
    match notice.kind:
        case kind if kind in ABOUT_CHECKOUTS:
            provider_id = notice.provider.checkout or _provider_id(ports, notice)
            if provider_id is not None:
                resolve(ports, provider_id=provider_id)
        case kind if kind in ABOUT_REFUNDS:
            _refunds_changed(ports, notice)
        case NoticeKind.TRANSFER_REVERSED:
            _transfer_reversed(ports, notice)
        case NoticeKind.ACCOUNT_UPDATED:
            account_changed(ports, notice)
        case NoticeKind.PAYOUT_CHANGED:
            follow_payout(ports, notice)
        case NoticeKind.DISPUTE_OPENED | NoticeKind.DISPUTE_CLOSED:
            _note_dispute(ports, notice)
        case _:
            _note(ports, notice)


def _note_dispute(ports: Ports, notice: PaymentNotice) -> None:
    found, at = dispute_on_record(ports, notice), ports.now()
    with ports.transactions(SYSTEM) as tx:
        if notice.kind is NoticeKind.DISPUTE_OPENED:
            open_dispute(ports, tx, notice, found, at=at)
        else:
            close_dispute(ports, tx, notice, found, at=at)


def _note(ports: Ports, notice: PaymentNotice) -> None:
    if notice.kind is not NoticeKind.PAYMENT_FAILED:
        log.info("notice.noted", notice=notice.event_id, kind=notice.name)
        return
    with ports.transactions(SYSTEM) as tx:
        _declined(tx, notice, at=ports.now())


def _provider_id(ports: Ports, notice: PaymentNotice) -> str | None:
    """A payment names our checkout, not the provider's page."""
    if notice.ours.checkout is None:
        return None
    with ports.transactions(SYSTEM) as tx:
        return tx.checkouts.get(notice.ours.checkout).provider_id


def _declined(tx: Transaction, notice: PaymentNotice, *, at: datetime) -> None:
    if notice.ours.checkout is not None:
        checkout = tx.checkouts.get(notice.ours.checkout)
        declined = PaymentDeclined(checkout.id, checkout.customer_id)
        tx.outbox.record(declined, by=SYSTEM, at=at)


def _refunds_changed(ports: Ports, notice: PaymentNotice) -> None:
    """Raises Missing for a charge that is not ours, NotReadyYet as long as it may become so."""
    with ports.transactions(SYSTEM) as tx:
        checkout = tx.checkouts.by_charge(notice.provider.charge or "")
    if checkout is None:
        raise unknown(notice, "charge", at=ports.now())
    match_refunds(ports, checkout_id=checkout.id)


def _transfer_reversed(ports: Ports, notice: PaymentNotice) -> None:
    """Raises Missing for a transfer that is not ours, NotReadyYet as long as it may become so."""
    with ports.transactions(SYSTEM) as tx:
        transfer = tx.transfers.by_provider(notice.provider.transfer or "")
    if transfer is None:
        raise unknown(notice, "transfer", at=ports.now())
    match_reversals(ports, transfer_id=transfer.id)
