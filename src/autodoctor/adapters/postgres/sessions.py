"""Sessions, requests and presence in PostgreSQL: where two who ask at once are told apart."""

from datetime import datetime, timedelta
from typing import Any

import attrs
from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Table,
    bindparam,
    delete,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert

from autodoctor.adapters.postgres.booking import money_of, money_row, plain
from autodoctor.adapters.postgres.rows import Mapped, Row, RowStore
from autodoctor.adapters.postgres.tables.sessions import (
    INDEPENDENT,
    NO_OVERLAP,
    ONE_PER_CUSTOMER,
    ONE_PER_MECHANIC,
    declines,
    presence,
    requests,
    sessions,
)
from autodoctor.adapters.postgres.ties import OPEN_WITH, TIES
from autodoctor.domain.sessions.attendance import Attendance, Party
from autodoctor.domain.sessions.independence import OwnSession, Ties
from autodoctor.domain.sessions.policy import (
    AppointmentOverlaps,
    Engagement,
    MechanicBusy,
    SessionAlreadyActive,
)
from autodoctor.domain.sessions.request import Request, RequestStatus
from autodoctor.domain.sessions.routing import Routing, RoutingKind
from autodoctor.domain.sessions.session import Session, Terms
from autodoctor.domain.sessions.states import ENDED, SessionStatus
from autodoctor.domain.sessions.timer import Timer
from autodoctor.domain.shared.ids import (
    AccountId,
    CheckoutId,
    CustomerId,
    MechanicId,
    RequestId,
    SessionId,
    WorkshopId,
)
from autodoctor.ports.sessions import Lease
from autodoctor.ports.stores import Missing


def session_row(session: Session) -> Row:
    values = plain(session)
    terms, timer, attendance = (values.pop(part) for part in ("terms", "timer", "attendance"))
    appointment = session.appointment
    return (
        values
        | money_row(plain(terms), "price")
        | {f"timer_{name}": value for name, value in attrs.asdict(timer).items()}
        | attrs.asdict(attendance, recurse=False)
        | {
            "present": sorted(attendance.present),
            "scheduled_until": appointment.end if appointment else None,
        }
    )


def session_of(row: RowMapping) -> Session:
    values = dict(row)
    del values["scheduled_until"]
    terms = {name: values.pop(name) for name in ("plan", "kind", "minutes", "report")}
    timer = {name: values.pop(f"timer_{name}") for name in ("allowed", "used", "running_since")}
    attendance = Attendance(
        values.pop("customer_joined_at"),
        values.pop("mechanic_joined_at"),
        frozenset(map(Party, values.pop("present"))),
    )
    values["status"] = SessionStatus(values["status"])
    price = money_of(values, "price")
    return Session(
        terms=Terms(price=price, **terms), timer=Timer(**timer), attendance=attendance, **values
    )


def request_row(request: Request) -> Row:
    values = plain(request)
    routing: Routing = values.pop("routing")
    return values | {
        "routing": routing.kind,
        "workshop_id": routing.workshop_id,
        "chosen_mechanic_id": routing.chosen_mechanic_id,
    }


def request_of(row: RowMapping) -> Request:
    values = dict(row)
    kind, workshop = RoutingKind(values.pop("routing")), values.pop("workshop_id")
    routing = Routing(kind, workshop, values.pop("chosen_mechanic_id"))
    values["status"] = RequestStatus(values["status"])
    return Request(routing=routing, **values)


def _already_active(session: Session) -> SessionAlreadyActive:
    return SessionAlreadyActive(session.id, session.terms.kind, session.status)


def _busy(session: Session) -> MechanicBusy:
    assert session.mechanic_id is not None, "the index is about sessions with a mechanic"
    return MechanicBusy(session.mechanic_id)


def _overlaps(session: Session) -> AppointmentOverlaps:
    assert session.mechanic_id is not None, "the constraint is about sessions with a mechanic"
    return AppointmentOverlaps(session.mechanic_id)


def _own(session: Session) -> OwnSession:
    assert session.mechanic_id is not None, "the trigger is about sessions with a mechanic"
    return OwnSession(session.mechanic_id)


class PostgresSessions(RowStore[Session]):
    mapped = Mapped(
        sessions,
        session_row,
        session_of,
        {
            ONE_PER_CUSTOMER: _already_active,
            ONE_PER_MECHANIC: _busy,
            NO_OVERLAP: _overlaps,
            INDEPENDENT: _own,
        },
    )

    def of_customer(self, customer_id: CustomerId, /) -> tuple[Engagement, ...]:
        return tuple(s.engagement for s in self._all(_OF_CUSTOMER, {"customer_id": customer_id}))

    def of_mechanic(self, mechanic_id: MechanicId, /) -> tuple[Engagement, ...]:
        return tuple(s.engagement for s in self._all(_OF_MECHANIC, {"mechanic_id": mechanic_id}))

    def of_checkout(self, checkout_id: CheckoutId, /) -> Session | None:
        return self._one(_OF_CHECKOUT, {"checkout_id": checkout_id})

    def open_with(self, account_id: AccountId, workshop_id: WorkshopId, /) -> bool:
        about = {"account": account_id, "workshop": workshop_id}
        return self._connection.execute(OPEN_WITH, about).first() is not None

    def ties(self, customer_id: CustomerId, mechanic_id: MechanicId, /) -> Ties:
        people = {"customer": customer_id, "mechanic": mechanic_id}
        customers, mechanics = self._connection.execute(TIES, people).one()
        return Ties(frozenset(customers), frozenset(mechanics))


_OPEN = sessions.c.status.not_in(sorted(ENDED))
_OF_CUSTOMER = select(sessions).where(sessions.c.customer_id == bindparam("customer_id"), _OPEN)
_OF_MECHANIC = select(sessions).where(sessions.c.mechanic_id == bindparam("mechanic_id"), _OPEN)
_OF_CHECKOUT = select(sessions).where(sessions.c.checkout_id == bindparam("checkout_id"))


class PostgresRequests(RowStore[Request]):
    mapped = Mapped(requests, request_row, request_of)

    def with_session(self, request_id: RequestId, /) -> tuple[Request, Session]:
        statement = _LOCK_BOTH if self._guards.row_locks else _BOTH
        found = self._connection.execute(statement, {"key": request_id}).mappings().first()
        if found is None:
            raise Missing("request")
        return request_of(_part(found, requests)), session_of(_part(found, sessions))

    def current(self, session_id: SessionId, /) -> Request | None:
        return self._one(_CURRENT, {"session_id": session_id})

    def waiting_for(self, workshop_id: WorkshopId, /) -> tuple[RequestId, ...]:
        found = self._connection.execute(_WAITING_FOR, {"workshop_id": workshop_id})
        return tuple(map(RequestId, found.scalars()))

    def decline(self, request_id: RequestId, mechanic_id: MechanicId, /, *, at: datetime) -> None:
        row = {"request_id": request_id, "mechanic_id": mechanic_id, "at": at}
        self._connection.execute(upsert(declines).on_conflict_do_nothing(), row)

    def declined_by(self, session_id: SessionId, /) -> frozenset[MechanicId]:
        found = self._connection.execute(_DECLINED_BY, {"session_id": session_id})
        return frozenset(map(MechanicId, found.scalars()))


_CURRENT = select(requests).where(
    requests.c.session_id == bindparam("session_id"),
    requests.c.status.in_([RequestStatus.WAITING, RequestStatus.ACCEPTED]),
)

_DECLINED_BY = (
    select(declines.c.mechanic_id)
    .join(requests, requests.c.id == declines.c.request_id)
    .where(requests.c.session_id == bindparam("session_id"))
)

_WAITING_FOR = (
    select(requests.c.id)
    .where(
        requests.c.workshop_id == bindparam("workshop_id"),
        requests.c.status == RequestStatus.WAITING,
    )
    .order_by(requests.c.id)
)


def _labelled(table: Table) -> list[ColumnElement[Any]]:
    return [column.label(f"{table.name}_{column.name}") for column in table.c]


def _part(row: RowMapping, table: Table) -> RowMapping:
    """One table's columns of a row that has those of two."""
    return {name: row[f"{table.name}_{name}"] for name in table.c.keys()}  # type: ignore[return-value]  # noqa: SIM118


# The session stands first, so that it is locked first: everybody locks it before its request.
_BOTH = (
    select(*_labelled(sessions), *_labelled(requests))
    .join_from(sessions, requests, requests.c.session_id == sessions.c.id)
    .where(requests.c.id == bindparam("key"))
)
_LOCK_BOTH = _BOTH.with_for_update(of=[sessions, requests], key_share=True)


@attrs.frozen
class PostgresPresence:
    _connection: Connection

    def touch(self, session_id: SessionId, party: Party, /, *, at: datetime) -> None:
        row = {"session_id": session_id, "party": party, "seen_at": at}
        statement = upsert(presence).on_conflict_do_update(
            index_elements=["session_id", "party"], set_={"seen_at": at} | _UNTRIED
        )
        self._connection.execute(statement, row)

    def forget(self, session_id: SessionId, party: Party, /) -> None:
        mine = (presence.c.session_id == session_id) & (presence.c.party == party)
        self._connection.execute(delete(presence).where(mine))

    def of(self, session_id: SessionId, /) -> tuple[Lease, ...]:
        mine = select(presence).where(presence.c.session_id == session_id)
        found = self._connection.execute(mine.order_by(presence.c.seen_at)).mappings()
        return tuple(map(_lease_of, found))

    def renew_all(self, *, by: timedelta) -> None:
        later = {"seen_at": presence.c.seen_at + by} | _UNTRIED
        self._connection.execute(update(presence).values(later))

    def lapsed(self, *, before: datetime, most: int) -> tuple[Lease, ...]:
        statement = (
            select(presence)
            .where(presence.c.seen_at < before, presence.c.given_up_at.is_(None))
            .order_by(presence.c.seen_at)
            .limit(most)
        )
        return tuple(map(_lease_of, self._connection.execute(statement).mappings()))

    def claim_lapsed(self, *, before: datetime, at: datetime, lease: datetime) -> Lease | None:
        values = {"before": before, "at": at, "lease": lease}
        found = self._connection.execute(_CLAIM_LAPSED, values).mappings().first()
        return None if found is None else _lease_of(found)


def _lease_of(row: RowMapping) -> Lease:
    return Lease(row["session_id"], Party(row["party"]), row["seen_at"])


_UNTRIED: Row = {
    "retry_at": None,
    "attempts": 0,
    "last_error": None,
    "failing_since": None,
    "given_up_at": None,
}
_LAPSED = (
    select(presence.c.session_id, presence.c.party)
    .where(
        presence.c.seen_at < bindparam("before"),
        presence.c.given_up_at.is_(None),
        presence.c.retry_at.is_(None) | (presence.c.retry_at <= bindparam("at")),
    )
    .order_by(presence.c.seen_at)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_CLAIM_LAPSED = (
    update(presence)
    .where(tuple_(presence.c.session_id, presence.c.party).in_(_LAPSED))
    .values(retry_at=bindparam("lease"), attempts=presence.c.attempts + 1)
    .returning(presence)
)
