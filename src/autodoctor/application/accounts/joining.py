"""Following an invitation: somebody new, or somebody who has an account, takes the place.

Refusals, in order: Missing (404), InvitationNotYours (403), InvitationUsed (409),
InvitationExpired (410), that the host is not approved or suspended (403), and what the place
itself refuses (409): that the person has one elsewhere, that there is no room.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, Protocol
from uuid import UUID

import attrs

from autodoctor.application.accounts.inviting import by_code
from autodoctor.application.accounts.profile import check_phone
from autodoctor.application.accounts.sign_up import SignUp
from autodoctor.application.accounts.verifying import end_other_sign_ups, verify_account
from autodoctor.application.corporate import places as company_places
from autodoctor.application.workshops import places as workshop_places
from autodoctor.domain.accounts.account import Account, check_name, check_password
from autodoctor.domain.accounts.consent import give
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.events import AccountOpened
from autodoctor.domain.accounts.invitation import Host, Invitation
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.accounts import EmailTaken
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction


@attrs.frozen
class LogInToJoin(Conflict):
    """You have an account with this address: log in, then follow the invitation again."""


class Hosting(Protocol):
    """Who invites: a workshop or a company."""

    @property
    def name(self) -> str: ...

    def check_open(self) -> None: ...


@attrs.frozen(kw_only=True)
class Reception:
    """What a kind of host does with whoever accepts. `find` locks it; `take` keeps the person
    in their place; `where` is its city, as a stranger may read it."""

    find: Callable[[Transaction, UUID, bool], Hosting]
    where: Callable[[Any], str]
    meaning: Callable[[str], str]
    role_of: Callable[[str], Role]
    take: Callable[[Ports, Transaction, Account, Invitation, datetime], Account]


RECEPTIONS: Final = {
    Host.WORKSHOP: Reception(
        find=workshop_places.find,
        where=workshop_places.where,
        meaning=workshop_places.MEANING.__getitem__,
        role_of=workshop_places.role_of,
        take=workshop_places.take,
    ),
    Host.ORGANIZATION: Reception(
        find=company_places.find,
        where=company_places.where,
        meaning=company_places.MEANING.__getitem__,
        role_of=company_places.role_of,
        take=company_places.take,
    ),
}
"""Whoever invites to another kind of place says here, or in its `places`, what becomes of it."""


@attrs.frozen(kw_only=True)
class Preview:
    """What an invitation says before anybody has accepted it; `role` is the hat of its place."""

    invitation: Invitation
    host: str
    where: str
    meaning: str
    role: Role
    invited_by: str


@attrs.frozen(kw_only=True)
class Joined:
    """`role` is the hat the place is for; `host` is the name of `host_id`."""

    account: Account
    kind: Host
    host_id: UUID
    host: str
    role: Role
    place: str


def preview(ports: Ports, *, code: str) -> Preview:
    """For whoever holds the code. Raises Missing."""
    with ports.transactions(SYSTEM) as tx:
        invitation = by_code(tx, code)
        at = RECEPTIONS[invitation.host]
        host = at.find(tx, invitation.host_id, False)
        return Preview(
            invitation=invitation,
            host=host.name,
            where=at.where(host),
            meaning=at.meaning(invitation.place),
            role=at.role_of(invitation.place),
            invited_by=tx.accounts.get(invitation.invited_by).name,
        )


def check_host(ports: Ports, *, code: str, host: Host) -> None:
    """Raises Missing, also for a code of the other kind of host."""
    with ports.transactions(SYSTEM) as tx:
        if by_code(tx, code).host is not host:
            raise Missing("invitation")


def join_anew(ports: Ports, *, code: str, form: SignUp) -> Joined:
    """Opens an account on the way; the code has proved its address. Refusals: Missing and
    InvitationNotYours first, then InvalidField, LogInToJoin, then as above."""
    with ports.transactions(SYSTEM) as tx:
        invitation = by_code(tx, code)
    email = EmailAddress.parse(form.email)
    invitation.accept(email=email, account_id=AccountId(ports.ids.new()), at=ports.now())
    account = _new_account(ports, form, email)
    at, role = ports.now(), RECEPTIONS[invitation.host].role_of(invitation.place)
    consents = give(account_id=account.id, kinds=form.consents, at=at)
    try:
        with ports.transactions(SYSTEM) as tx:
            end_other_sign_ups(ports, tx, account, at=at)
            tx.accounts.add(account)
            tx.consents.add(consents)
            tx.outbox.record(AccountOpened(account.id, role), by=SYSTEM, at=at)
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


def _join(
    ports: Ports, tx: Transaction, account_id: AccountId, code: str, *, at: datetime
) -> Joined:
    """The invitation is locked, then the host, then the person: of two who accept at once one
    wins, and nobody gets a place that is not there."""
    before = tx.invitations.get(by_code(tx, code).id, lock=True)
    reception = RECEPTIONS[before.host]
    host = reception.find(tx, before.host_id, True)
    account = tx.accounts.get(account_id, lock=True)
    after, events = before.accept(email=account.email, account_id=account.id, at=at)
    role = reception.role_of(before.place)
    if events:
        host.check_open()
        tx.invitations.save(after)
        tx.outbox.record(*events, by=Actor(account.id, role), at=at)
        verified = verify_account(ports, tx, account.id, at=at)
        worn = attrs.evolve(verified, roles=verified.roles | {role})
        account = reception.take(ports, tx, worn, before, at)
    return Joined(
        account=account,
        kind=before.host,
        host_id=before.host_id,
        host=host.name,
        role=role,
        place=before.place,
    )
