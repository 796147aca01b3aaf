"""One session at a time, for customers and for mechanics.

These checks give the clear answer early; the database's partial unique indexes and its
exclusion constraint decide when two ask at once, and are told in the same refusals.
"""

from collections.abc import Iterable

import attrs

from autodoctor.domain.sessions.states import (
    CUSTOMER_BLOCKING,
    MECHANIC_ENGAGED,
    SessionStatus,
)
from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.ids import MechanicId, SessionId
from autodoctor.domain.shared.time import Period


@attrs.frozen
class Engagement:
    """One session as seen by the policy. `period` is the appointment's, if it has one."""

    session_id: SessionId
    kind: str
    status: SessionStatus
    period: Period | None = None


@attrs.frozen
class SessionAlreadyActive(Conflict):
    """You have a session already; finish or cancel it first."""

    session_id: SessionId
    kind: str
    status: SessionStatus


@attrs.frozen
class MechanicBusy(Conflict):
    """The mechanic is in another session."""

    mechanic_id: MechanicId


@attrs.frozen
class AppointmentOverlaps(Conflict):
    """The mechanic has another appointment at that time."""

    mechanic_id: MechanicId


def blocking(engagements: Iterable[Engagement]) -> Engagement | None:
    """The session that keeps a customer from opening another, if any."""
    return next((e for e in engagements if e.status in CUSTOMER_BLOCKING), None)


def check_customer_free(engagements: Iterable[Engagement]) -> None:
    active = blocking(engagements)
    if active is not None:
        raise SessionAlreadyActive(active.session_id, active.kind, active.status)


def check_mechanic_free(
    mechanic_id: MechanicId, engagements: Iterable[Engagement], *, period: Period | None
) -> None:
    """For a session now (`period` None) MechanicBusy; for an appointment AppointmentOverlaps."""
    for engagement in engagements:
        if period is None:
            if engagement.status in MECHANIC_ENGAGED:
                raise MechanicBusy(mechanic_id)
        elif (
            engagement.status is SessionStatus.SCHEDULED
            and engagement.period is not None
            and engagement.period.overlaps(period)
        ):
            raise AppointmentOverlaps(mechanic_id)
