"""What a customer gets back when a session does not take place: one table.

| when | caused by the customer | caused by mechanic, workshop or platform |
|---|---|---|
| before a match, or matched and not started | 100 % | 100 % |
| scheduled, 24 h or more before | 100 % | 100 % |
| scheduled, 2 h or more before | 50 % | 100 % |
| scheduled, later, or the customer did not come | 0 % | 100 % |
| started, under 60 s of both present | 100 % | 100 % |
| both came, never at the same time | 100 % | 100 % |
"""

from datetime import datetime, timedelta
from enum import StrEnum

import attrs

from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.money import Money, Rate


class Cause(StrEnum):
    CUSTOMER = "customer"
    CUSTOMER_NO_SHOW = "customer_no_show"
    MECHANIC = "mechanic"
    PLATFORM = "platform"
    TOO_SHORT = "too_short"
    MISSED = "missed"
    REFUNDED_AT_PROVIDER = "refunded_at_provider"
    """Staff or a bank refunded the payment on the provider's own pages."""
    DISPUTE_LOST = "dispute_lost"
    """The customer's bank gave the payment back to them."""


@attrs.frozen
class CancellationTable:
    """Settings of the operator; the defaults are the product's."""

    full_before: timedelta = timedelta(hours=24)
    partial_before: timedelta = timedelta(hours=2)
    partial: Rate = Rate(5_000)
    late: Rate = Rate(0)

    def refund_rate(
        self,
        *,
        status: SessionStatus,
        cause: Cause,
        scheduled_for: datetime | None,
        at: datetime,
    ) -> Rate:
        whole = Rate.percent(100)
        by_customer = cause in (Cause.CUSTOMER, Cause.CUSTOMER_NO_SHOW)
        if not by_customer or status is not SessionStatus.SCHEDULED or scheduled_for is None:
            return whole
        if cause is Cause.CUSTOMER_NO_SHOW:
            return self.late
        notice = scheduled_for - at
        if notice >= self.full_before:
            return whole
        return self.partial if notice >= self.partial_before else self.late

    def refund_if_absent(
        self, paid: Money, *, status: SessionStatus, scheduled_for: datetime | None
    ) -> Money:
        """What a customer who does not come to a session in this state gets back."""
        booked = status is SessionStatus.SCHEDULED and scheduled_for is not None
        return refund_of(paid, self.late if booked else Rate.percent(100))


def refund_of(paid: Money, rate: Rate) -> Money:
    """The customer's part, rounded up in their favour; the rest is kept and split."""
    kept, refund = paid.split(Rate(10_000 - rate.basis_points))
    assert kept + refund == paid
    return refund
