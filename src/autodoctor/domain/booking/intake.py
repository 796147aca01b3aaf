"""An intake: everything a customer tells before paying. It belongs to who made it."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

import attrs

from autodoctor.domain.booking.concern import ConcernCategory
from autodoctor.domain.booking.vehicle import Vehicle
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import (
    CustomerId,
    DepartmentId,
    FileId,
    IntakeId,
    MechanicId,
    OrganizationId,
    PlanSlug,
    SessionId,
    VehicleId,
    WorkshopId,
)

CONTINUED_WITHIN: Final = timedelta(days=7)
"""How long a booking that was not paid is offered to be continued: after that the car's trouble
is another one, or gone."""


class IntakeStatus(StrEnum):
    """How far support has looked at it; the customer never sees this."""

    NEW = "new"
    PENDING = "pending"
    IN_REVIEW = "in_review"
    IN_PROGRESS = "in_progress"
    AWAITING_CUSTOMER = "awaiting_customer"
    RESOLVED = "resolved"
    CANCELLED = "cancelled"


@attrs.frozen
class Place:
    city: str = ""
    province: str = ""
    country: str = ""
    postal_code: str = ""


@attrs.frozen
class Intake:
    """`routing` is one of workshop_only, hybrid, broadcast; `vehicle_id` the saved vehicle that
    `vehicle` was taken from, while it is kept. With an `organization_id` the customer booked as
    its employee, of `department_id` at that time."""

    id: IntakeId
    customer_id: CustomerId
    plan: PlanSlug
    vehicle: Vehicle | None
    concern: str
    category: ConcernCategory
    created_at: datetime
    keywords: tuple[str, ...] = ()
    urgent: bool = False
    file_ids: tuple[FileId, ...] = ()
    place: Place = Place()
    routing: str = "broadcast"
    workshop_id: WorkshopId | None = None
    organization_id: OrganizationId | None = None
    department_id: DepartmentId | None = None
    chosen_mechanic_id: MechanicId | None = None
    specialist_brand: str | None = None
    scheduled_for: datetime | None = None
    session_id: SessionId | None = None
    vehicle_id: VehicleId | None = None
    status: IntakeStatus = IntakeStatus.NEW
    version: int = 0

    def continuable(self, *, at: datetime) -> bool:
        """Whether its customer may still want to pay it."""
        return self.session_id is None and at < self.created_at + CONTINUED_WITHIN

    def fulfil(self, session_id: SessionId) -> "Intake":
        return attrs.evolve(self, session_id=session_id)


def check_vehicle_given(vehicle: Vehicle | None, *, required: bool, urgent: bool) -> None:
    if vehicle is None and required and not urgent:
        raise InvalidField("vehicle", "Choose a vehicle, or enter its VIN or year, make and model.")
