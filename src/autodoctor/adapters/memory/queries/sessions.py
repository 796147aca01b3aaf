"""Lists of sessions over what was committed in memory."""

from collections import Counter
from collections.abc import Mapping

import attrs

from autodoctor.adapters.memory.queries.session_money import money_of
from autodoctor.adapters.memory.tables import Tables
from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.domain.booking.intake import Intake
from autodoctor.domain.sessions.request import RequestStatus
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.sessions.timer import minutes_told
from autodoctor.domain.shared.ids import CustomerId, MechanicId, SessionId
from autodoctor.ports.queries import SessionFilter, SessionView
from autodoctor.ports.stores import Missing


def first_name(tables: Tables, customer_id: CustomerId) -> str:
    return tables.accounts[customer_id].name.split(" ", 1)[0]


def vehicle_told(intake: Intake) -> str:
    vehicle = intake.vehicle
    return f"{vehicle.year} {vehicle.make} {vehicle.model}" if vehicle else ""


def _session_view(tables: Tables, session: Session) -> SessionView:
    intake = tables.intakes[session.intake_id]
    mechanic = tables.mechanics[session.mechanic_id] if session.mechanic_id else None
    rating = tables.ratings.get(session.id)
    requests = (r for r in tables.requests.values() if r.session_id == session.id)
    waiting = next((r for r in requests if r.status is RequestStatus.WAITING), None)
    money = attrs.asdict(money_of(tables, session), recurse=False)
    return SessionView(
        **money,
        id=session.id,
        status=session.status,
        kind=session.terms.kind,
        plan=session.terms.plan,
        plan_name=tables.plans[session.terms.plan].name,
        minutes=session.terms.minutes,
        report_included=session.terms.report,
        customer_id=session.customer_id,
        customer_name=tables.accounts[session.customer_id].name,
        mechanic_id=session.mechanic_id,
        mechanic_name=mechanic.name if mechanic else "",
        intake_id=intake.id,
        vehicle=vehicle_told(intake),
        concern=intake.concern,
        category=intake.category,
        urgent=intake.urgent,
        created_at=session.created_at,
        scheduled_for=session.scheduled_for,
        matched_at=session.matched_at,
        started_at=session.started_at,
        ended_at=session.ended_at,
        minutes_used=minutes_told(session.timer.used),
        stars=rating.stars if rating else None,
        report_written=session.id in tables.reports,
        request_id=waiting.id if waiting else None,
        request_expires_at=waiting.expires_at if waiting else None,
    )


def _fits(view: SessionView, which: SessionFilter, *, names: bool) -> bool:
    texts = [view.concern, view.mechanic_name, view.plan_name, view.vehicle]
    texts += [view.customer_name, str(view.id), str(view.receipt or "")] if names else []
    return (
        (not which.statuses or view.status in which.statuses)
        and (not which.kind or view.kind == which.kind)
        and any(which.text.lower() in text.lower() for text in texts)
        and (which.since is None or view.created_at >= which.since)
        and (which.before is None or view.created_at < which.before)
    )


@attrs.frozen
class MemorySessionQueries:
    _kept: MemoryTransactions

    def of_customer(
        self, customer_id: CustomerId, which: SessionFilter, /
    ) -> tuple[SessionView, ...]:
        return tuple(v for v in self._listed(which) if v.customer_id == customer_id)[: which.most]

    def of_mechanic(
        self, mechanic_id: MechanicId, which: SessionFilter, /
    ) -> tuple[SessionView, ...]:
        return tuple(v for v in self._listed(which) if v.mechanic_id == mechanic_id)[: which.most]

    def all(self, which: SessionFilter, /) -> tuple[SessionView, ...]:
        return tuple(self._listed(which, names=True))[: which.most]

    def one(self, session_id: SessionId, /) -> SessionView:
        tables = self._kept.tables
        if session_id not in tables.sessions:
            raise Missing("session")
        return _session_view(tables, tables.sessions[session_id])

    def count_of(self, customer_id: CustomerId, /) -> int:
        return sum(s.customer_id == customer_id for s in self._kept.tables.sessions.values())

    def by_status(self) -> Mapping[SessionStatus, int]:
        return Counter(session.status for session in self._kept.tables.sessions.values())

    def _listed(self, which: SessionFilter, *, names: bool = False) -> list[SessionView]:
        tables = self._kept.tables
        views = (_session_view(tables, session) for session in tables.sessions.values())
        found = sorted((v for v in views if _fits(v, which, names=names)), key=lambda v: v.id)
        return sorted(found, key=lambda view: view.created_at, reverse=True)
