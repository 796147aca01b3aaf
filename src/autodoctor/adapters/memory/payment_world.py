"""The world of a payment provider in memory: what there is, and what tests make happen.

Objects are numbered ("checkout_1"), and everything that happens posts a notice.
"""

from collections.abc import Callable
from datetime import datetime

import attrs

from autodoctor.adapters.memory.payment_notices import MemoryPaymentNotices
from autodoctor.domain.shared.ids import AccountId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.payment_notices import DisputeOutcome, NoticeKind, OurIds, ProviderIds
from autodoctor.ports.payment_refusals import No, Outage, PaymentRefused, PaymentsUnavailable
from autodoctor.ports.payments import (
    CheckoutOrder,
    CheckoutStatus,
    RefundOrder,
    RefundStatus,
    TransferOrder,
)


@attrs.define
class Checkout:
    id: str
    order: CheckoutOrder
    status: CheckoutStatus = CheckoutStatus.OPEN
    payment_id: str | None = None
    charge_id: str | None = None


@attrs.define
class Charge:
    id: str
    payment_id: str
    checkout: Checkout
    refunded_minor: int = 0
    disputed: bool = False

    @property
    def amount(self) -> Money:
        return self.checkout.order.amount


@attrs.define
class Refund:
    id: str
    order: RefundOrder
    charge: Charge
    status: RefundStatus = RefundStatus.SUCCEEDED


@attrs.define
class Transfer:
    id: str
    order: TransferOrder
    reversed_minor: int = 0


@attrs.define
class Account:
    id: str
    account_id: AccountId
    ready: bool = False


class PaymentWorld:
    """Shared by the ports in memory; its methods are what people, banks and the net do."""

    def __init__(self, *, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.notices = MemoryPaymentNotices(clock=clock)
        self.checkouts: dict[str, Checkout] = {}
        self.charges: dict[str, Charge] = {}
        self.refunds: dict[str, Refund] = {}
        self.transfers: dict[str, Transfer] = {}
        self.accounts: dict[str, Account] = {}
        self.disputes: dict[str, Charge] = {}
        self.outcomes: dict[str, DisputeOutcome] = {}
        self.answers: dict[object, object] = {}
        self._outage: Outage | None = None
        self._answers_to_lose = 0
        self._numbers = 0

    def new_id(self, kind: str) -> str:
        self._numbers += 1
        return f"{kind}_{self._numbers}"

    def pay(self, provider_id: str) -> None:
        """The customer pays an open checkout."""
        checkout = self.checkouts[provider_id]
        assert checkout.status is CheckoutStatus.OPEN, "only an open checkout can be paid"
        charge = Charge(self.new_id("charge"), self._payment_of(checkout), checkout)
        self.charges[charge.id] = charge
        checkout.status, checkout.charge_id = CheckoutStatus.COMPLETE, charge.id
        self._tell_checkout(NoticeKind.PAYMENT_SUCCEEDED, checkout, paid=True)
        self._tell_checkout(NoticeKind.CHECKOUT_COMPLETED, checkout, paid=True)

    def decline(self, provider_id: str) -> None:
        """The bank declines the customer's card; the checkout stays open."""
        checkout = self.checkouts[provider_id]
        self._payment_of(checkout)
        self._tell_checkout(NoticeKind.PAYMENT_FAILED, checkout)

    def expire(self, provider_id: str) -> None:
        checkout = self.checkouts[provider_id]
        assert checkout.status is CheckoutStatus.OPEN, "only an open checkout can expire"
        checkout.status = CheckoutStatus.EXPIRED
        self._tell_checkout(NoticeKind.CHECKOUT_EXPIRED, checkout)

    def set_ready(self, provider_account: str, *, ready: bool = True) -> None:
        account = self.accounts[provider_account]
        account.ready = ready
        self.notices.post(
            NoticeKind.ACCOUNT_UPDATED,
            provider=ProviderIds(account=account.id),
            ours=OurIds(account=account.account_id),
        )

    def fail_refund(self, refund_id: str) -> None:
        """The customer's bank sends the refund back."""
        refund = self.refunds[refund_id]
        refund.status = RefundStatus.FAILED
        refund.charge.refunded_minor -= refund.order.amount.minor
        self.notices.post(
            NoticeKind.REFUND_FAILED,
            provider=ProviderIds(
                refund=refund.id, payment=refund.charge.payment_id, charge=refund.charge.id
            ),
            ours=OurIds(refund=refund.order.refund_id),
            amount=refund.order.amount,
            refund_status=refund.status,
        )

    def open_dispute(self, charge_id: str) -> str:
        """The customer's bank takes the charge back; the dispute's id."""
        charge = self.charges[charge_id]
        charge.disputed = True
        dispute_id = self.new_id("dispute")
        self.disputes[dispute_id] = charge
        self._tell_dispute(NoticeKind.DISPUTE_OPENED, dispute_id)
        return dispute_id

    def close_dispute(self, dispute_id: str, outcome: DisputeOutcome) -> None:
        """A charge that was won may be refunded again, one that was lost never."""
        assert dispute_id in self.open_disputes, "a dispute is decided once"
        self.disputes[dispute_id].disputed = outcome is DisputeOutcome.LOST
        self.outcomes[dispute_id] = outcome
        self._tell_dispute(NoticeKind.DISPUTE_CLOSED, dispute_id, outcome=outcome)

    @property
    def open_disputes(self) -> tuple[str, ...]:
        """Undecided, oldest first."""
        return tuple(each for each in self.disputes if each not in self.outcomes)

    def cash_of(self, provider_id: str) -> int:
        """In minor units, what there is now of a checkout's money; banks hold what is disputed."""
        charge_id = self.checkouts[provider_id].charge_id
        if charge_id is None:
            return 0
        charge = self.charges[charge_id]
        paid_out = sum(
            each.order.amount.minor - each.reversed_minor
            for each in self.transfers.values()
            if each.order.charge_id == charge_id
        )
        left = charge.amount.minor - charge.refunded_minor
        return (0 if charge.disputed else left) - paid_out

    def go_down(self, outage: Outage = Outage.UNREACHABLE) -> None:
        """No call is answered, and none is carried out, until `come_back`."""
        self._outage = outage

    def come_back(self) -> None:
        self._outage = None

    def lose_next_answer(self) -> None:
        """The next call is carried out, and looks as if it had failed."""
        self._answers_to_lose = 1

    def forget_keys(self) -> None:
        """A day passes: the provider no longer knows which orders it has had."""
        self.answers.clear()

    def arrive(self) -> None:
        """A call comes in."""
        if self._outage is not None:
            raise PaymentsUnavailable(self._outage)

    def leave(self) -> None:
        """A call's answer goes out."""
        if self._answers_to_lose:
            self._answers_to_lose -= 1
            raise PaymentsUnavailable(Outage.FAILING)

    def charge_of(self, payment_id: str) -> Charge:
        for charge in self.charges.values():
            if charge.payment_id == payment_id:
                return charge
        raise PaymentRefused(No.UNKNOWN_OBJECT, "")

    def _payment_of(self, checkout: Checkout) -> str:
        """Made at the first try to pay, as providers do."""
        checkout.payment_id = checkout.payment_id or self.new_id("payment")
        return checkout.payment_id

    def _tell_checkout(self, kind: NoticeKind, checkout: Checkout, *, paid: bool = False) -> None:
        of_payment = kind in {NoticeKind.PAYMENT_SUCCEEDED, NoticeKind.PAYMENT_FAILED}
        self.notices.post(
            kind,
            provider=ProviderIds(
                checkout=None if of_payment else checkout.id,
                payment=checkout.payment_id,
                charge=checkout.charge_id if of_payment else None,
            ),
            ours=OurIds(checkout=checkout.order.checkout_id),
            amount=checkout.order.amount,
            paid=paid,
        )

    def _tell_dispute(
        self, kind: NoticeKind, dispute_id: str, *, outcome: DisputeOutcome | None = None
    ) -> None:
        charge = self.disputes[dispute_id]
        self.notices.post(
            kind,
            provider=ProviderIds(dispute=dispute_id, charge=charge.id, payment=charge.payment_id),
            ours=OurIds(),
            amount=charge.amount - Money(charge.refunded_minor, charge.amount.currency),
            outcome=outcome,
        )
