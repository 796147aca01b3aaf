"""What there is at a payment provider in memory."""

import attrs

from autodoctor.domain.revenue.bank_payout import PayoutStatus
from autodoctor.domain.shared.ids import AccountId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.payments import (
    CheckoutOrder,
    CheckoutStatus,
    ProviderRefund,
    ProviderReversal,
    RefundOrder,
    RefundStatus,
    ReversalOrder,
    TransferOrder,
)


@attrs.define
class Checkout:
    id: str
    order: CheckoutOrder
    status: CheckoutStatus = CheckoutStatus.OPEN
    payment_id: str | None = None
    charge_id: str | None = None
    received: Money | None = None


@attrs.define
class Charge:
    id: str
    payment_id: str
    checkout: Checkout
    refunded_minor: int = 0
    disputed: bool = False
    withdrawn_minor: int = 0
    """What the customer's bank took, while a dispute is open and after it is lost."""

    @property
    def at_hand_minor(self) -> int:
        return self.amount.minor - self.refunded_minor - self.withdrawn_minor

    @property
    def amount(self) -> Money:
        return self.checkout.received or self.checkout.order.amount

    @property
    def left_minor(self) -> int:
        return self.amount.minor - self.refunded_minor


@attrs.define
class Refund:
    """Without an `order` when somebody made it at the provider."""

    id: str
    order: RefundOrder | None
    charge: Charge
    amount: Money
    status: RefundStatus = RefundStatus.SUCCEEDED
    failure: str = ""

    @property
    def told(self) -> ProviderRefund:
        return ProviderRefund(
            id=self.id,
            status=self.status,
            amount=self.amount,
            refund_id=self.order.refund_id if self.order else None,
            failure=self.failure,
        )


@attrs.define
class Reversal:
    id: str
    transfer: "Transfer"
    amount: Money
    order: ReversalOrder | None = None

    @property
    def told(self) -> ProviderReversal:
        ours = self.order.reversal_id if self.order else None
        return ProviderReversal(id=self.id, amount=self.amount, reversal_id=ours)


@attrs.define
class Transfer:
    id: str
    order: TransferOrder
    reversed_minor: int = 0

    @property
    def left_minor(self) -> int:
        return self.order.amount.minor - self.reversed_minor


@attrs.define
class Payout:
    id: str
    account: str
    amount: Money
    status: PayoutStatus = PayoutStatus.PENDING
    failure: str = ""


@attrs.define
class Account:
    id: str
    account_id: AccountId
    ready: bool = False
