"""People of a team, and invitations to it, as ready strings: of a workshop, of a company."""

from typing import Final

import attrs

from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.invitation import Invitation, InvitationStatus
from autodoctor.domain.shared.actor import Actor, Seat
from autodoctor.entrypoints.web.pages.viewer import initials
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.parts import Person
from autodoctor.entrypoints.web.views import Tone

INVITATION: Final = {
    InvitationStatus.PENDING: ("Waiting for an answer", Tone.INFO),
    InvitationStatus.ACCEPTED: ("Accepted", Tone.OK),
    InvitationStatus.REVOKED: ("Taken back", Tone.NEUTRAL),
    InvitationStatus.EXPIRED: ("Expired", Tone.NEUTRAL),
}
INVITATIONS_SHOWN: Final = 20


@attrs.frozen(kw_only=True)
class InvitationLine:
    id: str
    email: str
    place: str
    state: str
    tone: Tone
    note: str
    pending: bool


@attrs.frozen(kw_only=True)
class StaffLine:
    id: str
    person: Person
    seat: str
    seat_name: str


def manages(actor: Actor) -> bool:
    return actor.seat is None or actor.seat.rank >= Seat.ADMIN.rank


def invitation_line(invitation: Invitation, when: When) -> InvitationLine:
    status = invitation.status(at=when.now)
    label, tone = INVITATION[status]
    pending = status is InvitationStatus.PENDING
    until = f"Good until {when.within(invitation.expires_at)}"
    sent = f"Sent {when.within(invitation.created_at)}"
    return InvitationLine(
        id=str(invitation.id),
        email=invitation.email.text,
        place=invitation.place,
        state=label,
        tone=tone,
        note=until if pending else sent,
        pending=pending,
    )


def staff_line(account: Account, seat: Seat | None) -> StaffLine:
    given = seat or Seat.VIEWER
    return StaffLine(
        id=str(account.id),
        person=Person(account.name, initials(account.name), note=account.email.text),
        seat=given.value,
        seat_name=given.value.capitalize(),
    )
