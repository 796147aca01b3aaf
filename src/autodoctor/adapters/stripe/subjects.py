"""What Stripe's events say, in our words."""

from datetime import UTC, datetime
from typing import Annotated, Any, Final, TypeAlias

import msgspec

from autodoctor.adapters.stripe.ids import our_id
from autodoctor.adapters.stripe.payments import REFUND_STATUSES
from autodoctor.domain.shared.ids import AccountId, CheckoutId, RefundId, TransferId
from autodoctor.domain.shared.money import Currency, Money
from autodoctor.ports.payment_notices import (
    DisputeOutcome,
    NoticeKind,
    OurIds,
    PaymentNotice,
    ProviderIds,
)

KINDS = {
    "checkout.session.completed": NoticeKind.CHECKOUT_COMPLETED,
    "checkout.session.expired": NoticeKind.CHECKOUT_EXPIRED,
    "checkout.session.async_payment_succeeded": NoticeKind.CHECKOUT_PAID_LATER,
    "checkout.session.async_payment_failed": NoticeKind.CHECKOUT_FAILED_LATER,
    "payment_intent.succeeded": NoticeKind.PAYMENT_SUCCEEDED,
    "payment_intent.payment_failed": NoticeKind.PAYMENT_FAILED,
    "charge.refunded": NoticeKind.CHARGE_REFUNDED,
    "refund.created": NoticeKind.REFUND_CREATED,
    "refund.updated": NoticeKind.REFUND_UPDATED,
    "charge.refund.updated": NoticeKind.REFUND_UPDATED,
    "refund.failed": NoticeKind.REFUND_FAILED,
    "transfer.created": NoticeKind.TRANSFER_CREATED,
    "transfer.reversed": NoticeKind.TRANSFER_REVERSED,
    "payout.created": NoticeKind.PAYOUT_CHANGED,
    "payout.updated": NoticeKind.PAYOUT_CHANGED,
    "payout.paid": NoticeKind.PAYOUT_CHANGED,
    "payout.failed": NoticeKind.PAYOUT_CHANGED,
    "payout.canceled": NoticeKind.PAYOUT_CHANGED,
    "charge.dispute.created": NoticeKind.DISPUTE_OPENED,
    "charge.dispute.closed": NoticeKind.DISPUTE_CLOSED,
    "account.updated": NoticeKind.ACCOUNT_UPDATED,
}


ABOUT_CONNECTED: Final = frozenset({NoticeKind.ACCOUNT_UPDATED, NoticeKind.PAYOUT_CHANGED})
"""What connected accounts may tell. Payments, refunds, transfers and disputes of their own are
none of ours, whatever their metadata says."""

Id: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_]{1,255}\Z")]
Word: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^[^\x00-\x1f]{0,100}\Z")]
Minor: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
Seconds: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=2**34)]
"""Times up to the year 2514, and amounts that every column holds."""


class Data(msgspec.Struct):
    object: dict[str, Any]


class Event(msgspec.Struct):
    id: Id
    type: Word
    created: Seconds
    data: Data
    account: Id | None = None
    livemode: bool = False


class Subject(msgspec.Struct):
    """The fields we read of any object that an event is about."""

    object: Word = ""
    id: Id | None = None
    status: Word | None = None
    payment_status: Word | None = None
    payment_intent: Id | None = None
    latest_charge: Id | None = None
    charge: Id | None = None
    currency: Word | None = None
    amount: Minor | None = None
    amount_total: Minor | None = None
    amount_received: Minor | None = None
    amount_refunded: Minor | None = None
    amount_reversed: Minor | None = None
    metadata: dict[str, str] | None = None


def notice(event: Event, *, livemode: bool) -> PaymentNotice:
    """An event of an unknown kind, of the other mode, or of somebody else's payments keeps its
    name, and says nothing else.

    Raises msgspec's `ValidationError` when the object does not have the shape it should.
    """
    kind = KINDS.get(event.type, NoticeKind.OTHER)
    ours = (kind in ABOUT_CONNECTED) == (event.account is not None)
    if event.livemode is not livemode or not ours:
        kind = NoticeKind.OTHER
    known = kind is not NoticeKind.OTHER
    subject = msgspec.convert(event.data.object, Subject) if known else Subject()
    if kind is NoticeKind.ACCOUNT_UPDATED and subject.id != event.account:
        kind, subject = NoticeKind.OTHER, Subject()
    refund = subject.object == "refund"
    return PaymentNotice(
        event_id=event.id,
        kind=kind,
        name=event.type,
        created=datetime.fromtimestamp(event.created, UTC),
        provider=_provider_ids(event, subject),
        ours=_our_ids(subject),
        amount=_amount(kind, subject),
        paid=_paid(subject),
        refund_status=REFUND_STATUSES.get(subject.status or "") if refund else None,
        outcome=_outcome(kind, subject),
    )


def _provider_ids(event: Event, subject: Subject) -> ProviderIds:
    def own(kind: str) -> str | None:
        return subject.id if subject.object == kind else None

    return ProviderIds(
        checkout=own("checkout.session"),
        payment=own("payment_intent") or subject.payment_intent,
        charge=own("charge") or subject.charge or subject.latest_charge,
        refund=own("refund"),
        transfer=own("transfer"),
        dispute=own("dispute"),
        payout=own("payout"),
        account=own("account") or event.account,
    )


def _our_ids(subject: Subject) -> OurIds:
    checkout = our_id(subject.metadata, "checkout_id")
    refund = our_id(subject.metadata, "refund_id")
    transfer = our_id(subject.metadata, "transfer_id")
    account = our_id(subject.metadata, "account_id")
    return OurIds(
        checkout=CheckoutId(checkout) if checkout else None,
        refund=RefundId(refund) if refund else None,
        transfer=TransferId(transfer) if transfer else None,
        account=AccountId(account) if account else None,
    )


def _amount(kind: NoticeKind, subject: Subject) -> Money | None:
    minor = _minor(kind, subject)
    if minor is None or subject.currency is None:
        return None
    return Money(minor, Currency(subject.currency))


def _minor(kind: NoticeKind, subject: Subject) -> int | None:
    match kind:
        case NoticeKind.PAYMENT_SUCCEEDED:
            return subject.amount_received
        case NoticeKind.CHARGE_REFUNDED:
            return subject.amount_refunded
        case NoticeKind.TRANSFER_REVERSED:
            return subject.amount_reversed
        case _ if subject.object == "checkout.session":
            return subject.amount_total
        case _:
            return subject.amount


def _paid(subject: Subject) -> bool:
    if subject.object == "payment_intent":
        return subject.status == "succeeded"
    return subject.payment_status == "paid"


def _outcome(kind: NoticeKind, subject: Subject) -> DisputeOutcome | None:
    """An inquiry that was closed, and a dispute that was prevented, cost nothing."""
    if kind is not NoticeKind.DISPUTE_CLOSED:
        return None
    return DisputeOutcome.LOST if subject.status == "lost" else DisputeOutcome.WON
