"""What happens to money, as far as others have to act on it."""

from uuid import UUID

import attrs

from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import CheckoutId, CustomerId, RefundId, SessionId, TransferId
from autodoctor.domain.shared.money import Money


@attrs.frozen
class MoneyNews(Event):
    """Money that failed, or moved without us, which people have to hear of."""


@attrs.frozen
class NoticeReceived(Event):
    """The payment provider told us something; it is stored and waits to be handled."""

    notice_id: str


@attrs.frozen
class CheckoutPaid(Event):
    checkout_id: CheckoutId


@attrs.frozen
class PaymentNews(Event):
    """What became of a customer's try to pay."""

    checkout_id: CheckoutId


@attrs.frozen
class PaymentDeclined(PaymentNews):
    customer_id: CustomerId


@attrs.frozen
class PaymentFulfilled(PaymentNews):
    """The money is in, and the session it paid for exists."""

    session_id: SessionId


@attrs.frozen
class PaymentReturned(PaymentNews):
    """The money is in and goes back, because no session came of it."""

    reason: str


@attrs.frozen
class RefundDue(Event):
    refund_id: RefundId


@attrs.frozen
class RefundDone(Event):
    """`announced` when the customer was written about it before: then there is no second mail."""

    session_id: SessionId | None
    customer_id: CustomerId
    refund_id: RefundId
    amount: Money
    announced: bool = False


@attrs.frozen
class RefundedAtProvider(MoneyNews):
    """Staff or a bank refunded a payment at the provider; `called_off` when its session has ended
    because of that."""

    session_id: SessionId | None
    customer_id: CustomerId
    refund_id: RefundId
    amount: Money
    called_off: bool


@attrs.frozen
class RefundFailed(MoneyNews):
    """The money did not reach the customer; it is still theirs."""

    session_id: SessionId | None
    customer_id: CustomerId
    refund_id: RefundId
    amount: Money


@attrs.frozen
class RefundSettled(MoneyNews):
    """A refund that failed was paid in another way; `note` says to the customer how."""

    session_id: SessionId | None
    customer_id: CustomerId
    amount: Money
    note: str
    refund_id: RefundId | None = None


@attrs.frozen
class EarningsReduced(MoneyNews):
    """Money of a session went back to the customer, at the provider or by a lost dispute: the
    payee earns `amount` less, and `left` in all. Before the session has ended, that is what they
    would earn. `called_off` when it has ended because of that."""

    session_id: SessionId
    account: str
    owner_id: UUID
    amount: Money
    left: Money | None = None
    called_off: bool = False
    disputed: bool = False


@attrs.frozen
class PayoutFailed(MoneyNews):
    """Their own bank sent somebody's payout back."""

    account: str
    owner_id: UUID
    payout_id: UUID
    amount: Money


@attrs.frozen
class MoneyIssueOpened(MoneyNews):
    """Staff have to look at something."""

    session_id: SessionId | None
    issue_id: UUID
    kind: str
    amount: Money
    customer_id: CustomerId | None = None


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
class DisputeOpened(MoneyNews):
    session_id: SessionId | None
    amount: Money


@attrs.frozen
class DisputeClosed(MoneyNews):
    """`won` is for us: the payment stands; else the bank gave `amount` back to the customer.
    `refunding` when a refund of ours waited for it and is made now; `called_off` when the session
    has ended because of that. Without an amount nobody is told."""

    session_id: SessionId | None
    won: bool
    customer_id: CustomerId | None = None
    amount: Money | None = None
    refunding: bool = False
    called_off: bool = False
