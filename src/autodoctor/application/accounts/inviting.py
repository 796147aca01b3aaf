"""Inviting somebody by mail: what workshops and companies do alike. Who may, and to which
place, is each host's own."""

from collections.abc import Callable
from hashlib import sha256
from uuid import UUID

import attrs

from autodoctor.application.access.may import SeatTooLow
from autodoctor.application.accounts.tokens import digest
from autodoctor.application.notifications.allowance import MailKind, check_mail
from autodoctor.application.notifications.letters import Letter
from autodoctor.application.notifications.post import post
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.invitation import CODE_LENGTH, Host, Invitation, invite
from autodoctor.domain.shared.actor import Actor, Seat
from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.ids import InvitationId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction

LetterOf = Callable[[str, str], Letter]
"""From who invites, by name, and the link."""


@attrs.frozen
class InvitedToAnother(Conflict):
    """This person has an invitation to another place here; take that one back first."""

    place: str


@attrs.frozen
class InTheTeamAlready(Conflict):
    """This person is in your team already."""


def check_seat_given(actor: Actor, seat: Seat) -> None:
    """Nobody gives a seat above their own. Raises SeatTooLow."""
    if actor.seat is not None and seat.rank > actor.seat.rank:
        raise SeatTooLow(seat)


def invited_before(
    ports: Ports, tx: Transaction, host_id: UUID, *, to: EmailAddress, place: str
) -> Invitation | None:
    """What can still be accepted: it is not mailed again. Under the host's lock. Raises
    InvitedToAnother."""
    pending = tx.invitations.pending(host_id, to, at=ports.now())
    if pending is not None and pending.place != place:
        raise InvitedToAnother(pending.place)
    return pending


def send(
    ports: Ports,
    tx: Transaction,
    *,
    host: Host,
    host_id: UUID,
    to: EmailAddress,
    place: str,
    by: Actor,
    letter: LetterOf,
) -> Invitation:
    """The code stands in the mail alone. Raises TooManyMails."""
    check_mail(ports, tx, to, MailKind.INVITATION)
    code = sha256(ports.ids.secret().encode()).hexdigest()[:CODE_LENGTH]
    invitation, events = invite(
        invitation_id=InvitationId(ports.ids.new()),
        host=host,
        host_id=host_id,
        email=to,
        place=place,
        code_hash=digest(code),
        by=by.account_id,
        at=ports.now(),
    )
    tx.invitations.add(invitation)
    inviter = tx.accounts.get(by.account_id).name
    post(
        ports,
        tx,
        letter(inviter, f"{ports.rules.public_url}/invitations/{code}"),
        to=to,
        occasion="invitation",
        reference=str(invitation.id),
        account_id=None,
    )
    tx.outbox.record(*events, by=by, at=ports.now())
    return invitation


def take_back(
    ports: Ports, tx: Transaction, host_id: UUID, invitation_id: InvitationId
) -> Invitation:
    """Again changes nothing. Refusals: Missing, also for another host's; InvitationUsed."""
    before = tx.invitations.get(invitation_id, lock=True)
    if before.host_id != host_id:
        raise Missing("invitation")
    after = before.revoke(at=ports.now())
    return before if after is before else tx.invitations.save(after)


def by_code(tx: Transaction, code: str) -> Invitation:
    """Raises Missing."""
    found = tx.invitations.by_code(digest(code.strip().lower()))
    if found is None:
        raise Missing("invitation")
    return found
