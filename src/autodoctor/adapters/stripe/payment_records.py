"""`PaymentRecords` by Stripe: its own objects, asked for anew each time."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from autodoctor.adapters.stripe.faults import translated
from autodoctor.adapters.stripe.ids import our_id
from autodoctor.adapters.stripe.payments import PAGE_SIZE, plain, refund_of, reversal_of
from autodoctor.domain.revenue.bank_payout import PayoutStatus
from autodoctor.domain.shared.ids import CheckoutId, TransferId
from autodoctor.domain.shared.money import Currency, Money
from autodoctor.ports.payment_notices import DisputeOutcome
from autodoctor.ports.payment_records import (
    ProviderCharge,
    ProviderDispute,
    ProviderPayout,
    ProviderTransferRecord,
)
from autodoctor.ports.payments import ProviderRefund, ProviderReversal

if TYPE_CHECKING:
    from stripe import Charge, Dispute, StripeClient, Transfer

PAYOUT_STATUSES = {
    "paid": PayoutStatus.PAID,
    "failed": PayoutStatus.FAILED,
    "canceled": PayoutStatus.CANCELED,
}
TAKEN = frozenset({"needs_response", "under_review", "lost"})
"""Disputes in which the customer's bank has the money; inquiries and won ones are not."""


OUTCOMES = {"won": DisputeOutcome.WON, "lost": DisputeOutcome.LOST}


class StripePaymentRecords:
    def __init__(self, client: "StripeClient") -> None:
        self._stripe = client.v1

    def refunds_of(self, payment_id: str, /) -> tuple[ProviderRefund, ...]:
        with translated():
            found = self._stripe.refunds.list({"payment_intent": payment_id, "limit": PAGE_SIZE})
            return tuple(map(refund_of, found.auto_paging_iter()))[::-1]

    def reversals_of(self, provider_transfer_id: str, /) -> tuple[ProviderReversal, ...]:
        with translated():
            found = self._stripe.transfers.reversals.list(
                provider_transfer_id, {"limit": PAGE_SIZE}
            )
            return tuple(map(reversal_of, found.auto_paging_iter()))[::-1]

    def payout(self, provider_account: str, payout_id: str, /) -> ProviderPayout:
        with translated():
            found = self._stripe.payouts.retrieve(
                payout_id, options={"stripe_account": provider_account}
            )
        return ProviderPayout(
            id=found.id,
            amount=Money(found.amount, Currency(found.currency)),
            status=PAYOUT_STATUSES.get(found.status, PayoutStatus.PENDING),
            failure=found.failure_code or "",
        )

    def dispute(self, dispute_id: str, /) -> ProviderDispute:
        with translated():
            found = self._stripe.disputes.retrieve(dispute_id)
        return ProviderDispute(
            id=found.id,
            charge_id=_charge_of(found),
            amount=Money(found.amount, Currency(found.currency)),
            outcome=OUTCOMES.get(found.status),
        )

    def charges(self) -> Iterator[ProviderCharge]:
        with translated():
            disputes = self._stripe.disputes.list({"limit": PAGE_SIZE}).auto_paging_iter()
            withdrawn = Counter[str]()
            for each in disputes:
                if each.status in TAKEN:
                    withdrawn[_charge_of(each)] += each.amount
            for charge in self._stripe.charges.list({"limit": PAGE_SIZE}).auto_paging_iter():
                if charge.paid:
                    yield _charge(charge, withdrawn[charge.id])

    def transfers(self) -> Iterator[ProviderTransferRecord]:
        with translated():
            for transfer in self._stripe.transfers.list({"limit": PAGE_SIZE}).auto_paging_iter():
                yield _transfer(transfer)


def _charge_of(dispute: "Dispute") -> str:
    charge = dispute.charge
    return charge if isinstance(charge, str) else charge.id


def _charge(charge: "Charge", withdrawn_minor: int) -> ProviderCharge:
    ours = our_id(plain(charge.metadata), "checkout_id")
    intent = charge.payment_intent
    currency = Currency(charge.currency)
    return ProviderCharge(
        id=charge.id,
        payment_id=intent if isinstance(intent, str) else intent.id if intent else "",
        checkout_id=CheckoutId(ours) if ours else None,
        amount=Money(charge.amount_captured, currency),
        refunded=Money(charge.amount_refunded, currency),
        withdrawn=Money(withdrawn_minor, currency),
    )


def _transfer(transfer: "Transfer") -> ProviderTransferRecord:
    ours = our_id(plain(transfer.metadata), "transfer_id")
    source = transfer.source_transaction
    return ProviderTransferRecord(
        id=transfer.id,
        transfer_id=TransferId(ours) if ours else None,
        charge_id=source if isinstance(source, str) or source is None else source.id,
        amount=Money(transfer.amount, Currency(transfer.currency)),
        reversed=Money(transfer.amount_reversed, Currency(transfer.currency)),
    )
