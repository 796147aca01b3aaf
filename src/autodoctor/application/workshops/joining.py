"""Following an invitation: somebody new, or somebody who has an account, takes the place.

Refusals, in order: Missing (404), InvitationNotYours (403), InvitationUsed (409),
InvitationExpired (410), WorkshopNotApproved, WorkshopSuspended (403), MemberElsewhere or
StaffElsewhere, CapacityFull (409).
"""

from datetime import datetime

import attrs

from autodoctor.application.accounts.profile import check_phone
from autodoctor.application.accounts.sign_up import SignUp
from autodoctor.application.mechanics.arrival import arrive
from autodoctor.application.mechanics.shift import put_off_shift
from autodoctor.application.workshops.inviting import MECHANIC, by_code, check_room
from autodoctor.domain.accounts.account import Account, check_name, check_password
from autodoctor.domain.accounts.consent import give
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.events import AccountOpened
from autodoctor.domain.accounts.invitation import Invitation
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role, Seat
from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.ids import AccountId, MechanicId, WorkshopId
from autodoctor.domain.workshops.events import SeatChanged
from autodoctor.domain.workshops.membership import MemberElsewhere, ask
from autodoctor.domain.workshops.workshop import Workshop
from autodoctor.ports.accounts import EmailTaken
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction


@attrs.frozen
class LogInToJoin(Conflict):
    """You have an account with this address: log in, then follow the invitation again."""


@attrs.frozen
class StaffElsewhere(Conflict):
    """You are of the staff of another workshop, and have to leave it first."""


@attrs.frozen
class Joined:
    """`role` is the hat the place is for."""

    account: Account
    workshop: Workshop
    role: Role
    place: str


def join_anew(ports: Ports, *, code: str, form: SignUp) -> Joined:
    """Opens an account on the way; the code has proved its address. Refusals: Missing and
    InvitationNotYours first, then InvalidField, LogInToJoin, then as above."""
    with ports.transactions(SYSTEM) as tx:
        invitation = by_code(tx, code)
    email = EmailAddress.parse(form.email)
    invitation.accept(email=email, account_id=AccountId(ports.ids.new()), at=ports.now())
    account = _new_account(ports, form, email)
    at = ports.now()
    consents = give(account_id=account.id, kinds=form.consents, at=at)
    try:
        with ports.transactions(SYSTEM) as tx:
            tx.accounts.add(account)
            tx.consents.add(consents)
            tx.outbox.record(AccountOpened(account.id, _role(tx, code)), by=SYSTEM, at=at)
            return _join(ports, tx, account.id, code, at=at)
    except EmailTaken:
        raise LogInToJoin() from None


def _new_account(ports: Ports, form: SignUp, email: EmailAddress) -> Account:
    password = check_password(form.password, common=ports.passwords.common, email=email)
    at = ports.now()
    return Account(
        id=AccountId(ports.ids.new()),
        email=email,
        name=check_name(form.full_name),
        password_hash=ports.passwords.hash(password),
        roles=frozenset(),
        created_at=at,
        verified_at=at,
        phone=check_phone(form.phone),
    )


def join_known(ports: Ports, *, actor: Actor, code: str) -> Joined:
    """Somebody signed in, whatever their hat. Accepting again changes nothing."""
    at = ports.now()
    with ports.transactions(actor) as tx:
        return _join(ports, tx, actor.account_id, code, at=at)


def _role(tx: Transaction, code: str) -> Role:
    return Role.MECHANIC if by_code(tx, code).place == MECHANIC else Role.WORKSHOP


def _join(
    ports: Ports, tx: Transaction, account_id: AccountId, code: str, *, at: datetime
) -> Joined:
    """The invitation is locked, then the workshop, then the person: of two who accept at once
    one wins, and nobody gets a place that is not there."""
    before = tx.invitations.get(by_code(tx, code).id, lock=True)
    workshop = tx.workshops.get(WorkshopId(before.host_id), lock=True)
    account = tx.accounts.get(account_id, lock=True)
    after, events = before.accept(email=account.email, account_id=account.id, at=at)
    role = Role.MECHANIC if before.place == MECHANIC else Role.WORKSHOP
    if not events:
        return Joined(account, workshop, role, before.place)
    workshop.check_open()
    tx.invitations.save(after)
    tx.outbox.record(*events, by=Actor(account.id, role), at=at)
    worn = attrs.evolve(account.verify(at=at), roles=account.roles | {role})
    taken = _take_place(ports, tx, worn, workshop, before, at=at)
    return Joined(taken, workshop, role, before.place)


def _take_place(
    ports: Ports,
    tx: Transaction,
    account: Account,
    workshop: Workshop,
    invitation: Invitation,
    *,
    at: datetime,
) -> Account:
    if invitation.place == MECHANIC:
        saved = tx.accounts.save(account)
        _become_mechanic(ports, tx, saved, workshop, at=at)
        return saved
    if account.workshop_id not in (None, workshop.id):
        raise StaffElsewhere()
    seat = Seat(invitation.place)
    told = SeatChanged(account.id, workshop.id, seat)
    tx.outbox.record(told, by=Actor(account.id, Role.WORKSHOP), at=at)
    return tx.accounts.save(attrs.evolve(account, workshop_id=workshop.id, workshop_seat=seat))


def _become_mechanic(
    ports: Ports, tx: Transaction, account: Account, workshop: Workshop, *, at: datetime
) -> None:
    """They wait for the workshop, and take no requests until it has let them in; a session
    under way goes on."""
    mechanic_id = MechanicId(account.id)
    if tx.memberships.of_mechanic(mechanic_id) is not None:
        raise MemberElsewhere()
    check_room(tx, workshop)
    arrive(ports, tx, account, at=at)
    place, events = ask(mechanic_id=mechanic_id, workshop_id=workshop.id, at=at)
    tx.memberships.add(place)
    mechanic = put_off_shift(tx, tx.mechanics.get(mechanic_id, lock=True), at=at)
    waiting = attrs.evolve(mechanic, workshop_id=workshop.id, workshop_approved=False)
    tx.mechanics.save(waiting)
    tx.outbox.record(*events, by=Actor(account.id, Role.MECHANIC), at=at)
