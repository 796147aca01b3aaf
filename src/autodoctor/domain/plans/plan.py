"""A plan: what a consultation costs, how long it lasts and what it allows.

Money a session keeps is the price it was booked at; changing a plan changes no booking.
"""

from enum import StrEnum

import attrs

from autodoctor.domain.shared.errors import Conflict, InvalidField, NotFound
from autodoctor.domain.shared.ids import PlanSlug
from autodoctor.domain.shared.money import Money


class SessionKind(StrEnum):
    """How the two talk. A field of the plan, never guessed from its name."""

    CHAT = "chat"
    VIDEO = "video"


class PlanCategory(StrEnum):
    TRIAL = "trial"
    QUICK = "quick"
    STANDARD = "standard"
    DIAGNOSTIC = "diagnostic"


@attrs.frozen
class PlanUnknown(NotFound):
    """There is no such plan."""

    plan: PlanSlug


@attrs.frozen
class PlanInactive(Conflict):
    """This plan is not offered at the moment."""

    plan: PlanSlug


@attrs.frozen
class Plan:
    slug: PlanSlug
    name: str
    price: Money
    minutes: int
    kind: SessionKind
    description: str
    perks: tuple[str, ...]
    recommended_for: str
    category: PlanCategory
    attachments_max: int
    report: bool
    display_order: int
    popular: bool = False
    active: bool = True

    def __attrs_post_init__(self) -> None:
        if self.price.minor < 0:
            raise InvalidField("price", "A price is not negative.")
        if not 1 <= self.minutes <= 240:
            raise InvalidField("minutes", "A session lasts 1 to 240 minutes.")
        if not 0 <= self.attachments_max <= 5:
            raise InvalidField("attachments_max", "A booking carries up to 5 files.")

    @property
    def free(self) -> bool:
        return not self.price

    @property
    def vehicle_required(self) -> bool:
        """The trial and the quick plan start without a vehicle: some questions need none."""
        return self.category not in (PlanCategory.TRIAL, PlanCategory.QUICK)

    def check_offered(self) -> None:
        if not self.active:
            raise PlanInactive(self.slug)
