"""Sessions, requests and presence in memory."""

from datetime import datetime, timedelta
from uuid import UUID

import attrs

from autodoctor.adapters.memory.jobs import begun, given_up
from autodoctor.adapters.memory.rows import MemoryStore
from autodoctor.adapters.memory.tables import Tables, Tries
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.independence import Ties, check_independent
from autodoctor.domain.sessions.policy import (
    AppointmentOverlaps,
    Engagement,
    MechanicBusy,
    SessionAlreadyActive,
)
from autodoctor.domain.sessions.request import Request, RequestStatus
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import CUSTOMER_BLOCKING, MECHANIC_ENGAGED, SessionStatus
from autodoctor.domain.shared.ids import (
    AccountId,
    CheckoutId,
    CustomerId,
    MechanicId,
    RequestId,
    SessionId,
    WorkshopId,
)
from autodoctor.ports.jobs import Job, Queue
from autodoctor.ports.sessions import Lease

OPEN = (RequestStatus.WAITING, RequestStatus.ACCEPTED)


def _checkout(session: Session) -> object:
    return session.checkout_id


class MemorySessions(MemoryStore[Session]):
    kind = "session"
    unique = (_checkout,)

    def __init__(self, tables: Tables) -> None:
        super().__init__(tables.sessions)
        self._tables = tables

    def of_customer(self, customer_id: CustomerId, /) -> tuple[Engagement, ...]:
        mine = (row for row in self._rows.values() if row.customer_id == customer_id)
        return tuple(row.engagement for row in mine if not row.ended)

    def of_mechanic(self, mechanic_id: MechanicId, /) -> tuple[Engagement, ...]:
        mine = (row for row in self._rows.values() if row.mechanic_id == mechanic_id)
        return tuple(row.engagement for row in mine if not row.ended)

    def of_checkout(self, checkout_id: CheckoutId, /) -> Session | None:
        return next((row for row in self._rows.values() if row.checkout_id == checkout_id), None)

    def open_with(self, account_id: AccountId, workshop_id: WorkshopId, /) -> bool:
        sides = (
            {row.customer_id, row.mechanic_id}
            for row in self._rows.values()
            if row.mechanic_id is not None and not row.ended
        )
        others = (both - {account_id} for both in sides if account_id in both)
        return any(workshop_id in self._workshops(each) for both in others for each in both if each)

    def ties(self, customer_id: CustomerId, mechanic_id: MechanicId, /) -> Ties:
        return Ties(self._workshops(customer_id), self._workshops(mechanic_id))

    def _check(self, thing: Session) -> None:
        super()._check(thing)
        before = self._rows.get(thing.id)
        if thing.mechanic_id is not None and (
            before is None or before.mechanic_id != thing.mechanic_id
        ):
            ties = self.ties(thing.customer_id, thing.mechanic_id)
            check_independent(thing.customer_id, thing.mechanic_id, ties)
        others = self._others(thing)
        if thing.status in CUSTOMER_BLOCKING and any(
            other.status in CUSTOMER_BLOCKING and other.customer_id == thing.customer_id
            for other in others
        ):
            raise SessionAlreadyActive(thing.id, thing.terms.kind, thing.status)
        if thing.mechanic_id is not None:
            _check_mechanic(thing, thing.mechanic_id, others)

    def _workshops(self, account_id: UUID) -> frozenset[WorkshopId]:
        account = self._tables.accounts.get(account_id)
        mechanic = self._tables.mechanics.get(account_id)
        found = (each.workshop_id for each in (account, mechanic) if each is not None)
        return frozenset(each for each in found if each is not None)


def _check_mechanic(session: Session, mechanic_id: MechanicId, others: tuple[Session, ...]) -> None:
    theirs = [other for other in others if other.mechanic_id == mechanic_id]
    if session.status in MECHANIC_ENGAGED and any(
        other.status in MECHANIC_ENGAGED for other in theirs
    ):
        raise MechanicBusy(mechanic_id)
    if any(_overlap(session, other) for other in theirs):
        raise AppointmentOverlaps(mechanic_id)


def _overlap(one: Session, other: Session) -> bool:
    if not one.status == other.status == SessionStatus.SCHEDULED:
        return False
    first, second = one.appointment, other.appointment
    return first is not None and second is not None and first.overlaps(second)


def _open_session(request: Request) -> object:
    return request.session_id if request.status in OPEN else None


class MemoryRequests(MemoryStore[Request]):
    kind = "request"
    unique = (_open_session,)

    def __init__(self, tables: Tables) -> None:
        super().__init__(tables.requests)
        self._sessions = tables.sessions
        self._declines = tables.declines

    def with_session(self, request_id: RequestId, /) -> tuple[Request, Session]:
        request = self.get(request_id)
        return request, self._sessions[request.session_id]

    def current(self, session_id: SessionId, /) -> Request | None:
        return next((row for row in self._rows.values() if _open_session(row) == session_id), None)

    def waiting_for(self, workshop_id: WorkshopId, /) -> tuple[RequestId, ...]:
        waiting = (row for row in self._rows.values() if row.status is RequestStatus.WAITING)
        return tuple(sorted(row.id for row in waiting if row.routing.workshop_id == workshop_id))

    def decline(self, request_id: RequestId, mechanic_id: MechanicId, /, *, at: datetime) -> None:
        self._declines.setdefault((request_id, mechanic_id), at)

    def declined_by(self, session_id: SessionId, /) -> frozenset[MechanicId]:
        return frozenset(
            MechanicId(mechanic_id)
            for request_id, mechanic_id in self._declines
            if self._rows[request_id].session_id == session_id
        )


@attrs.frozen
class MemoryPresence:
    _tables: Tables

    def touch(self, session_id: SessionId, party: Party, /, *, at: datetime) -> None:
        self._tables.presence[session_id, party] = at
        self._tables.tries.pop(Job(Queue.DEPARTURE, party.value, session_id), None)

    def forget(self, session_id: SessionId, party: Party, /) -> None:
        self._tables.presence.pop((session_id, party), None)
        self._tables.tries.pop(Job(Queue.DEPARTURE, party.value, session_id), None)

    def of(self, session_id: SessionId, /) -> tuple[Lease, ...]:
        return tuple(lease for lease in self._all() if lease.session_id == session_id)

    def _all(self) -> list[Lease]:
        found = (Lease(SessionId(key[0]), key[1], at) for key, at in self._tables.presence.items())
        return sorted(found, key=lambda lease: lease.seen_at)

    def renew_all(self, *, by: timedelta) -> None:
        for lease in self._all():
            self.touch(lease.session_id, lease.party, at=lease.seen_at + by)

    def lapsed(self, *, before: datetime, most: int) -> tuple[Lease, ...]:
        late = [
            lease
            for lease in self._all()
            if lease.seen_at < before and not given_up(self._tables, _departure(lease))
        ]
        return tuple(late[:most])

    def claim_lapsed(self, *, before: datetime, at: datetime, lease: datetime) -> Lease | None:
        for each in self.lapsed(before=before, most=len(self._tables.presence)):
            tries = self._tables.tries.get(_departure(each), Tries())
            if tries.retry_at is None or tries.retry_at <= at:
                begun(self._tables, _departure(each), retry_at=lease)
                return each
        return None


def _departure(lease: Lease) -> Job:
    return Job(Queue.DEPARTURE, lease.party.value, lease.session_id)
