"""What staff do to accounts and for their people; all of it is in the audit log."""

from datetime import datetime
from typing import Annotated, Final, Self
from uuid import UUID

import attrs
from msgspec import Meta

from autodoctor.application.access.accounts import HATS, STANDING, SUPPORT
from autodoctor.application.accounts import standing, support
from autodoctor.application.accounts.standing import AccountLeft, OwnAccount
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.mechanics.reputation import NotRated
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import AccountId, MechanicId
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.api.views import Done
from autodoctor.entrypoints.web.call import Call
from autodoctor.ports.stores import Missing

admin_deeds = Endpoints("Admin")

HELP: Final = (InvalidField, Missing, AccountLeft)
PUT_OUT: Final = (InvalidField, Missing, OwnAccount, AccountLeft)


@attrs.frozen(kw_only=True)
class AccountAnswer:
    """`standing` is as of now."""

    id: UUID
    standing: str
    suspended_until: datetime | None
    roles: tuple[str, ...]
    email_verified: bool

    @classmethod
    def of(cls, account: Account, *, at: datetime) -> Self:
        return cls(
            id=account.id,
            standing=account.standing_at(at),
            suspended_until=account.suspended_until,
            roles=tuple(sorted(account.roles)),
            email_verified=account.verified,
        )


class Because(Body):
    reason: str


class SuspendBody(Because):
    """Without `days` somebody has to end it."""

    days: int | None = None


class RolesBody(Because):
    """All the roles they are to have."""

    roles: frozenset[Role]


class WriteBody(Body):
    subject: str
    message: str


class NoteBody(Body):
    text: str


class RatingBody(Because):
    """The average wanted, to one decimal."""

    rating: Annotated[float, Meta(ge=1, le=5)]


@attrs.frozen(kw_only=True)
class RatingAnswer:
    """The average as everybody reads it now."""

    mechanic_id: UUID
    rating: str
    ratings: int


@attrs.frozen(kw_only=True)
class FreeSessionsAnswer:
    granted: int
    used: int
    left: int


@admin_deeds.route(
    "POST",
    "/api/admin/users/{account_id}/suspend",
    action=STANDING,
    body=SuspendBody,
    answer=AccountAnswer,
    refusals=PUT_OUT,
)
def suspend(call: Call, *, account_id: AccountId, body: SuspendBody) -> AccountAnswer:
    """Suspend somebody, for some days or until it is ended; they are out within seconds."""
    done = standing.suspend(
        call.ports, actor=call.who, account_id=account_id, reason=body.reason, days=body.days
    )
    return AccountAnswer.of(done, at=call.ports.now())


@admin_deeds.route(
    "POST",
    "/api/admin/users/{account_id}/ban",
    action=STANDING,
    body=Because,
    answer=AccountAnswer,
    refusals=PUT_OUT,
)
def ban(call: Call, *, account_id: AccountId, body: Because) -> AccountAnswer:
    """Ban somebody for good; they are out within seconds."""
    done = standing.ban(call.ports, actor=call.who, account_id=account_id, reason=body.reason)
    return AccountAnswer.of(done, at=call.ports.now())


@admin_deeds.route(
    "POST",
    "/api/admin/users/{account_id}/reinstate",
    action=STANDING,
    body=Because,
    answer=AccountAnswer,
    refusals=PUT_OUT,
)
def reinstate(call: Call, *, account_id: AccountId, body: Because) -> AccountAnswer:
    """Let somebody in again. Again changes nothing."""
    done = standing.reinstate(call.ports, actor=call.who, account_id=account_id, reason=body.reason)
    return AccountAnswer.of(done, at=call.ports.now())


@admin_deeds.route(
    "POST",
    "/api/admin/users/{account_id}/roles",
    action=HATS,
    body=RolesBody,
    answer=AccountAnswer,
    refusals=PUT_OUT,
)
def roles(call: Call, *, account_id: AccountId, body: RolesBody) -> AccountAnswer:
    """Give and take roles; all their logins end."""
    done = standing.change_roles(
        call.ports, actor=call.who, account_id=account_id, roles=body.roles, reason=body.reason
    )
    return AccountAnswer.of(done, at=call.ports.now())


@admin_deeds.route(
    "POST",
    "/api/admin/users/{account_id}/verify-email",
    action=SUPPORT,
    body=Because,
    answer=AccountAnswer,
    refusals=HELP,
)
def verify_email(call: Call, *, account_id: AccountId, body: Because) -> AccountAnswer:
    """Take their address as confirmed. Again changes nothing."""
    done = support.verify_email(
        call.ports, actor=call.who, account_id=account_id, reason=body.reason
    )
    return AccountAnswer.of(done, at=call.ports.now())


@admin_deeds.route(
    "POST",
    "/api/admin/users/{account_id}/reset-password",
    action=SUPPORT,
    body=Because,
    answer=Done,
    refusals=HELP,
)
def reset_password(call: Call, *, account_id: AccountId, body: Because) -> Done:
    """Mail them a link to set a new password."""
    support.mail_reset(call.ports, actor=call.who, account_id=account_id, reason=body.reason)
    return Done(
        message="A link is on its way to them; it works once, and the mail says until when."
    )


@admin_deeds.route(
    "POST",
    "/api/admin/users/{account_id}/notify",
    action=SUPPORT,
    body=WriteBody,
    answer=Done,
    refusals=HELP,
)
def notify(call: Call, *, account_id: AccountId, body: WriteBody) -> Done:
    """Write to somebody: by mail, and behind their bell."""
    support.write_to(
        call.ports,
        actor=call.who,
        account_id=account_id,
        subject=body.subject,
        message=body.message,
    )
    return Done(message="It is on its way to them.")


@admin_deeds.route(
    "POST",
    "/api/admin/users/{account_id}/notes",
    action=SUPPORT,
    body=NoteBody,
    answer=Done,
    status=201,
    refusals=(InvalidField, Missing),
)
def note(call: Call, *, account_id: AccountId, body: NoteBody) -> Done:
    """Note something about somebody, for staff alone. It stays."""
    support.add_note(call.ports, actor=call.who, account_id=account_id, text=body.text)
    return Done(message="Noted.")


@admin_deeds.route(
    "POST",
    "/api/admin/users/{account_id}/free-session-override",
    action=SUPPORT,
    body=Because,
    answer=FreeSessionsAnswer,
    refusals=HELP,
)
def free_session(call: Call, *, account_id: AccountId, body: Because) -> FreeSessionsAnswer:
    """Grant a customer exactly one more free session."""
    book = support.grant_free_session(
        call.ports, actor=call.who, account_id=account_id, reason=body.reason
    )
    return FreeSessionsAnswer(granted=book.granted, used=book.used, left=book.left)


@admin_deeds.route(
    "POST",
    "/api/admin/users/mechanics/{mechanic_id}/adjust-rating",
    action=SUPPORT,
    body=RatingBody,
    answer=RatingAnswer,
    refusals=(InvalidField, Missing, NotRated),
)
def adjust_rating(call: Call, *, mechanic_id: MechanicId, body: RatingBody) -> RatingAnswer:
    """Correct a mechanic's average.

    What customers gave stays as it is: stars are added or taken until the average is as near
    to the one wanted as whole stars come.
    """
    mechanic = support.correct_rating(
        call.ports,
        actor=call.who,
        mechanic_id=mechanic_id,
        tenths=round(body.rating * 10),
        reason=body.reason,
    )
    told = mechanic.reputation
    return RatingAnswer(mechanic_id=mechanic.id, rating=told.told, ratings=told.count)
