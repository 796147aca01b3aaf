"""Sessions as lists and rooms show them."""

from collections.abc import Mapping
from typing import Any

import attrs
from sqlalchemy import (
    ColumnElement,
    Engine,
    RowMapping,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    or_,
    select,
)

from autodoctor.adapters.postgres.identify import identify
from autodoctor.adapters.postgres.queries import session_money
from autodoctor.adapters.postgres.tables.accounts import accounts
from autodoctor.adapters.postgres.tables.booking import intakes
from autodoctor.adapters.postgres.tables.mechanics import mechanics
from autodoctor.adapters.postgres.tables.plans import plans
from autodoctor.adapters.postgres.tables.room import ratings, reports
from autodoctor.adapters.postgres.tables.sessions import requests, sessions
from autodoctor.domain.sessions.request import RequestStatus
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.sessions.timer import minutes_told
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import CustomerId, MechanicId, SessionId
from autodoctor.domain.shared.money import Currency
from autodoctor.ports.queries import SessionFilter, SessionView
from autodoctor.ports.stores import Missing

customer = accounts.alias("customer")

VEHICLE: ColumnElement[str] = case(
    (
        intakes.c.vehicle_year.is_not(None),
        func.concat_ws(
            " ", intakes.c.vehicle_year, intakes.c.vehicle_make, intakes.c.vehicle_model
        ),
    ),
    else_="",
)

_VIEW: Select[Any] = (
    select(
        sessions.c.id,
        sessions.c.status,
        sessions.c.kind,
        sessions.c.plan,
        plans.c.name.label("plan_name"),
        sessions.c.minutes,
        sessions.c.currency,
        sessions.c.report.label("report_included"),
        sessions.c.customer_id,
        customer.c.name.label("customer_name"),
        sessions.c.mechanic_id,
        func.coalesce(mechanics.c.name, "").label("mechanic_name"),
        sessions.c.intake_id,
        VEHICLE.label("vehicle"),
        intakes.c.concern,
        intakes.c.category,
        intakes.c.urgent,
        sessions.c.created_at,
        sessions.c.scheduled_for,
        sessions.c.matched_at,
        sessions.c.started_at,
        sessions.c.ended_at,
        sessions.c.timer_used,
        ratings.c.stars,
        reports.c.session_id.is_not(None).label("report_written"),
        *session_money.COLUMNS,
        requests.c.id.label("request_id"),
        requests.c.expires_at.label("request_expires_at"),
    )
    .select_from(sessions)
    .join(customer, customer.c.id == sessions.c.customer_id)
    .join(plans, plans.c.slug == sessions.c.plan)
    .join(intakes, intakes.c.id == sessions.c.intake_id)
    .outerjoin(mechanics, mechanics.c.id == sessions.c.mechanic_id)
    .outerjoin(ratings, ratings.c.session_id == sessions.c.id)
    .outerjoin(reports, reports.c.session_id == sessions.c.id)
    .outerjoin(
        requests,
        and_(requests.c.session_id == sessions.c.id, requests.c.status == RequestStatus.WAITING),
    )
)
_NUMBERS = (cast(sessions.c.id, Text), cast(sessions.c.checkout_id, Text))
"""Of the session, and of its customer's receipt."""
_BY_STATUS = select(sessions.c.status, func.count().label("count")).group_by(sessions.c.status)
_COUNT = select(func.count()).where(sessions.c.customer_id == bindparam("customer_id"))
_ONE = _VIEW.where(sessions.c.id == bindparam("session_id"))


def view_of(row: RowMapping) -> SessionView:
    values = dict(row)
    currency = Currency(values.pop("currency"))
    used = values.pop("timer_used")
    values["status"] = SessionStatus(values["status"])
    money = session_money.money_from(values, currency)
    return SessionView(minutes_used=minutes_told(used), **money, **values)


def _filtered(which: SessionFilter, *also: ColumnElement[str]) -> Select[Any]:
    """Text is looked for in the columns everybody may search, and in those given."""
    statement = _VIEW
    if which.statuses:
        statement = statement.where(sessions.c.status.in_(sorted(which.statuses)))
    if which.kind:
        statement = statement.where(sessions.c.kind == which.kind)
    if which.text:
        like = f"%{_escaped(which.text)}%"
        columns = (intakes.c.concern, mechanics.c.name, plans.c.name, VEHICLE, *also)
        statement = statement.where(or_(*(column.ilike(like, escape="\\") for column in columns)))
    if which.since is not None:
        statement = statement.where(sessions.c.created_at >= which.since)
    if which.before is not None:
        statement = statement.where(sessions.c.created_at < which.before)
    return statement.order_by(sessions.c.created_at.desc(), sessions.c.id).limit(which.most)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


@attrs.frozen
class PostgresSessionQueries:
    """Tells of ratings and reports, which are guarded, and so says that the system asks: whom
    a view is shown to is for the use cases."""

    _engine: Engine

    def of_customer(
        self, customer_id: CustomerId, which: SessionFilter, /
    ) -> tuple[SessionView, ...]:
        return self._all(_filtered(which).where(sessions.c.customer_id == customer_id))

    def of_mechanic(
        self, mechanic_id: MechanicId, which: SessionFilter, /
    ) -> tuple[SessionView, ...]:
        return self._all(_filtered(which).where(sessions.c.mechanic_id == mechanic_id))

    def all(self, which: SessionFilter, /) -> tuple[SessionView, ...]:
        return self._all(_filtered(which, customer.c.name, *_NUMBERS))

    def one(self, session_id: SessionId, /) -> SessionView:
        with self._engine.begin() as connection:
            values = {"session_id": session_id}
            found = identify(connection, SYSTEM).execute(_ONE, values).mappings().first()
        if found is None:
            raise Missing("session")
        return view_of(found)

    def count_of(self, customer_id: CustomerId, /) -> int:
        with self._engine.connect() as connection:
            return connection.execute(_COUNT, {"customer_id": customer_id}).scalar_one()

    def by_status(self) -> Mapping[SessionStatus, int]:
        with self._engine.connect() as connection:
            rows = connection.execute(_BY_STATUS).all()
        return {SessionStatus(status): count for status, count in rows}

    def _all(self, statement: Select[Any]) -> tuple[SessionView, ...]:
        with self._engine.begin() as connection:
            rows = identify(connection, SYSTEM).execute(statement).mappings()
            return tuple(map(view_of, rows))
