"""People as the API tells staff of them. No hash and no secret is in any of it."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

import attrs

from autodoctor.application.accounts.people import Person
from autodoctor.application.accounts.support import NOTE
from autodoctor.domain.accounts.login import Login
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.shared.money import Money
from autodoctor.entrypoints.web.api.views import SessionRow
from autodoctor.ports.audit import Deed
from autodoctor.ports.people_queries import PersonView

SESSIONS_TOLD = 50


@attrs.frozen(kw_only=True)
class PersonRow:
    """`standing` is as of now. What is a mechanic's is null for everybody else; `rating` is an
    average to one decimal, empty before the first."""

    id: UUID
    name: str
    email: str
    phone: str
    roles: tuple[str, ...]
    standing: str
    suspended_until: datetime | None
    email_verified: bool
    created_at: datetime
    last_seen_at: datetime | None
    sessions_booked: int
    approved: bool | None = None
    on_shift: bool | None = None
    city: str | None = None
    profile_completion: int | None = None
    papers_expire_on: date | None = None
    rating: str | None = None
    ratings: int | None = None
    sessions_completed: int | None = None

    @classmethod
    def of(cls, view: PersonView, *, at: datetime) -> Self:
        row = cls(
            id=view.id,
            name=view.name,
            email=view.email,
            phone=view.phone,
            roles=tuple(sorted(view.roles)),
            standing=view.standing_at(at),
            suspended_until=view.suspended_until,
            email_verified=view.verified_at is not None,
            created_at=view.created_at,
            last_seen_at=view.seen_at,
            sessions_booked=view.booked,
        )
        told = view.mechanic
        if told is None:
            return row
        return attrs.evolve(
            row,
            approved=told.approved,
            on_shift=told.on_shift,
            city=told.city,
            profile_completion=told.profile_completion,
            papers_expire_on=told.papers_expire_on,
            rating=told.reputation.told,
            ratings=told.reputation.count,
            sessions_completed=told.completed_sessions,
        )


@attrs.frozen(kw_only=True)
class LoginTold:
    id: UUID
    role: str
    created_at: datetime
    seen_at: datetime
    address: str
    agent: str

    @classmethod
    def of(cls, login: Login) -> Self:
        return cls(**{field.name: getattr(login, field.name) for field in attrs.fields(cls)})


@attrs.frozen(kw_only=True)
class ConsentTold:
    kind: str
    version: str
    given_at: datetime
    withdrawn_at: datetime | None


@attrs.frozen(kw_only=True)
class DeedTold:
    """`action` is what was done, `by` the account of who did it."""

    id: UUID
    at: datetime
    action: str
    by: UUID
    reason: str

    @classmethod
    def of(cls, deed: Deed) -> Self:
        return cls(id=deed.id, at=deed.at, action=deed.action, by=deed.actor_id, reason=deed.reason)


@attrs.frozen(kw_only=True)
class MechanicTold:
    approved: bool
    application: str | None
    on_shift: bool
    city: str
    profile_completion: int
    papers_expire_on: date | None
    workshop_id: UUID | None
    rating: str
    ratings: int
    sessions_completed: int
    payouts_ready: bool

    @classmethod
    def of(cls, mechanic: Mechanic, *, application: str | None) -> Self:
        return cls(
            approved=mechanic.approved,
            application=application,
            on_shift=mechanic.on_shift,
            city=mechanic.city,
            profile_completion=mechanic.profile_completion,
            papers_expire_on=mechanic.papers_expire_on,
            workshop_id=mechanic.workshop_id,
            rating=mechanic.reputation.told,
            ratings=mechanic.reputation.count,
            sessions_completed=mechanic.completed_sessions,
            payouts_ready=mechanic.payouts_ready,
        )


@attrs.frozen(kw_only=True)
class PersonAnswer:
    """`sessions` are the latest fifty, `paid` and `returned` a customer's in all, `earned` a
    mechanic's share; `logins` those not ended; `notes` are among the deeds, too.
    `cancelled_after_contact` counts their sessions of the last 90 days."""

    id: UUID
    name: str
    email: str
    phone: str
    roles: tuple[str, ...]
    standing: str
    standing_reason: str
    suspended_until: datetime | None
    email_verified: bool
    created_at: datetime
    language: str
    time_zone: str
    free_sessions_left: int
    cancelled_after_contact: int
    paid: Money
    returned: Money
    spent: Money
    earned: Money
    mechanic: MechanicTold | None
    consents: tuple[ConsentTold, ...]
    logins: tuple[LoginTold, ...]
    sessions: tuple[SessionRow, ...]
    notes: tuple[DeedTold, ...]
    deeds: tuple[DeedTold, ...]

    @classmethod
    def of(cls, found: Person, *, at: datetime) -> Self:
        account, applied = found.account, found.application
        told = found.mechanic
        status = applied.status if applied else None
        deeds = tuple(map(DeedTold.of, found.deeds))
        return cls(
            id=account.id,
            name=account.name,
            email=account.email.text,
            phone=account.phone,
            roles=tuple(sorted(account.roles)),
            standing=account.standing_at(at),
            standing_reason=account.standing_reason,
            suspended_until=account.suspended_until,
            email_verified=account.verified,
            created_at=account.created_at,
            language=account.language,
            time_zone=account.time_zone,
            free_sessions_left=found.free_sessions.left,
            cancelled_after_contact=len(found.called_off),
            paid=found.paid,
            returned=found.returned,
            spent=found.spent,
            earned=found.earned,
            mechanic=MechanicTold.of(told, application=status) if told else None,
            consents=tuple(
                ConsentTold(
                    kind=each.kind,
                    version=each.version,
                    given_at=each.given_at,
                    withdrawn_at=each.withdrawn_at,
                )
                for each in found.consents
            ),
            logins=tuple(map(LoginTold.of, found.logins)),
            sessions=tuple(map(SessionRow.of, found.sessions[:SESSIONS_TOLD])),
            notes=tuple(each for each in deeds if each.action == NOTE),
            deeds=deeds,
        )
