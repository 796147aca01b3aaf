"""What happens to workshops and their people."""

import attrs

from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import AccountId, MechanicId, WorkshopId


@attrs.frozen
class MemberAsked(Event):
    mechanic_id: MechanicId
    workshop_id: WorkshopId


@attrs.frozen
class MemberAdmitted(Event):
    mechanic_id: MechanicId
    workshop_id: WorkshopId


@attrs.frozen
class MemberPaused(Event):
    mechanic_id: MechanicId
    workshop_id: WorkshopId


@attrs.frozen
class MemberLeft(Event):
    """`refused` when they never were let in."""

    mechanic_id: MechanicId
    workshop_id: WorkshopId
    refused: bool


@attrs.frozen
class SeatChanged(Event):
    """`seat` is empty for somebody who is not of its staff any more."""

    account_id: AccountId
    workshop_id: WorkshopId
    seat: str


@attrs.frozen
class WorkshopPutOut(Event):
    workshop_id: WorkshopId
    reason: str


@attrs.frozen
class WorkshopBack(Event):
    workshop_id: WorkshopId
