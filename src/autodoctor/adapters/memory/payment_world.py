"""The world of a payment provider in memory: what there is, and what tests make happen.

Objects are numbered ("checkout_1"), and everything that happens posts a notice.
"""

from collections.abc import Callable
from datetime import datetime

from autodoctor.adapters.memory.payment_notices import MemoryPaymentNotices
from autodoctor.adapters.memory.payment_objects import (
    Account,
    Charge,
    Checkout,
    Payout,
    Refund,
    Reversal,
    Transfer,
)
from autodoctor.domain.revenue.bank_payout import PayoutStatus
from autodoctor.domain.shared.money import Money
from autodoctor.ports.payment_notices import DisputeOutcome, NoticeKind, OurIds, ProviderIds
from autodoctor.ports.payment_refusals import No, Outage, PaymentRefused, PaymentsUnavailable
from autodoctor.ports.payments import (
    CheckoutStatus,
    RefundOrder,
    RefundStatus,
    ReversalOrder,
)


class PaymentWorld:
    """Shared by the ports in memory; its methods are what people, banks and the net do."""

    def __init__(self, *, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.notices = MemoryPaymentNotices(clock=clock)
        self.checkouts: dict[str, Checkout] = {}
        self.charges: dict[str, Charge] = {}
        self.refunds: dict[str, Refund] = {}
        self.transfers: dict[str, Transfer] = {}
        self.reversals: dict[str, Reversal] = {}
        self.payouts: dict[str, Payout] = {}
        self.accounts: dict[str, Account] = {}
        self.disputes: dict[str, Charge] = {}
        self.disputed_amounts: dict[str, Money] = {}
        self.outcomes: dict[str, DisputeOutcome] = {}
        self.answers: dict[object, object] = {}
        self._outage: Outage | None = None
        self._answers_to_lose = 0
        self._slow_refunds = False
        self._numbers = 0

    def new_id(self, kind: str) -> str:
        self._numbers += 1
        return f"{kind}_{self._numbers}"

    def pay(self, provider_id: str, *, received: Money | None = None) -> None:
        """The customer pays an open checkout; as much as it asks for, unless told otherwise."""
        checkout = self.checkouts[provider_id]
        checkout.received = received
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

    def slow_down_refunds(self, *, slow: bool = True) -> None:
        """From now on refunds are pending, until somebody lets them arrive or fail."""
        self._slow_refunds = slow

    def add_refund(self, charge: Charge, amount: Money, order: RefundOrder | None) -> Refund:
        charge.refunded_minor += amount.minor
        refund = Refund(self.new_id("refund"), order, charge, amount)
        if self._slow_refunds:
            refund.status = RefundStatus.PENDING
        self.refunds[refund.id] = refund
        self._tell_refund(NoticeKind.REFUND_CREATED, refund)
        self.notices.post(
            NoticeKind.CHARGE_REFUNDED,
            provider=ProviderIds(payment=charge.payment_id, charge=charge.id),
            ours=OurIds(checkout=charge.checkout.order.checkout_id),
            amount=Money(charge.refunded_minor, charge.amount.currency),
        )
        return refund

    def refund_at_provider(self, charge_id: str, amount: Money | None = None) -> str:
        """Somebody gives money back on the provider's own pages, all that is left unless told
        otherwise; the refund's id."""
        charge = self.charges[charge_id]
        left = charge.amount.minor - charge.refunded_minor
        wanted = amount or Money(left, charge.amount.currency)
        assert 0 < wanted.minor <= left, "no more than is left"
        assert not charge.disputed, "what is disputed is not refunded"
        return self.add_refund(charge, wanted, None).id

    def let_refund_arrive(self, refund_id: str) -> None:
        refund = self.refunds[refund_id]
        assert refund.status is RefundStatus.PENDING, "only what is pending arrives"
        refund.status = RefundStatus.SUCCEEDED
        self._tell_refund(NoticeKind.REFUND_UPDATED, refund)

    def fail_refund(self, refund_id: str, *, why: str = "lost_or_stolen_card") -> None:
        """The customer's bank sends the refund back."""
        refund = self.refunds[refund_id]
        assert refund.status is not RefundStatus.FAILED, "it fails once"
        refund.status, refund.failure = RefundStatus.FAILED, why
        refund.charge.refunded_minor -= refund.amount.minor
        self._tell_refund(NoticeKind.REFUND_UPDATED, refund)
        self._tell_refund(NoticeKind.REFUND_FAILED, refund)

    def add_reversal(
        self, transfer: Transfer, amount: Money, order: ReversalOrder | None
    ) -> Reversal:
        transfer.reversed_minor += amount.minor
        reversal = Reversal(self.new_id("reversal"), transfer, amount, order)
        self.reversals[reversal.id] = reversal
        self.notices.post(
            NoticeKind.TRANSFER_REVERSED,
            provider=ProviderIds(transfer=transfer.id),
            ours=OurIds(transfer=transfer.order.transfer_id),
            amount=Money(transfer.reversed_minor, amount.currency),
        )
        return reversal

    def reverse_at_provider(self, transfer_id: str, amount: Money) -> None:
        """Somebody takes a transfer back on the provider's own pages."""
        transfer = self.transfers[transfer_id]
        left = transfer.order.amount.minor - transfer.reversed_minor
        assert 0 < amount.minor <= left, "no more than is left"
        self.add_reversal(transfer, amount, None)

    def pay_out(self, account: str, amount: Money) -> str:
        """A payout account's money leaves for its owner's bank; the payout's id."""
        payout = Payout(self.new_id("payout"), account, amount)
        self.payouts[payout.id] = payout
        self._tell_payout(payout)
        return payout.id

    def finish_payout(self, payout_id: str, *, failure: str = "") -> None:
        """It arrives, or comes back because of `failure`, even after it had arrived."""
        payout = self.payouts[payout_id]
        payout.status = PayoutStatus.FAILED if failure else PayoutStatus.PAID
        payout.failure = failure
        self._tell_payout(payout)

    def balance_of(self, account: str) -> int:
        """In minor units, what is there to be taken back."""
        theirs = [each for each in self.transfers.values() if each.order.account == account]
        came = sum(each.order.amount.minor - each.reversed_minor for each in theirs)
        left = sum(
            each.amount.minor
            for each in self.payouts.values()
            if each.account == account and each.status is not PayoutStatus.FAILED
        )
        return came - left

    def open_dispute(self, charge_id: str, amount: Money | None = None) -> str:
        """The customer's bank takes the charge back, or a part of it; the dispute's id."""
        charge = self.charges[charge_id]
        withdrawn = amount or Money(charge.at_hand_minor, charge.amount.currency)
        assert withdrawn.minor <= charge.at_hand_minor, "a bank takes what there is"
        charge.disputed = True
        charge.withdrawn_minor += withdrawn.minor
        dispute_id = self.new_id("dispute")
        self.disputes[dispute_id] = charge
        self.disputed_amounts[dispute_id] = withdrawn
        self._tell_dispute(NoticeKind.DISPUTE_OPENED, dispute_id)
        return dispute_id

    def close_dispute(self, dispute_id: str, outcome: DisputeOutcome) -> None:
        """A charge that was won may be refunded again, one that was lost never."""
        assert dispute_id in self.open_disputes, "a dispute is decided once"
        charge = self.disputes[dispute_id]
        self.outcomes[dispute_id] = outcome
        if outcome is DisputeOutcome.WON:
            charge.withdrawn_minor -= self.disputed_amounts[dispute_id].minor
        others = (self.outcomes.get(key) for key, of in self.disputes.items() if of is charge)
        charge.disputed = any(each is not DisputeOutcome.WON for each in others)
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
        return charge.at_hand_minor - paid_out

    def go_down(self, outage: Outage = Outage.UNREACHABLE) -> None:
        """No call is answered, and none is carried out, until `come_back`."""
        self._outage = outage

    def come_back(self) -> None:
        self._outage = None

    def lose_next_answer(self) -> None:
        """The next call is carried out, and looks as if it had failed."""
        self._answers_to_lose = 1

    def forget_keys(self) -> None:
        """A day passes: orders made before are not known any more."""
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

    def _tell_refund(self, kind: NoticeKind, refund: Refund) -> None:
        charge = refund.charge
        self.notices.post(
            kind,
            provider=ProviderIds(refund=refund.id, payment=charge.payment_id, charge=charge.id),
            ours=OurIds(refund=refund.order.refund_id if refund.order else None),
            amount=refund.amount,
            refund_status=refund.status,
        )

    def _tell_payout(self, payout: Payout) -> None:
        self.notices.post(
            NoticeKind.PAYOUT_CHANGED,
            provider=ProviderIds(payout=payout.id, account=payout.account),
            ours=OurIds(),
            amount=payout.amount,
        )

    def _tell_dispute(
        self, kind: NoticeKind, dispute_id: str, *, outcome: DisputeOutcome | None = None
    ) -> None:
        charge = self.disputes[dispute_id]
        self.notices.post(
            kind,
            provider=ProviderIds(dispute=dispute_id, charge=charge.id, payment=charge.payment_id),
            ours=OurIds(),
            amount=self.disputed_amounts[dispute_id],
            outcome=outcome,
        )
