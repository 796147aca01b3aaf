"""Waiting requests over what was committed in memory."""

from datetime import datetime

import attrs

from autodoctor.adapters.memory.queries.session_money import money_of
from autodoctor.adapters.memory.queries.sessions import first_name, vehicle_told
from autodoctor.adapters.memory.tables import Tables
from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.domain.sessions.request import Request
from autodoctor.domain.shared.ids import MechanicId, RequestId
from autodoctor.ports.queries import RequestView
from autodoctor.ports.stores import Missing


def _request_view(tables: Tables, request: Request) -> RequestView:
    session = tables.sessions[request.session_id]
    intake = tables.intakes[session.intake_id]
    return RequestView(
        id=request.id,
        session_id=session.id,
        customer_id=session.customer_id,
        intake_id=intake.id,
        status=request.status,
        routing=request.routing,
        waiting_since=request.waiting_since,
        expires_at=request.expires_at,
        plan=session.terms.plan,
        plan_name=tables.plans[session.terms.plan].name,
        kind=session.terms.kind,
        minutes=session.terms.minutes,
        price=session.terms.price,
        left=money_of(tables, session).left,
        vehicle=vehicle_told(intake),
        odometer_km=intake.vehicle.odometer_km if intake.vehicle else None,
        concern=intake.concern,
        category=intake.category,
        keywords=intake.keywords,
        urgent=intake.urgent,
        files=len(intake.file_ids),
        country=intake.place.country,
        city=intake.place.city,
        specialist_brand=intake.specialist_brand or "",
        scheduled_for=session.scheduled_for,
        accepted_by=request.accepted_by,
        closed_at=request.closed_at,
        customer_first_name=first_name(tables, request.customer_id),
    )


@attrs.frozen
class MemoryRequestQueries:
    _kept: MemoryTransactions

    def waiting(self, mechanic_id: MechanicId, /, *, at: datetime) -> tuple[RequestView, ...]:
        tables = self._kept.tables
        rows = [r for r in tables.requests.values() if r.open_at(at)]
        shown = (r for r in rows if (r.id, mechanic_id) not in tables.declines)
        views = (_request_view(tables, request) for request in shown)
        return tuple(sorted(views, key=lambda v: (not v.urgent, v.waiting_since, v.id)))

    def one(self, request_id: RequestId, /) -> RequestView:
        tables = self._kept.tables
        if request_id not in tables.requests:
            raise Missing("request")
        return _request_view(tables, tables.requests[request_id])

    def history(self, mechanic_id: MechanicId, /, *, most: int) -> tuple[RequestView, ...]:
        tables = self._kept.tables
        mine = [r for r in tables.requests.values() if r.accepted_by == mechanic_id]
        newest = sorted(mine, key=lambda r: r.closed_at or r.waiting_since, reverse=True)
        return tuple(_request_view(tables, request) for request in newest[:most])
