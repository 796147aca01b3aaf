"""Requests and mechanics as the API shows them, with the reasons of a score."""

from datetime import datetime
from typing import Self
from uuid import UUID

import attrs

from autodoctor.application.mechanics.queue import Offer
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.shared.money import Money
from autodoctor.ports.queries import RequestView


@attrs.frozen(kw_only=True)
class ReasonAnswer:
    factor: str
    points: int
    detail: str


@attrs.frozen(kw_only=True)
class RequestAnswer:
    """A request in a mechanic's queue: what it is, why it came, what it pays, how long."""

    id: UUID
    session_id: UUID
    status: str
    plan: str
    plan_name: str
    kind: str
    minutes: int
    vehicle: str
    odometer_km: int | None
    concern: str
    category: str
    keywords: tuple[str, ...]
    urgent: bool
    files: int
    customer: str
    waiting_since: datetime
    expires_at: datetime
    scheduled_for: datetime | None
    score: int
    reasons: tuple[ReasonAnswer, ...]
    pays: Money | None

    @classmethod
    def of(cls, view: RequestView, offer: Offer | None = None) -> Self:
        reasons = offer.score.reasons if offer else ()
        return cls(
            id=view.id,
            session_id=view.session_id,
            status=view.status,
            plan=view.plan,
            plan_name=view.plan_name,
            kind=view.kind,
            minutes=view.minutes,
            vehicle=view.vehicle,
            odometer_km=view.odometer_km,
            concern=view.concern,
            category=view.category,
            keywords=view.keywords,
            urgent=view.urgent,
            files=view.files,
            customer=view.customer_first_name,
            waiting_since=view.waiting_since,
            expires_at=view.expires_at,
            scheduled_for=view.scheduled_for,
            score=offer.score.points if offer else 0,
            reasons=tuple(
                ReasonAnswer(factor=r.factor, points=r.points, detail=r.detail) for r in reasons
            ),
            pays=offer.pays if offer else None,
        )


@attrs.frozen(kw_only=True)
class MechanicAnswer:
    """A mechanic as customers see one."""

    id: UUID
    name: str
    years_of_experience: int
    red_seal: bool
    specializations: tuple[str, ...]
    brands: tuple[str, ...]
    rating: str
    reviews: int
    completed_sessions: int
    city: str
    online: bool
    score: int = 0
    reasons: tuple[ReasonAnswer, ...] = ()

    @classmethod
    def of(cls, mechanic: Mechanic) -> Self:
        return cls(
            id=mechanic.id,
            name=mechanic.name,
            years_of_experience=mechanic.years_of_experience,
            red_seal=mechanic.red_seal,
            specializations=mechanic.specializations,
            brands=tuple(sorted(mechanic.brands)),
            rating=mechanic.reputation.told,
            reviews=mechanic.reputation.count,
            completed_sessions=mechanic.completed_sessions,
            city=mechanic.city,
            online=mechanic.on_shift,
        )
