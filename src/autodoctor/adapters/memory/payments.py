"""`Payments` and `PayoutAccounts` in a `PaymentWorld`."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import attrs

from autodoctor.adapters.memory.payment_objects import Account, Charge, Checkout, Transfer
from autodoctor.adapters.memory.payment_world import PaymentWorld
from autodoctor.domain.shared.ids import AccountId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.payment_notices import NoticeKind, OurIds, ProviderIds
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
    ReversalOrder,
    TransferOrder,
)
from autodoctor.ports.payout_accounts import Missing, PayoutAccountState

ASKED = (Missing.IDENTITY, Missing.BUSINESS, Missing.BANK_ACCOUNT, Missing.TERMS)
"""What a new payout account is asked for."""

OPEN_MIN = timedelta(minutes=30)
OPEN_MAX = timedelta(hours=24)

Order = RefundOrder | TransferOrder | ReversalOrder
Result = TypeVar("Result")


@attrs.frozen
class Answer:
    """The order an id was used for, and what came of it."""

    order: object
    result: object


class MemoryPayments:
    def __init__(self, world: PaymentWorld) -> None:
        self._world = world

    def open_checkout(self, order: CheckoutOrder, /) -> OpenedCheckout:
        def make() -> OpenedCheckout:
            if not OPEN_MIN <= order.expires_at - self._world.clock() <= OPEN_MAX:
                raise PaymentRefused(No.OTHER, "")
            checkout = Checkout(self._world.new_id("checkout"), order)
            self._world.checkouts[checkout.id] = checkout
            return OpenedCheckout(checkout.id, f"https://pay.example/{checkout.id}")

        return self._once(("checkout", order.checkout_id), order, make)

    def find_checkout(self, provider_id: str, /) -> CheckoutState:
        self._world.arrive()
        checkout = self._world.checkouts.get(provider_id)
        if checkout is None:
            raise CheckoutUnknown(provider_id)
        return CheckoutState(
            provider_id=checkout.id,
            checkout_id=checkout.order.checkout_id,
            status=checkout.status,
            paid=checkout.status is CheckoutStatus.COMPLETE,
            payment_id=checkout.payment_id,
            charge_id=checkout.charge_id,
            amount=checkout.order.amount,
            received=self._received(checkout),
        )

    def _received(self, checkout: Checkout) -> Money | None:
        charge_id = checkout.charge_id
        return None if charge_id is None else self._world.charges[charge_id].amount

    def expire_checkout(self, provider_id: str, /) -> CheckoutState:
        if self.find_checkout(provider_id).status is CheckoutStatus.OPEN:
            self._world.expire(provider_id)
        return self.find_checkout(provider_id)

    def refund(self, order: RefundOrder, /) -> ProviderRefund:
        self._world.arrive()
        for refund in self._world.refunds.values() if order.maybe_made else ():
            if refund.order is not None and _same(refund.order, order):
                return refund.told
        key = ("refund", order.refund_id, order.attempt)
        return self._once(key, order, lambda: self._refund(order))

    def transfer(self, order: TransferOrder, /) -> ProviderTransfer:
        self._world.arrive()
        for transfer in self._world.transfers.values() if order.maybe_made else ():
            if _same(transfer.order, order):
                return ProviderTransfer(transfer.id)
        key = ("transfer", order.transfer_id, order.attempt)
        return self._once(key, order, lambda: self._transfer(order))

    def reverse_transfer(self, order: ReversalOrder, /) -> ProviderReversal:
        self._world.arrive()
        for reversal in self._world.reversals.values() if order.maybe_made else ():
            if reversal.order is not None and _same(reversal.order, order):
                return reversal.told
        key = ("reversal", order.reversal_id, order.attempt)
        return self._once(key, order, lambda: self._reverse(order))

    def _once(self, key: object, order: object, make: Callable[[], Result]) -> Result:
        """Answers as the first time; a refusal is an answer too."""
        self._world.arrive()
        answer = self._world.answers.get(key)
        if not isinstance(answer, Answer):
            try:
                answer = Answer(_plain(order), make())
            except PaymentRefused as refused:
                answer = Answer(_plain(order), refused)
            self._world.answers[key] = answer
        elif answer.order != _plain(order):
            raise PaymentRefused(No.OTHER_ORDER_SAME_ID, "")
        self._world.leave()
        if isinstance(answer.result, PaymentRefused):
            raise PaymentRefused(answer.result.because, answer.result.code)
        result: Result = answer.result  # type: ignore[assignment]
        return result

    def _refund(self, order: RefundOrder) -> ProviderRefund:
        charge = self._world.charge_of(order.payment_id)
        if charge.disputed:
            raise PaymentRefused(No.DISPUTED, "")
        if charge.refunded_minor == charge.amount.minor:
            raise PaymentRefused(No.ALREADY_REFUNDED, "")
        if charge.refunded_minor + order.amount.minor > charge.amount.minor:
            raise PaymentRefused(No.TOO_MUCH, "")
        return self._world.add_refund(charge, order.amount, order).told

    def _transfer(self, order: TransferOrder) -> ProviderTransfer:
        account = _known(self._world.accounts, order.account)
        charge = _known(self._world.charges, order.charge_id)
        if not account.ready:
            raise PaymentRefused(No.ACCOUNT_NOT_READY, "")
        if self._transferred(charge) + order.amount.minor > charge.amount.minor:
            raise PaymentRefused(No.TOO_MUCH, "")
        transfer = Transfer(self._world.new_id("transfer"), order)
        self._world.transfers[transfer.id] = transfer
        self._tell(NoticeKind.TRANSFER_CREATED, transfer, order.amount)
        return ProviderTransfer(transfer.id)

    def _transferred(self, charge: Charge) -> int:
        return sum(
            transfer.order.amount.minor - transfer.reversed_minor
            for transfer in self._world.transfers.values()
            if transfer.order.charge_id == charge.id
        )

    def _reverse(self, order: ReversalOrder) -> ProviderReversal:
        transfer = _known(self._world.transfers, order.provider_transfer_id)
        if transfer.reversed_minor + order.amount.minor > transfer.order.amount.minor:
            raise PaymentRefused(No.TOO_MUCH, "")
        if self._world.balance_of(transfer.order.account) < order.amount.minor:
            raise PaymentRefused(No.BALANCE_TOO_LOW, "balance_insufficient")
        return self._world.add_reversal(transfer, order.amount, order).told

    def _tell(self, kind: NoticeKind, transfer: Transfer, amount: Money) -> None:
        self._world.notices.post(
            kind,
            provider=ProviderIds(transfer=transfer.id),
            ours=OurIds(transfer=transfer.order.transfer_id),
            amount=amount,
        )


class MemoryPayoutAccounts:
    def __init__(self, world: PaymentWorld) -> None:
        self._world = world

    def create(self, *, account_id: AccountId, email: str, country: str) -> str:
        self._world.arrive()
        key = ("account", account_id)
        answer = Answer((email, country), self._world.new_id("account"))
        known = self._world.answers.setdefault(key, answer)
        assert isinstance(known, Answer)
        if known.order != answer.order:
            raise PaymentRefused(No.OTHER_ORDER_SAME_ID, "")
        provider_id = str(known.result)
        self._world.accounts.setdefault(provider_id, Account(provider_id, account_id))
        return provider_id

    def onboarding_link(self, *, provider_account: str, return_url: str, refresh_url: str) -> str:
        self._world.arrive()
        _known(self._world.accounts, provider_account)
        link = self._world.new_id("link")
        return f"https://pay.example/onboard/{link}?return={return_url}&refresh={refresh_url}"

    def state(self, provider_account: str, /) -> PayoutAccountState:
        self._world.arrive()
        ready = _known(self._world.accounts, provider_account).ready
        return PayoutAccountState(ready=ready, missing=() if ready else ASKED)


def _known(objects: dict[str, Result], object_id: str) -> Result:
    if object_id not in objects:
        raise PaymentRefused(No.UNKNOWN_OBJECT, "")
    return objects[object_id]


def _same(made: Order, wanted: Order) -> bool:
    """Whether it has the same id of ours; raises when it does and is of another amount."""
    if _id(made) != _id(wanted):
        return False
    if made.amount != wanted.amount:
        raise PaymentRefused(No.OTHER_ORDER_SAME_ID, "")
    return True


def _id(order: Order) -> object:
    match order:
        case RefundOrder():
            return order.refund_id
        case TransferOrder():
            return order.transfer_id
        case ReversalOrder():
            return order.reversal_id


def _plain(order: object) -> object:
    """The order without what may differ from one try to the next."""
    if isinstance(order, RefundOrder | TransferOrder | ReversalOrder):
        return attrs.evolve(order, maybe_made=False)
    return order
