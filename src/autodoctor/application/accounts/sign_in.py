"""Signing in with one hat, staying signed in, signing out."""

import attrs

from autodoctor.application.accounts.tokens import digest
from autodoctor.domain.accounts.account import Account, Standing
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.login import Login
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.errors import Forbidden, InvalidField
from autodoctor.domain.shared.ids import LoginId
from autodoctor.ports.bundle import Ports


@attrs.frozen
class CredentialsWrong(Forbidden):
    """The e-mail address or the password is wrong."""


@attrs.frozen
class SignedIn:
    """`token` goes into the cookie and is stored nowhere."""

    token: str = attrs.field(repr=False)
    actor: Actor
    account: Account


def sign_in(
    ports: Ports, *, email: str, password: str, role: Role, address: str, agent: str
) -> SignedIn:
    """Raises CredentialsWrong for an unknown address, a wrong password and a hat the person
    does not wear, after the same work each time; then AccountNotActive."""
    account = _by_email(ports, email)
    known = account is not None and role in account.roles
    password_hash = account.password_hash if account is not None and known else None
    if not ports.passwords.matches(password_hash, password) or account is None:
        raise CredentialsWrong()
    account.check_active()
    return open_login(ports, account, role=role, address=address, agent=agent)


def _by_email(ports: Ports, email: str) -> Account | None:
    try:
        parsed = EmailAddress.parse(email)
    except InvalidField:
        return None
    with ports.transactions(SYSTEM) as tx:
        return tx.accounts.by_email(parsed)


def open_login(ports: Ports, account: Account, *, role: Role, address: str, agent: str) -> SignedIn:
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
    )
    with ports.transactions(SYSTEM) as tx:
        tx.logins.add(login)
    return SignedIn(token, actor_of(account, role), account)


def actor_of(account: Account, role: Role) -> Actor:
    workshop = account.workshop_id if role is Role.WORKSHOP else None
    return Actor(account.id, role, workshop)


def authenticate(ports: Ports, *, token: str) -> tuple[Actor, Account] | None:
    """Who holds this cookie; None when it is unknown, ended or idle for too long, or its
    owner is suspended or banned: they are out at the next request."""
    at = ports.now()
    with ports.transactions(SYSTEM) as tx:
        found = tx.logins.find(digest(token))
        if found is None:
            return None
        login, account = found
        if not login.alive(at=at) or account.standing is not Standing.ACTIVE:
            return None
        seen = login.seen(at=at)
        if seen is not login:
            tx.logins.save(seen)
    return actor_of(account, login.role), account


def sign_out(ports: Ports, *, token: str) -> None:
    """Ends the login; a token that is nobody's changes nothing."""
    with ports.transactions(SYSTEM) as tx:
        found = tx.logins.find(digest(token))
        if found is not None and found[0].ended_at is None:
            tx.logins.save(attrs.evolve(found[0], ended_at=ports.now()))
