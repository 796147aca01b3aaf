"""Logging in with another provider: leaving for it, and coming back.

An address that a provider has not verified joins nothing. A verified one that somebody has
here already joins only after they have logged in with what they have.
"""

from datetime import timedelta
from typing import Final

import attrs

from autodoctor.application.access.accounts import SECURITY
from autodoctor.application.access.may import may
from autodoctor.application.accounts.sign_in import Present, SignedIn, enter
from autodoctor.application.accounts.tokens import digest
from autodoctor.domain.accounts.account import NAME_LENGTH_MAX, Account
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.events import AccountOpened, IdentityLinked
from autodoctor.domain.accounts.identity import Claimed, Identity, Visit
from autodoctor.domain.shared.actor import SYSTEM, Role
from autodoctor.domain.shared.errors import Conflict, Forbidden
from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.identity import IdentityRefused, IdentityTaken
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction

VISIT_LASTS: Final = timedelta(minutes=10)


@attrs.frozen
class AddressUnverified(Forbidden):
    """The other provider has not verified your address; sign up with a password instead."""


@attrs.frozen
class LogInToLink(Conflict):
    """There is an account with this address: log in to it, then link the provider."""

    role: Role


@attrs.frozen
class NoSuchHat(Forbidden):
    """You have no account of this kind here; sign up for it first."""


@attrs.frozen
class OnlyWayIn(Conflict):
    """Set a password first: without it and the provider you could not log in any more."""


@attrs.frozen
class Leaving:
    """`state` stays in the browser: only the one that left may come back."""

    address: str
    state: str = attrs.field(repr=False)


@attrs.frozen
class Back:
    """Whoever came back: signed in, or (None) with the provider linked to their account."""

    signed_in: SignedIn | None
    following: str


def leave_for(
    ports: Ports, slug: str, *, role: Role, following: str = "", present: Present | None = None
) -> Leaving:
    """With `present` the provider is linked to that account on coming back. Raises
    ProviderUnknown, ProviderUnavailable."""
    state, nonce, verifier = (ports.ids.secret() for _ in range(3))
    address = ports.providers.address(slug, state=state, nonce=nonce, verifier=verifier)
    visit = Visit(
        state_hash=digest(state),
        provider=slug,
        role=role,
        nonce=nonce,
        verifier=verifier,
        expires_at=ports.now() + VISIT_LASTS,
        account_id=present.account.id if present else None,
        following=following,
    )
    with ports.transactions(SYSTEM) as tx:
        tx.visits.begin(visit)
    return Leaving(address, state)


def come_back(
    ports: Ports,
    slug: str,
    *,
    state: str,
    code: str,
    present: Present | None,
    address: str,
    agent: str,
) -> Back:
    """Raises IdentityRefused, AddressUnverified, LogInToLink, NoSuchHat, IdentityTaken,
    AccountNotActive, ProviderUnavailable; each ends the visit."""
    with ports.transactions(SYSTEM) as tx:
        visit = tx.visits.take(digest(state), at=ports.now())
    if visit is None or visit.provider != slug:
        raise IdentityRefused("state")
    claimed = ports.providers.claim(slug, code=code, nonce=visit.nonce, verifier=visit.verifier)
    if visit.account_id is not None:
        if present is None or present.account.id != visit.account_id:
            raise IdentityRefused("login")
        link(ports, present=present, claimed=claimed)
        return Back(None, visit.following)
    account = _known(ports, claimed, role=visit.role) or _opened(ports, claimed, role=visit.role)
    signed_in = enter(ports, account, role=visit.role, address=address, agent=agent)
    return Back(signed_in, visit.following)


def link(ports: Ports, *, present: Present, claimed: Claimed) -> None:
    """Again changes nothing. Raises IdentityTaken."""
    may(present.actor, SECURITY)
    with ports.transactions(present.actor) as tx:
        owner = tx.identities.find(claimed.provider, claimed.subject)
        if owner == present.account.id:
            return
        if owner is not None:
            raise IdentityTaken()
        _add(ports, tx, claimed, present.account.id)
        linked = IdentityLinked(present.account.id, _label(ports, claimed.provider))
        tx.outbox.record(linked, by=present.actor, at=ports.now())


def unlink(ports: Ports, *, present: Present, slug: str) -> None:
    """Raises OnlyWayIn for whoever has no password and no other provider; Missing."""
    may(present.actor, SECURITY)
    with ports.transactions(present.actor) as tx:
        account = tx.accounts.get(present.account.id, lock=True)
        others = [one for one in tx.identities.of(account.id) if one.provider != slug]
        if not account.password_hash and not others:
            raise OnlyWayIn()
        if not tx.identities.drop(account.id, slug):
            raise Missing("provider")


def linked_providers(ports: Ports, *, present: Present) -> frozenset[str]:
    may(present.actor, SECURITY)
    with ports.transactions(present.actor) as tx:
        return frozenset(one.provider for one in tx.identities.of(present.account.id))


def _known(ports: Ports, claimed: Claimed, *, role: Role) -> Account | None:
    """Whoever the provider's word is linked to. Customers' hats are there for everybody who
    agrees to what customers agree to; the others are signed up for. Raises NoSuchHat."""
    at = ports.now()
    with ports.transactions(SYSTEM) as tx:
        owner = tx.identities.find(claimed.provider, claimed.subject)
        if owner is None:
            return None
        account = tx.accounts.get(owner, lock=True)
        if role in account.roles:
            return account
        if role is not Role.CUSTOMER:
            raise NoSuchHat()
        tx.outbox.record(AccountOpened(owner, role), by=SYSTEM, at=at)
        return tx.accounts.save(attrs.evolve(account, roles=account.roles | {role}))


def _opened(ports: Ports, claimed: Claimed, *, role: Role) -> Account:
    """A new customer, who still has to agree to what customers agree to."""
    if not claimed.email_verified or not claimed.email:
        raise AddressUnverified()
    email, at = EmailAddress.parse(claimed.email), ports.now()
    with ports.transactions(SYSTEM) as tx:
        if tx.accounts.by_email(email) is not None:
            raise LogInToLink(role)
        if role is not Role.CUSTOMER:
            raise NoSuchHat()
        account = Account(
            id=AccountId(ports.ids.new()),
            email=email,
            name=_name(claimed, email),
            password_hash="",
            roles=frozenset({role}),
            created_at=at,
            verified_at=at,
        )
        tx.accounts.add(account)
        _add(ports, tx, claimed, account.id)
        tx.outbox.record(AccountOpened(account.id, role), by=SYSTEM, at=at)
        return account


def _add(ports: Ports, tx: Transaction, claimed: Claimed, account_id: AccountId) -> None:
    tx.identities.add(Identity(claimed.provider, claimed.subject, account_id, ports.now()))


def _name(claimed: Claimed, email: EmailAddress) -> str:
    given = " ".join(claimed.name.split())
    usable = 2 <= len(given) <= NAME_LENGTH_MAX and given.isprintable()
    return given if usable else email.text.partition("@")[0].ljust(2, "_")[:NAME_LENGTH_MAX]


def _label(ports: Ports, slug: str) -> str:
    return next((one.label for one in ports.providers.offered() if one.slug == slug), slug)
