"""What happens to money, as far as others have to act on it."""

from uuid import UUID

import attrs

from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import CheckoutId, CustomerId, RefundId, SessionId, TransferId
from autodoctor.domain.shared.money import Money


@attrs.frozen
class NoticeReceived(Event):
    """The payment provider told us something; it is stored and waits to be handled."""

    notice_id: str


@attrs.frozen
class CheckoutPaid(Event):
    checkout_id: CheckoutId


@attrs.frozen
class PaymentDeclined(Event):
    checkout_id: CheckoutId
    customer_id: CustomerId


@attrs.frozen
class RefundDue(Event):
    refund_id: RefundId


@attrs.frozen
class RefundDone(Event):
    session_id: SessionId | None
    customer_id: CustomerId
    refund_id: RefundId
    amount: Money


@attrs.frozen
class TransferDue(Event):
    transfer_id: TransferId


@attrs.frozen
class TransferDone(Event):
    session_id: SessionId
    transfer_id: TransferId
    amount: Money


@attrs.frozen
class ReversalDue(Event):
    reversal_id: UUID


@attrs.frozen
class DisputeOpened(Event):
    session_id: SessionId | None
    amount: Money


@attrs.frozen
class DisputeClosed(Event):
    session_id: SessionId | None
    won: bool
