"""What the API answers: frozen, and nothing in them that the reader may not see."""

from datetime import datetime
from typing import Self
from uuid import UUID

import attrs

from autodoctor.application.garage.details import CustomerProfile
from autodoctor.domain.garage.details import Home
from autodoctor.domain.plans.plan import Plan
from autodoctor.domain.room.canned import Canned
from autodoctor.domain.room.file import File
from autodoctor.domain.room.message import Message
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.money import Money
from autodoctor.ports.queries import SessionView


@attrs.frozen(kw_only=True)
class Done:
    """What happened, in a sentence."""

    message: str


@attrs.frozen(kw_only=True)
class LoginAnswer:
    """The login itself is in the cookie. `stage` is complete, or what is still to be done
    before it opens anything: second_factor, set_up, agreements."""

    account_id: UUID
    role: str
    name: str
    email_verified: bool
    home: str
    stage: str = "complete"


@attrs.frozen(kw_only=True)
class ProfileAnswer:
    id: UUID
    email: str
    email_verified: bool
    full_name: str
    phone: str
    language: str
    time_zone: str
    home: Home
    photo_id: UUID | None

    @classmethod
    def of(cls, found: CustomerProfile) -> Self:
        account, details = found.account, found.details
        return cls(
            id=account.id,
            email=account.email.text,
            email_verified=account.verified,
            full_name=account.name,
            phone=account.phone,
            language=account.language,
            time_zone=account.time_zone,
            home=details.home,
            photo_id=details.photo_id,
        )


@attrs.frozen(kw_only=True)
class PlanAnswer:
    slug: str
    name: str
    price: Money
    minutes: int
    kind: str
    description: str
    perks: tuple[str, ...]
    recommended_for: str
    category: str
    attachments_max: int
    report: bool
    popular: bool

    @classmethod
    def of(cls, plan: Plan) -> Self:
        names = [field.name for field in attrs.fields(cls)]
        return cls(**{name: getattr(plan, name) for name in names})


@attrs.frozen(kw_only=True)
class SessionAnswer:
    """A session as its parties see it. The clock is the server's: `ends_at` while it runs."""

    id: UUID
    status: str
    kind: str
    plan: str
    minutes: int
    price: Money
    mechanic_id: UUID | None
    created_at: datetime
    scheduled_for: datetime | None
    matched_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    ends_at: datetime | None
    seconds_left: int
    present: tuple[str, ...]

    @classmethod
    def of(cls, session: Session, *, at: datetime) -> Self:
        return cls(
            id=session.id,
            status=session.status,
            kind=session.terms.kind,
            plan=session.terms.plan,
            minutes=session.terms.minutes,
            price=session.terms.price,
            mechanic_id=session.mechanic_id,
            created_at=session.created_at,
            scheduled_for=session.scheduled_for,
            matched_at=session.matched_at,
            started_at=session.started_at,
            ended_at=session.ended_at,
            ends_at=session.timer.runs_out_at,
            seconds_left=round(session.timer.remaining(at=at).total_seconds()),
            present=tuple(sorted(session.attendance.present)),
        )


@attrs.frozen(kw_only=True)
class SessionRow:
    """A session in a list. `customer` is a first name: mechanics see no more of it."""

    id: UUID
    status: str
    kind: str
    plan: str
    plan_name: str
    minutes: int
    price: Money
    refunded: Money
    customer: str
    mechanic: str
    vehicle: str
    concern: str
    created_at: datetime
    scheduled_for: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    minutes_used: int
    stars: int | None
    report_written: bool

    @classmethod
    def of(cls, view: SessionView) -> Self:
        return cls(
            id=view.id,
            status=view.status,
            kind=view.kind,
            plan=view.plan,
            plan_name=view.plan_name,
            minutes=view.minutes,
            price=view.price,
            refunded=view.refunded,
            customer=view.customer_name.split(" ")[0],
            mechanic=view.mechanic_name or "Waiting for a mechanic",
            vehicle=view.vehicle,
            concern=view.concern,
            created_at=view.created_at,
            scheduled_for=view.scheduled_for,
            started_at=view.started_at,
            ended_at=view.ended_at,
            minutes_used=view.minutes_used,
            stars=view.stars,
            report_written=view.report_written,
        )


@attrs.frozen(kw_only=True)
class SessionList:
    """Newest first. `next` is the cursor of the following page, None at the end."""

    sessions: tuple[SessionRow, ...]
    next: datetime | None

    @classmethod
    def of(cls, views: tuple[SessionView, ...], *, most: int) -> Self:
        full = len(views) == most
        return cls(
            sessions=tuple(map(SessionRow.of, views)),
            next=views[-1].created_at if views and full else None,
        )


@attrs.frozen(kw_only=True)
class MessageAnswer:
    id: UUID
    position: int
    party: str
    client_id: UUID
    text: str
    file_ids: tuple[UUID, ...]
    sent_at: datetime
    canned: Canned | None

    @classmethod
    def of(cls, message: Message) -> Self:
        names = [field.name for field in attrs.fields(cls)]
        return cls(**{name: getattr(message, name) for name in names})


@attrs.frozen(kw_only=True)
class FileAnswer:
    """`url` is a signed link, good for an hour."""

    id: UUID
    name: str
    media_type: str
    kind: str
    size_bytes: int
    description: str
    created_at: datetime
    url: str

    @classmethod
    def of(cls, file: File, *, url: str) -> Self:
        return cls(
            id=file.id,
            name=file.name,
            media_type=file.media_type,
            kind=file.kind,
            size_bytes=file.size_bytes,
            description=file.description,
            created_at=file.created_at,
            url=url,
        )
