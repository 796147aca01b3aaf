"""`PaymentRecords` of a `PaymentWorld`."""

from collections.abc import Iterator

from autodoctor.adapters.memory.payment_objects import Charge
from autodoctor.adapters.memory.payment_world import PaymentWorld
from autodoctor.domain.shared.money import Money
from autodoctor.ports.payment_records import (
    ProviderCharge,
    ProviderDispute,
    ProviderPayout,
    ProviderTransferRecord,
)
from autodoctor.ports.payment_refusals import No, PaymentRefused
from autodoctor.ports.payments import ProviderRefund, ProviderReversal


class MemoryPaymentRecords:
    def __init__(self, world: PaymentWorld) -> None:
        self._world = world

    def refunds_of(self, payment_id: str, /) -> tuple[ProviderRefund, ...]:
        self._world.arrive()
        charge = self._world.charge_of(payment_id)
        return tuple(each.told for each in self._world.refunds.values() if each.charge is charge)

    def reversals_of(self, provider_transfer_id: str, /) -> tuple[ProviderReversal, ...]:
        self._world.arrive()
        if provider_transfer_id not in self._world.transfers:
            raise PaymentRefused(No.UNKNOWN_OBJECT, "")
        made = self._world.reversals.values()
        return tuple(each.told for each in made if each.transfer.id == provider_transfer_id)

    def payout(self, provider_account: str, payout_id: str, /) -> ProviderPayout:
        self._world.arrive()
        found = self._world.payouts.get(payout_id)
        if found is None or found.account != provider_account:
            raise PaymentRefused(No.UNKNOWN_OBJECT, "")
        return ProviderPayout(
            id=found.id, amount=found.amount, status=found.status, failure=found.failure
        )

    def dispute(self, dispute_id: str, /) -> ProviderDispute:
        self._world.arrive()
        if dispute_id not in self._world.disputes:
            raise PaymentRefused(No.UNKNOWN_OBJECT, "")
        return ProviderDispute(
            id=dispute_id,
            charge_id=self._world.disputes[dispute_id].id,
            amount=self._world.disputed_amounts[dispute_id],
            outcome=self._world.outcomes.get(dispute_id),
        )

    def charges(self) -> Iterator[ProviderCharge]:
        self._world.arrive()
        for charge in reversed(self._world.charges.values()):
            yield self._charge(charge)

    def _charge(self, charge: Charge) -> ProviderCharge:
        refunded = Money(charge.refunded_minor, charge.amount.currency)
        return ProviderCharge(
            id=charge.id,
            payment_id=charge.payment_id,
            checkout_id=charge.checkout.order.checkout_id,
            amount=charge.amount,
            refunded=refunded,
            withdrawn=Money(charge.withdrawn_minor, charge.amount.currency),
        )

    def transfers(self) -> Iterator[ProviderTransferRecord]:
        self._world.arrive()
        for each in reversed(self._world.transfers.values()):
            yield ProviderTransferRecord(
                id=each.id,
                transfer_id=each.order.transfer_id,
                charge_id=each.order.charge_id,
                amount=each.order.amount,
                reversed=Money(each.reversed_minor, each.order.amount.currency),
            )
