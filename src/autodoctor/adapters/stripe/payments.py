"""`Payments` by Stripe: separate charges and transfers.

Our ids travel in the metadata, and make the idempotency keys. Stripe keeps the answer to a
key for a day, refusals included, hence the attempt in it.
"""

from typing import TYPE_CHECKING
from uuid import UUID

from autodoctor.adapters.stripe.faults import translated
from autodoctor.adapters.stripe.ids import our_id
from autodoctor.adapters.stripe.orders import checkout_params, refund_params, transfer_params
from autodoctor.domain.revenue.ids import ReversalId
from autodoctor.domain.shared.ids import CheckoutId, RefundId
from autodoctor.domain.shared.money import Currency, Money
from autodoctor.ports.payment_refusals import CheckoutUnknown, No, PaymentRefused
from autodoctor.ports.payments import (
    CheckoutOrder,
    CheckoutState,
    CheckoutStatus,
    OpenedCheckout,
    ProviderRefund,
    ProviderReversal,
    ProviderTransfer,
    RefundOrder,
    RefundStatus,
    ReversalOrder,
    TransferOrder,
)

if TYPE_CHECKING:
    from stripe import Refund, StripeClient, StripeObject, Transfer, TransferReversal
    from stripe.checkout import Session

PAGE_SIZE = 100
REFUND_STATUSES = {
    "pending": RefundStatus.PENDING,
    "requires_action": RefundStatus.PENDING,
    "succeeded": RefundStatus.SUCCEEDED,
    "failed": RefundStatus.FAILED,
    "canceled": RefundStatus.FAILED,
}


class StripePayments:
    def __init__(self, client: "StripeClient") -> None:
        self._stripe = client.v1

    def open_checkout(self, order: CheckoutOrder, /) -> OpenedCheckout:
        with translated():
            session = self._stripe.checkout.sessions.create(
                checkout_params(order),
                {"idempotency_key": f"checkout-{order.checkout_id}"},
            )
        assert session.url is not None, "a hosted checkout has a page"
        return OpenedCheckout(session.id, session.url)

    def find_checkout(self, provider_id: str, /) -> CheckoutState:
        if not provider_id.startswith("cs_"):
            raise CheckoutUnknown(provider_id)
        try:
            with translated():
                session = self._stripe.checkout.sessions.retrieve(
                    provider_id, {"expand": ["payment_intent"]}
                )
        except PaymentRefused as refused:
            if refused.because is No.UNKNOWN_OBJECT:
                raise CheckoutUnknown(provider_id) from refused
            raise
        return _state(session)

    def expire_checkout(self, provider_id: str, /) -> CheckoutState:
        """Stripe refuses to expire what is not open; the state tells why."""
        try:
            with translated():
                self._stripe.checkout.sessions.expire(provider_id)
        except PaymentRefused:
            state = self.find_checkout(provider_id)
            if state.status is CheckoutStatus.OPEN:
                raise
            return state
        return self.find_checkout(provider_id)

    def refund(self, order: RefundOrder, /) -> ProviderRefund:
        with translated():
            refund = self._earlier_refund(order) if order.maybe_made else None
            if refund is None:
                key = f"refund-{order.refund_id}-{order.attempt}"
                refund = self._stripe.refunds.create(refund_params(order), {"idempotency_key": key})
        return refund_of(refund)

    def transfer(self, order: TransferOrder, /) -> ProviderTransfer:
        with translated():
            transfer = self._earlier_transfer(order) if order.maybe_made else None
            if transfer is None:
                transfer = self._stripe.transfers.create(
                    transfer_params(order),
                    {"idempotency_key": f"transfer-{order.transfer_id}-{order.attempt}"},
                )
        return ProviderTransfer(transfer.id)

    def reverse_transfer(self, order: ReversalOrder, /) -> ProviderReversal:
        with translated():
            reversal = self._earlier_reversal(order) if order.maybe_made else None
            if reversal is None:
                reversal = self._stripe.transfers.reversals.create(
                    order.provider_transfer_id,
                    {
                        "amount": order.amount.minor,
                        "metadata": {"reversal_id": str(order.reversal_id)},
                    },
                    {"idempotency_key": f"reversal-{order.reversal_id}-{order.attempt}"},
                )
        return reversal_of(reversal)

    def _earlier_refund(self, order: RefundOrder) -> "Refund | None":
        found = self._stripe.refunds.list({"payment_intent": order.payment_id, "limit": PAGE_SIZE})
        for refund in found.auto_paging_iter():
            if _is(refund, "refund_id", order.refund_id, order.amount):
                return refund
        return None

    def _earlier_transfer(self, order: TransferOrder) -> "Transfer | None":
        found = self._stripe.transfers.list(
            {"transfer_group": order.transfer_group, "limit": PAGE_SIZE}
        )
        for transfer in found.auto_paging_iter():
            if _is(transfer, "transfer_id", order.transfer_id, order.amount):
                return transfer
        return None

    def _earlier_reversal(self, order: ReversalOrder) -> "TransferReversal | None":
        found = self._stripe.transfers.reversals.list(
            order.provider_transfer_id, {"limit": PAGE_SIZE}
        )
        for reversal in found.auto_paging_iter():
            if _is(reversal, "reversal_id", order.reversal_id, order.amount):
                return reversal
        return None


def _is(
    made: "Refund | Transfer | TransferReversal", name: str, wanted: UUID, amount: Money
) -> bool:
    """Whether it carries our id; raises when it does and is of another amount."""
    if our_id(plain(made.metadata), name) != wanted:
        return False
    if (made.amount, made.currency) != (amount.minor, amount.currency):
        raise PaymentRefused(No.OTHER_ORDER_SAME_ID, "")
    return True


def refund_of(refund: "Refund") -> ProviderRefund:
    """A status that is new to us is one that is not final yet."""
    ours = our_id(plain(refund.metadata), "refund_id")
    return ProviderRefund(
        id=refund.id,
        status=REFUND_STATUSES.get(refund.status or "", RefundStatus.PENDING),
        amount=Money(refund.amount, Currency(refund.currency)),
        refund_id=RefundId(ours) if ours else None,
        failure=(refund.failure_reason if "failure_reason" in refund else None) or "",
    )


def reversal_of(reversal: "TransferReversal") -> ProviderReversal:
    ours = our_id(plain(reversal.metadata), "reversal_id")
    return ProviderReversal(
        id=reversal.id,
        amount=Money(reversal.amount, Currency(reversal.currency)),
        reversal_id=ReversalId(ours) if ours else None,
    )


def plain(metadata: "StripeObject | None") -> dict[str, str] | None:
    return None if metadata is None else dict(metadata.to_dict())


def _state(session: "Session") -> CheckoutState:
    intent = session.payment_intent
    assert not isinstance(intent, str), "the payment intent was asked for"
    paid = session.payment_status == "paid"
    received = Money(intent.amount_received, Currency(intent.currency)) if intent and paid else None
    charge = intent.latest_charge if intent and paid else None
    ours = our_id(plain(session.metadata), "checkout_id")
    return CheckoutState(
        provider_id=session.id,
        checkout_id=CheckoutId(ours) if ours else None,
        status=CheckoutStatus(session.status or "open"),
        paid=paid,
        payment_id=intent.id if intent else None,
        charge_id=charge if isinstance(charge, str) or charge is None else charge.id,
        amount=Money(session.amount_total or 0, Currency(session.currency or "")),
        received=received,
    )
