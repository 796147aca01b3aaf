"""An organization: a company that lets its people use the service, and whether it may."""

from datetime import datetime
from enum import StrEnum

import attrs

from autodoctor.domain.corporate.month import month_of
from autodoctor.domain.corporate.tier import Agreed, Tier
from autodoctor.domain.shared.errors import Conflict, Forbidden, InvalidField
from autodoctor.domain.shared.ids import OrganizationId
from autodoctor.domain.shared.money import Money
from autodoctor.domain.shared.time import Period


class BusinessType(StrEnum):
    FLEET = "fleet"
    DEALERSHIP = "dealership"
    REPAIR = "repair"
    RENTAL = "rental"
    TAXI = "taxi"
    TRUCKING = "trucking"
    OTHER = "other"


@attrs.frozen
class OrganizationNotApproved(Forbidden):
    """Your company is not approved yet; see where its application stands."""


@attrs.frozen
class OrganizationSuspended(Forbidden):
    """This company is suspended at the moment."""


@attrs.frozen
class OrganizationNeverApproved(Conflict):
    """Only an approved company can be suspended; decide on its application instead."""


@attrs.frozen
class SeatsFull(Conflict):
    """All seats of this company's tier are taken by active employees."""

    seats: int


@attrs.frozen
class TierTooSmall(Conflict):
    """This company has more active employees than that tier has seats."""

    seats: int
    taken: int


@attrs.frozen(kw_only=True)
class Profile:
    """What a company tells of itself. The numbers, the contact and the phone are shown to its
    own staff and to ours alone; `fleet_size` counts vehicles."""

    contact_name: str = ""
    email: str = ""
    phone: str = ""
    registration_number: str = ""
    tax_id: str = ""
    industry: str = ""
    fleet_size: int = 0
    street: str = ""
    city: str = ""
    province: str = ""
    postal_code: str = ""


@attrs.frozen(kw_only=True)
class Organization:
    """`agreed` is set for an enterprise alone, and not before it is agreed. Months of limits
    and budgets begin in `time_zone`."""

    id: OrganizationId
    name: str
    business_type: BusinessType
    tier: Tier
    created_at: datetime
    profile: Profile = Profile()
    agreed: Agreed | None = None
    time_zone: str = "America/Toronto"
    approved: bool = False
    suspended_at: datetime | None = None
    suspension_reason: str = ""
    version: int = 0

    @property
    def seats(self) -> int:
        """How many active employees it has room for."""
        return self.agreed.seats if self.agreed else self.tier.seats

    @property
    def monthly_price(self) -> Money | None:
        """None for an enterprise with which none is agreed yet."""
        return self.agreed.monthly_price if self.agreed else self.tier.monthly_price

    @property
    def open(self) -> bool:
        """Whether its people may use it."""
        return self.approved and self.suspended_at is None

    def month(self, at: datetime) -> Period:
        """The calendar month that `at` lies in, by the company's own clock."""
        return month_of(at, self.time_zone)

    def check_open(self) -> None:
        """Raises OrganizationNotApproved, OrganizationSuspended, in this order."""
        if not self.approved:
            raise OrganizationNotApproved()
        if self.suspended_at is not None:
            raise OrganizationSuspended()

    def check_room(self, taken: int) -> None:
        """Whether one more may be active beside those `taken`. Raises SeatsFull."""
        if taken >= self.seats:
            raise SeatsFull(self.seats)

    def subscribe(self, tier: Tier, agreed: Agreed | None, *, taken: int) -> "Organization":
        """To another tier, or on other terms. Raises InvalidField, TierTooSmall."""
        if agreed is not None and tier is not Tier.ENTERPRISE:
            raise InvalidField("tier", "Only with an enterprise seats and price are agreed.")
        after = attrs.evolve(self, tier=tier, agreed=agreed)
        if after.seats < taken:
            raise TierTooSmall(after.seats, taken)
        return after

    def suspend(self, reason: str, *, at: datetime) -> "Organization":
        """Again changes nothing, and keeps the first reason. Raises OrganizationNeverApproved."""
        if not self.approved:
            raise OrganizationNeverApproved()
        if self.suspended_at is not None:
            return self
        return attrs.evolve(self, suspended_at=at, suspension_reason=reason)

    def reinstate(self) -> "Organization":
        """Again changes nothing."""
        if self.suspended_at is None:
            return self
        return attrs.evolve(self, suspended_at=None, suspension_reason="")
