"""What lists and pages are told of money, by the ledger."""

from datetime import datetime
from uuid import UUID

import attrs

from autodoctor.domain.revenue.ledger import EntryKind
from autodoctor.domain.revenue.refunds import still_due
from autodoctor.domain.sessions.cancellation import Cause
from autodoctor.domain.shared.ids import CheckoutId, SessionId
from autodoctor.domain.shared.money import Money

NONE = Money(0)


@attrs.frozen(kw_only=True)
class SessionMoney:
    """The price of a session and what became of it. `refunded` has arrived or is on its way,
    `refund_arrived` is what did arrive, by any way; of it, `refund_settled` was paid another way,
    as `settled_note` says. `refund_owed` was sent back by the customer's bank. `disputed` is what
    a bank holds in disputes that are open, `bank_returned` what banks gave back in those that were
    lost. `cause` is why it was called off, and `promised` what its end gives back: None unless it
    was called off, or expired. `receipt` is the number on the customer's receipt."""

    price: Money
    refunded: Money
    refund_arrived: Money
    refund_owed: Money
    refund_settled: Money = NONE
    settled_note: str = ""
    disputed: Money = NONE
    bank_returned: Money = NONE
    cause: Cause | None = None
    promised: Money | None = None
    receipt: CheckoutId | None = None

    @property
    def left(self) -> Money:
        """What is still paid: the price without what went back."""
        back = self.refunded + self.bank_returned
        return max(self.price - back, self.price - self.price)

    def goes_back(self, due: Money) -> Money:
        """What a refund of `due` in all still brings."""
        return still_due(due, given=self.refunded, kept=self.left)

    @property
    def not_ordered(self) -> Money:
        """What its end gives back, and is ordered only once the open dispute is decided."""
        zero = self.price - self.price
        return self.goes_back(self.promised or zero) if self.disputed else zero

    @property
    def waits_for_bank(self) -> Money:
        """What is refunded once the open dispute is decided."""
        ordered = self.refunded - self.refund_arrived
        return ordered + self.not_ordered if self.disputed else self.not_ordered


@attrs.frozen(kw_only=True)
class EarningView:
    """What one session earned somebody, read from the ledger. Of what the customer paid,
    `refunded` went back by us and `bank_returned` by their bank; `taken_back` was paid out to
    the owner and reversed."""

    session_id: SessionId
    at: datetime
    plan_name: str
    kind: str
    customer_first_name: str
    gross: Money
    platform: Money
    workshop: Money
    net: Money
    transfer_status: str
    refunded: Money = NONE
    bank_returned: Money = NONE
    taken_back: Money = NONE


@attrs.frozen(kw_only=True)
class PaymentView:
    """Money that went one way, by the ledger: what a customer paid is positive, what went back
    negative; a refund that failed is positive, too. `session_id` is None for money that never
    became a session. `note` says how a refund was paid another way. `owed` is what is still owed
    to the customer of that payment now, and `disputed` whether their bank is looking into it."""

    at: datetime
    kind: EntryKind
    plan_name: str
    amount: Money
    session_id: SessionId | None
    receipt: UUID
    note: str = ""
    owed: Money = NONE
    disputed: bool = False
