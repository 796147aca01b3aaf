"""What the payment provider has on record: asked for what is true now, whatever notices said."""

from collections.abc import Iterator
from typing import Protocol

import attrs

from autodoctor.domain.revenue.bank_payout import PayoutStatus
from autodoctor.domain.shared.ids import CheckoutId, TransferId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.payment_notices import DisputeOutcome
from autodoctor.ports.payments import ProviderRefund, ProviderReversal


@attrs.frozen(kw_only=True)
class ProviderPayout:
    """Money on its way from a payout account to its owner's bank. `failure` is the provider's
    word for why it failed."""

    id: str
    amount: Money
    status: PayoutStatus
    failure: str = ""


@attrs.frozen(kw_only=True)
class ProviderCharge:
    """A payment that went through. `refunded` is all that is refunded or on its way back now;
    `withdrawn` is what the customer's bank has taken back in a dispute that is open or lost."""

    id: str
    payment_id: str
    checkout_id: CheckoutId | None
    amount: Money
    refunded: Money
    withdrawn: Money


@attrs.frozen(kw_only=True)
class ProviderTransferRecord:
    """`reversed` is all that was taken back."""

    id: str
    transfer_id: TransferId | None
    charge_id: str | None
    amount: Money
    reversed: Money


@attrs.frozen(kw_only=True)
class ProviderDispute:
    """A charge that its customer's bank takes back; `outcome` is None until it is decided."""

    id: str
    charge_id: str
    amount: Money
    outcome: DisputeOutcome | None


class PaymentRecords(Protocol):
    """Every method raises `PaymentsUnavailable`, and `PaymentRefused` for a definite no. The
    ids asked for are the provider's own."""

    def refunds_of(self, payment_id: str, /) -> tuple[ProviderRefund, ...]:
        """All refunds of a payment, whoever made them, oldest first; failed ones, too."""

    def reversals_of(self, provider_transfer_id: str, /) -> tuple[ProviderReversal, ...]:
        """All that was taken back of a transfer, whoever did it, oldest first."""

    def payout(self, provider_account: str, payout_id: str, /) -> ProviderPayout: ...

    def dispute(self, dispute_id: str, /) -> ProviderDispute: ...

    def charges(self) -> Iterator[ProviderCharge]:
        """Every payment that went through, newest first."""

    def transfers(self) -> Iterator[ProviderTransferRecord]:
        """Every transfer, newest first."""
