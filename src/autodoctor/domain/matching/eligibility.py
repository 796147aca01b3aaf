"""Who may see and accept requests at all: R20, in the order the refusals are told."""

from datetime import date
from enum import StrEnum
from typing import Final

import attrs

from autodoctor.domain.matching.candidate import Credentials
from autodoctor.domain.shared.errors import Forbidden
from autodoctor.domain.shared.ids import MechanicId

PROFILE_COMPLETION_MIN: Final = 80


class Obstacle(StrEnum):
    NOT_APPROVED = "not_approved"
    NOT_ACTIVE = "not_active"
    WORKSHOP_APPROVAL_PENDING = "workshop_approval_pending"
    PAPERS_EXPIRED = "papers_expired"
    PROFILE_INCOMPLETE = "profile_incomplete"
    OFF_SHIFT = "off_shift"


@attrs.frozen
class NotEligible(Forbidden):
    """You cannot take requests at the moment."""

    mechanic_id: MechanicId
    obstacles: tuple[Obstacle, ...]


def obstacles(
    credentials: Credentials, *, today: date, owns_slot: bool = False
) -> tuple[Obstacle, ...]:
    """Everything that stands in the way; empty means eligible.

    Papers are good through the day they expire on. The owner of a booked slot need not be
    clocked in.
    """
    expires = credentials.papers_expire_on
    checks = (
        (Obstacle.NOT_APPROVED, not credentials.approved),
        (Obstacle.NOT_ACTIVE, not credentials.active),
        (Obstacle.WORKSHOP_APPROVAL_PENDING, not credentials.workshop_approved),
        (Obstacle.PAPERS_EXPIRED, expires is not None and expires < today),
        (Obstacle.PROFILE_INCOMPLETE, credentials.profile_completion < PROFILE_COMPLETION_MIN),
        (Obstacle.OFF_SHIFT, not credentials.clocked_in and not owns_slot),
    )
    return tuple(obstacle for obstacle, stands in checks if stands)


def check_eligible(credentials: Credentials, *, today: date, owns_slot: bool = False) -> None:
    found = obstacles(credentials, today=today, owns_slot=owns_slot)
    if found:
        raise NotEligible(credentials.mechanic_id, found)
