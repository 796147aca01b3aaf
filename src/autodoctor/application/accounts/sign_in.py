"""Signing in with one hat, staying signed in, signing out."""

from types import MappingProxyType
from typing import Final

import attrs

from autodoctor.application.accounts.credentials import owner_of, with_password
from autodoctor.application.accounts.guessing import Buckets, Devices, buckets, counted
from autodoctor.application.accounts.tokens import digest
from autodoctor.application.operations.security import record, tries_recorded
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.consent import is_asked
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.login import Login, Stage
from autodoctor.domain.corporate.organization import OrganizationSuspended
from autodoctor.domain.operations.security_event import SecurityKind, Subject
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.errors import Forbidden, Refusal
from autodoctor.domain.shared.ids import AccountId, LoginId
from autodoctor.domain.workshops.workshop import WorkshopSuspended
from autodoctor.ports.bundle import Ports
from autodoctor.ports.operations import person
from autodoctor.ports.transactions import Transaction

LOGINS: Final = "logins"
"""The kind under which streams are told that logins may have ended."""


@attrs.frozen
class CredentialsWrong(Forbidden):
    """The email address or the password is wrong."""


@attrs.frozen
class OtherRole(Forbidden):
    """Your account has another role; log in with that one."""

    roles: tuple[Role, ...]


@attrs.frozen
class LoginGone(Forbidden):
    """This login has ended or took too long; log in again."""


@attrs.frozen
class SignedIn:
    """`token` goes into the cookie and is stored nowhere. While `stage` is not complete the
    login opens only the page of that stage."""

    token: str = attrs.field(repr=False)
    actor: Actor
    account: Account
    stage: Stage = Stage.COMPLETE


@attrs.frozen
class Present:
    """Somebody who holds a good cookie. Half-way in, they are no actor yet."""

    actor: Actor
    account: Account
    login: Login


def sign_in(
    ports: Ports,
    *,
    email: str,
    password: str,
    role: Role | None,
    address: str,
    agent: str,
    preferred: Role | None = None,
    devices: Devices = MappingProxyType({}),
) -> SignedIn:
    """Raises TooManyGuesses, then CredentialsWrong for an unknown address and a wrong password.
    `devices` are those that this browser says it is, by account. Then, for whoever
    has shown the password: OtherRole when they do not have `role`, AccountNotActive. Without a
    `role` they come in with the one they prefer, if it is theirs, else with the last one used."""
    parsed, owner = owner_of(ports, email)
    with tries_recorded(
        ports, SecurityKind.LOGIN_FAILED, Refusal, account=lambda: owner.id if owner else None
    ):
        counts = buckets(email, address=address, account=owner, devices=devices)
        account = _proved(ports, password, parsed, owner, counts=counts)
        if role is not None and role not in account.roles:
            raise OtherRole(tuple(sorted(account.roles)))
        chosen = role or _role_of(ports, account, preferred)
        return enter(ports, account, role=chosen, address=address, agent=agent)


def _proved(
    ports: Ports,
    password: str,
    email: EmailAddress,
    owner: Account | None,
    *,
    counts: Buckets,
) -> Account:
    """Raises TooManyGuesses, CredentialsWrong."""
    with counted(ports, counts):
        account = with_password(ports, email, password, owner=owner)
        if account is None:
            raise CredentialsWrong()
        return account


def _role_of(ports: Ports, account: Account, preferred: Role | None) -> Role:
    if preferred in account.roles:
        return preferred
    with ports.transactions(SYSTEM) as tx:
        latest = tx.logins.latest(account.id)
    if latest is not None and latest.role in account.roles:
        return latest.role
    return next(role for role in Role if role in account.roles)


def enter(ports: Ports, account: Account, *, role: Role, address: str, agent: str) -> SignedIn:
    """Lets in whoever has shown who they are, as far as they may come with that alone.
    Raises AccountNotActive, WorkshopSuspended, OrganizationSuspended."""
    account.check_active(at=ports.now())
    with ports.transactions(SYSTEM) as tx:
        _check_not_put_out(tx, account, role)
        stage = stage_of(ports, tx, account, role)
    return open_login(ports, account, role=role, address=address, agent=agent, stage=stage)


def _check_not_put_out(tx: Transaction, account: Account, role: Role) -> None:
    """Who is not approved yet lets their staff in: they look where it stands."""
    if role is Role.WORKSHOP and account.workshop_id is not None:
        workshop = tx.workshops.get(account.workshop_id)
        if workshop.suspended_at is not None:
            raise WorkshopSuspended()
    if role is Role.CORPORATE and account.organization_id is not None:
        company = tx.organizations.get(account.organization_id)
        if company.suspended_at is not None:
            raise OrganizationSuspended()


def stage_of(
    ports: Ports, tx: Transaction, account: Account, role: Role, *, factor_given: bool = False
) -> Stage:
    """What still stands between this person and the role, in the order it is asked."""
    if not factor_given:
        if has_factor(tx, account.id):
            return Stage.SECOND_FACTOR
        if role in ports.rules.second_factor_required:
            return Stage.SET_UP
    if is_asked(tx.consents.of(account.id), role):
        return Stage.AGREEMENTS
    return Stage.COMPLETE


def has_factor(tx: Transaction, account_id: AccountId) -> bool:
    app = tx.factors.totp(account_id)
    return (app is not None and app.confirmed) or bool(tx.passkeys.of(account_id))


def open_login(
    ports: Ports,
    account: Account,
    *,
    role: Role,
    address: str,
    agent: str,
    stage: Stage = Stage.COMPLETE,
) -> SignedIn:
    """Asks nothing more of anybody: `enter` does."""
    at = ports.now()
    token = ports.ids.secret()
    login = Login(
        id=LoginId(ports.ids.new()),
        account_id=account.id,
        role=role,
        token_hash=digest(token),
        created_at=at,
        seen_at=at,
        address=address,
        agent=agent[:300],
        stage=stage,
    )
    actor = actor_of(account, role)
    with ports.transactions(SYSTEM) as tx:
        tx.logins.add(login)
        _record_stage(ports, tx, actor, stage)
    return SignedIn(token, actor, account, stage)


def _record_stage(ports: Ports, tx: Transaction, actor: Actor, stage: Stage) -> None:
    kind = SecurityKind.LOGGED_IN if stage is Stage.COMPLETE else SecurityKind.LOGIN_STARTED
    detail = "" if stage is Stage.COMPLETE else stage.value
    record(ports, tx, kind, by=actor, detail=detail)


def go_on(ports: Ports, tx: Transaction, present: Present) -> SignedIn:
    """After a step: what is asked next, under a new token. Whatever the second factor of the
    login was, it has been given."""
    login, account = present.login, present.account
    stage = stage_of(ports, tx, account, login.role, factor_given=True)
    token = ports.ids.secret()
    tx.logins.save(login.go_on(stage, token_hash=digest(token), at=ports.now()))
    if stage is Stage.COMPLETE:
        record(ports, tx, SecurityKind.LOGGED_IN, by=present.actor)
    return SignedIn(token, present.actor, account, stage)


def refresh(ports: Ports, *, token: str) -> SignedIn:
    """The same login under a new token; the old one is dead at once. Raises LoginGone."""
    with ports.transactions(SYSTEM) as tx:
        present = held(ports, tx, token=token)
        if not present.login.complete:
            raise LoginGone()
        fresh = ports.ids.secret()
        tx.logins.save(attrs.evolve(present.login, token_hash=digest(fresh)))
    return SignedIn(fresh, present.actor, present.account)


def actor_of(account: Account, role: Role) -> Actor:
    match role:
        case Role.WORKSHOP:
            return Actor(account.id, role, account.workshop_id, seat=account.workshop_seat)
        case Role.CORPORATE:
            company, seat = account.organization_id, account.organization_seat
            return Actor(account.id, role, organization_id=company, seat=seat)
        case _:
            return Actor(account.id, role)


def held(ports: Ports, tx: Transaction, *, token: str) -> Present:
    """Who holds this cookie, half-way in or all the way. Raises LoginGone."""
    found = tx.logins.find(digest(token))
    if found is None or not found[0].good(found[1], at=ports.now()):
        raise LoginGone()
    login, account = found
    return Present(actor_of(account, login.role), account, login)


def look(ports: Ports, *, token: str) -> Present | None:
    """Who holds this cookie, half-way in or all the way; None when it is unknown, ended or
    idle for too long, or its owner is suspended, banned, or has lost the hat: they are out at
    the next request."""
    at = ports.now()
    found = ports.queries.logins.find(digest(token))
    if found is None or not found[0].good(found[1], at=at):
        return None
    login, account = found
    seen = login.seen(at=at)
    if seen is not login:
        with ports.transactions(SYSTEM) as tx:
            tx.logins.touch(login.id, at=at)
    return Present(actor_of(account, login.role), account, seen)


def authenticate(ports: Ports, *, token: str) -> tuple[Actor, Account] | None:
    """Who acts with this cookie; None for whoever is only half-way in."""
    present = look(ports, token=token)
    if present is None or not present.login.complete:
        return None
    return present.actor, present.account


def sign_out(ports: Ports, *, token: str) -> None:
    """Ends the login and its streams; a token that is nobody's changes nothing."""
    with ports.transactions(SYSTEM) as tx:
        found = tx.logins.find(digest(token))
        if found is not None and found[0].ended_at is None:
            tx.logins.save(found[0].end(at=ports.now()))
            tell_streams(tx, found[1].id)
            ended, actor = Subject("login", found[0].id), actor_of(found[1], found[0].role)
            record(ports, tx, SecurityKind.LOGIN_ENDED, by=actor, about=ended)


def tell_streams(tx: Transaction, account_id: AccountId) -> None:
    """Open streams of this person look again whether their login is still good."""
    tx.live.tell(person(account_id), LOGINS, {})
