"""A workshop as the rest of the system meets it: its share, its province, its bank account."""

import attrs

from autodoctor.domain.shared.ids import WorkshopId
from autodoctor.domain.shared.money import Rate


@attrs.frozen(kw_only=True)
class Workshop:
    """The rates are the platform's of the total and the workshop's of the rest; their bounds
    are checked by `revenue.rates`. `province` is a two-letter code such as ON."""

    id: WorkshopId
    name: str
    province: str
    city: str
    platform_rate: Rate = Rate(2000)
    workshop_rate: Rate = Rate(1000)
    approved: bool = False
    payout_account: str | None = None
    payouts_ready: bool = False
    version: int = 0
