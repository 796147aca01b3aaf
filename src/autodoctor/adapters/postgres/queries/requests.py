"""Requests as a mechanic's queue shows them."""

from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import Engine, RowMapping, Select, bindparam, exists, func, select

from autodoctor.adapters.postgres.queries.session_money import LEFT
from autodoctor.adapters.postgres.queries.sessions import VEHICLE
from autodoctor.adapters.postgres.tables.accounts import accounts
from autodoctor.adapters.postgres.tables.booking import intakes
from autodoctor.adapters.postgres.tables.plans import plans
from autodoctor.adapters.postgres.tables.sessions import declines, requests, sessions
from autodoctor.domain.sessions.request import RequestStatus
from autodoctor.domain.sessions.routing import Routing, RoutingKind
from autodoctor.domain.shared.ids import MechanicId, RequestId
from autodoctor.domain.shared.money import Currency, Money
from autodoctor.ports.queries import RequestView
from autodoctor.ports.stores import Missing

_VIEW: Select[Any] = (
    select(
        requests.c.id,
        requests.c.session_id,
        requests.c.customer_id,
        sessions.c.intake_id,
        requests.c.status,
        requests.c.routing,
        requests.c.workshop_id,
        requests.c.chosen_mechanic_id,
        requests.c.waiting_since,
        requests.c.expires_at,
        sessions.c.plan,
        plans.c.name.label("plan_name"),
        sessions.c.kind,
        sessions.c.minutes,
        sessions.c.price_minor,
        LEFT.label("left_minor"),
        sessions.c.currency,
        VEHICLE.label("vehicle"),
        intakes.c.vehicle_odometer_km.label("odometer_km"),
        intakes.c.concern,
        intakes.c.category,
        intakes.c.keywords,
        intakes.c.urgent,
        func.cardinality(intakes.c.file_ids).label("files"),
        intakes.c.country,
        intakes.c.city,
        func.coalesce(intakes.c.specialist_brand, "").label("specialist_brand"),
        sessions.c.scheduled_for,
        requests.c.accepted_by,
        requests.c.closed_at,
        func.split_part(accounts.c.name, " ", 1).label("customer_first_name"),
    )
    .select_from(requests)
    .join(sessions, sessions.c.id == requests.c.session_id)
    .join(intakes, intakes.c.id == sessions.c.intake_id)
    .join(plans, plans.c.slug == sessions.c.plan)
    .join(accounts, accounts.c.id == requests.c.customer_id)
)
_DECLINED = exists().where(
    declines.c.request_id == requests.c.id, declines.c.mechanic_id == bindparam("mechanic_id")
)
_WAITING = _VIEW.where(
    requests.c.status == RequestStatus.WAITING,
    requests.c.expires_at > bindparam("at"),
    ~_DECLINED,
).order_by(intakes.c.urgent.desc(), requests.c.waiting_since, requests.c.id)
_ONE = _VIEW.where(requests.c.id == bindparam("request_id"))
_HISTORY = (
    _VIEW.where(requests.c.accepted_by == bindparam("mechanic_id"))
    .order_by(requests.c.closed_at.desc(), requests.c.id)
    .limit(bindparam("most"))
)


def view_of(row: RowMapping) -> RequestView:
    values = dict(row)
    kind, workshop = RoutingKind(values.pop("routing")), values.pop("workshop_id")
    routing = Routing(kind, workshop, values.pop("chosen_mechanic_id"))
    values["status"] = RequestStatus(values["status"])
    values["keywords"] = tuple(values["keywords"])
    currency = Currency(values.pop("currency"))
    price, left = (Money(int(values.pop(f"{name}_minor")), currency) for name in ("price", "left"))
    return RequestView(routing=routing, price=price, left=left, **values)


@attrs.frozen
class PostgresRequestQueries:
    _engine: Engine

    def waiting(self, mechanic_id: MechanicId, /, *, at: datetime) -> tuple[RequestView, ...]:
        return self._all(_WAITING, {"mechanic_id": mechanic_id, "at": at})

    def one(self, request_id: RequestId, /) -> RequestView:
        found = self._all(_ONE, {"request_id": request_id})
        if not found:
            raise Missing("request")
        return found[0]

    def history(self, mechanic_id: MechanicId, /, *, most: int) -> tuple[RequestView, ...]:
        return self._all(_HISTORY, {"mechanic_id": mechanic_id, "most": most})

    def _all(self, statement: Select[Any], values: dict[str, Any]) -> tuple[RequestView, ...]:
        with self._engine.connect() as connection:
            return tuple(map(view_of, connection.execute(statement, values).mappings()))
