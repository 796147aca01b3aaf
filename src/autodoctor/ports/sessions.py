"""Keeping sessions, requests, and who is in a room."""

from datetime import datetime, timedelta
from typing import Protocol

import attrs

from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.independence import Ties
from autodoctor.domain.sessions.policy import Engagement
from autodoctor.domain.sessions.request import Request
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.ids import (
    AccountId,
    CheckoutId,
    CustomerId,
    MechanicId,
    RequestId,
    SessionId,
    WorkshopId,
)
from autodoctor.ports.stores import Store


class Sessions(Store[Session, SessionId], Protocol):
    """The last word on one session at a time is spoken here.

    `add` and `save` raise SessionAlreadyActive, MechanicBusy or AppointmentOverlaps when
    another session is in the way, however close the race was.
    """

    def of_customer(self, customer_id: CustomerId, /) -> tuple[Engagement, ...]:
        """Their sessions that have not ended."""

    def of_mechanic(self, mechanic_id: MechanicId, /) -> tuple[Engagement, ...]:
        """Their sessions that have not ended."""

    def of_checkout(self, checkout_id: CheckoutId, /) -> Session | None: ...

    def open_with(self, account_id: AccountId, workshop_id: WorkshopId, /) -> bool:
        """Whether one side of a session that has not ended is this person, and the other one runs
        the workshop or takes sessions for it."""

    def ties(self, customer_id: CustomerId, mechanic_id: MechanicId, /) -> Ties:
        """The workshops that the two run, or take sessions for, by one read."""


class Requests(Store[Request, RequestId], Protocol):
    """A session has at most one request waiting or accepted; another raises Stale."""

    def with_session(self, request_id: RequestId, /) -> tuple[Request, Session]:
        """Both as they are now, locked until the transaction ends; raises Missing."""

    def current(self, session_id: SessionId, /) -> Request | None:
        """The one waiting or accepted."""

    def waiting_for(self, workshop_id: WorkshopId, /) -> tuple[RequestId, ...]:
        """Those waiting that were asked of this workshop."""

    def decline(self, request_id: RequestId, mechanic_id: MechanicId, /, *, at: datetime) -> None:
        """It is shown to that mechanic no more; again changes nothing."""

    def declined_by(self, session_id: SessionId, /) -> frozenset[MechanicId]:
        """Who declined any request of this session, or had one and is gone."""


@attrs.frozen
class Lease:
    """Somebody in a room, last heard of at `seen_at`."""

    session_id: SessionId
    party: Party
    seen_at: datetime


class Presence(Protocol):
    def touch(self, session_id: SessionId, party: Party, /, *, at: datetime) -> None: ...

    def forget(self, session_id: SessionId, party: Party, /) -> None: ...

    def of(self, session_id: SessionId, /) -> tuple[Lease, ...]:
        """Those of one room, the one not heard of for longest first."""

    def renew_all(self, *, by: timedelta) -> None:
        """Each lease lasts so much longer."""

    def lapsed(self, *, before: datetime, most: int) -> tuple[Lease, ...]:
        """Leases not renewed since, oldest first; without those whose departure was given up."""

    def claim_lapsed(self, *, before: datetime, at: datetime, lease: datetime) -> Lease | None:
        """The oldest of these whose departure nobody else has claimed, and which was not put
        off beyond `at`. It comes up again at `lease`, unless it is forgotten or renewed."""
