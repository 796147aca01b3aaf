"""A workshop: what it tells of itself, its share, its bank account, whether it may work here."""

from datetime import datetime

import attrs

from autodoctor.domain.shared.errors import Conflict, Forbidden
from autodoctor.domain.shared.ids import WorkshopId
from autodoctor.domain.shared.money import Rate
from autodoctor.domain.workshops.profile import Profile


@attrs.frozen
class WorkshopNotApproved(Forbidden):
    """Your workshop is not approved yet; see where its application stands."""


@attrs.frozen
class WorkshopSuspended(Forbidden):
    """This workshop is suspended at the moment."""


@attrs.frozen
class WorkshopNeverApproved(Conflict):
    """Only an approved workshop can be suspended; decide on its application instead."""


@attrs.frozen(kw_only=True)
class Workshop:
    """The rates are the platform's of the total and the workshop's of the rest; their bounds
    are checked by `revenue.rates`. `province` is a two-letter code such as ON."""

    id: WorkshopId
    name: str
    province: str
    city: str
    profile: Profile = Profile()
    platform_rate: Rate = Rate(2000)
    workshop_rate: Rate = Rate(1000)
    approved: bool = False
    suspended_at: datetime | None = None
    suspension_reason: str = ""
    payout_account: str | None = None
    payouts_ready: bool = False
    version: int = 0

    @property
    def open(self) -> bool:
        """Whether customers may ask for it, and its people work with it."""
        return self.approved and self.suspended_at is None

    def check_open(self) -> None:
        """Raises WorkshopNotApproved, WorkshopSuspended, in this order."""
        if not self.approved:
            raise WorkshopNotApproved()
        if self.suspended_at is not None:
            raise WorkshopSuspended()

    def suspend(self, reason: str, *, at: datetime) -> "Workshop":
        """Again changes nothing, and keeps the first reason. Raises WorkshopNeverApproved."""
        if not self.approved:
            raise WorkshopNeverApproved()
        if self.suspended_at is not None:
            return self
        return attrs.evolve(self, suspended_at=at, suspension_reason=reason)

    def reactivate(self) -> "Workshop":
        """Again changes nothing."""
        if self.suspended_at is None:
            return self
        return attrs.evolve(self, suspended_at=None, suspension_reason="")
