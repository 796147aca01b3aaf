"""What happens to workshops and their people."""

import attrs

from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import AccountId, MechanicId, WorkshopId


@attrs.frozen
class WorkshopEvent(Event):
    """Base of the events of workshops."""


@attrs.frozen
class MemberAsked(WorkshopEvent):
    mechanic_id: MechanicId
    workshop_id: WorkshopId


@attrs.frozen
class MemberAdmitted(WorkshopEvent):
    mechanic_id: MechanicId
    workshop_id: WorkshopId


@attrs.frozen
class MemberPaused(WorkshopEvent):
    mechanic_id: MechanicId
    workshop_id: WorkshopId


@attrs.frozen
class MemberLeft(WorkshopEvent):
    """`refused` when they never were let in."""

    mechanic_id: MechanicId
    workshop_id: WorkshopId
    refused: bool


@attrs.frozen
class SeatChanged(WorkshopEvent):
    """`seat` is empty for somebody who is not of its staff any more."""

    account_id: AccountId
    workshop_id: WorkshopId
    seat: str


@attrs.frozen
class WorkshopPutOut(WorkshopEvent):
    workshop_id: WorkshopId
    reason: str


@attrs.frozen
class WorkshopBack(WorkshopEvent):
    workshop_id: WorkshopId
