"""A company invites somebody to run it beside its owner: by mail, to one seat."""

from functools import partial

from autodoctor.application.access.corporate import INVITE, TEAM
from autodoctor.application.access.may import may
from autodoctor.application.accounts.inviting import (
    InTheTeamAlready,
    check_seat_given,
    invited_before,
    send,
    take_back,
)
from autodoctor.application.corporate.own import open_organization
from autodoctor.application.corporate.places import MEANING, SEATS
from autodoctor.application.notifications.letters import Letter
from autodoctor.application.workshops.invitation_letter import article
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.invitation import Host, Invitation
from autodoctor.domain.shared.actor import Actor, Seat
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import InvitationId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing


def invite_colleague(ports: Ports, *, actor: Actor, email: str, place: str) -> Invitation:
    """Asking again returns the pending one, and mails nothing. Refusals: WrongRole, SeatTooLow
    (also for a seat above one's own), InvalidField, CompanyUntold,
    OrganizationNotApproved, OrganizationSuspended, InvitedToAnother, InTheTeamAlready."""
    may(actor, INVITE)
    address, seat = EmailAddress.parse(email), check_seat(place)
    check_seat_given(actor, seat)
    with ports.transactions(actor) as tx:
        company = open_organization(tx, actor, lock=True)
        pending = invited_before(ports, tx, company.id, to=address, place=seat)
        if pending is not None:
            return pending
        account = tx.accounts.by_email(address)
        if account is not None and account.organization_id == company.id:
            raise InTheTeamAlready()
        return send(
            ports,
            tx,
            host=Host.ORGANIZATION,
            host_id=company.id,
            to=address,
            place=seat.value,
            by=actor,
            letter=partial(_letter, company.name, seat),
        )


def check_seat(place: str) -> Seat:
    """One of those there are in a company. Raises InvalidField."""
    if place not in SEATS:
        raise InvalidField("place", f"One of {', '.join(SEATS)}.")
    return Seat(place)


def _letter(company: str, seat: Seat, inviter: str, url: str) -> Letter:
    return Letter(
        subject=f"{company} invites you to autodoctor",
        greeting="Hello,",
        paragraphs=(
            f"{inviter} of {company} invites you to run the company's account on autodoctor "
            f"with them, as {article(seat)}. {MEANING[seat]}",
            "The invitation is for this address alone. It works once, for 7 days. If you do not "
            "know them, ignore this mail.",
        ),
        action="See the invitation",
        url=url,
        secret=True,
    )


def revoke(ports: Ports, *, actor: Actor, invitation_id: InvitationId) -> Invitation:
    """Takes one to a seat back; again changes nothing. Refusals: Missing, InvitationUsed."""
    may(actor, INVITE)
    with ports.transactions(actor) as tx:
        company = open_organization(tx, actor)
        if tx.invitations.get(invitation_id).place not in SEATS:
            raise Missing("invitation")
        return take_back(ports, tx, company.id, invitation_id)


def invitations(ports: Ports, *, actor: Actor) -> tuple[Invitation, ...]:
    """To seats, newest first."""
    may(actor, TEAM)
    with ports.transactions(actor) as tx:
        every = tx.invitations.of_host(open_organization(tx, actor).id)
    return tuple(each for each in every if each.place in SEATS)
