"""Logging in with another provider: leaving for it, and coming back.

An address that a provider has not verified joins nothing, and opens something only once its
owner has shown it (`claims`). A verified one that somebody has here already joins only after
they have logged in with what they have.
"""

from datetime import timedelta
from typing import Final

import attrs

from autodoctor.application.access.accounts import SECURITY
from autodoctor.application.access.may import may
from autodoctor.application.accounts.claims import begin_claim
from autodoctor.application.accounts.logins import end_logins
from autodoctor.application.accounts.opening import LogInToLink, label_of, open_customer
from autodoctor.application.accounts.sign_in import Present, SignedIn, enter
from autodoctor.application.accounts.tokens import digest
from autodoctor.application.operations.security import record, tries_recorded
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.events import AccountOpened, IdentityLinked
from autodoctor.domain.accounts.identity import Claimed, Identity, Visit
from autodoctor.domain.operations.security_event import SecurityKind
from autodoctor.domain.shared.actor import SYSTEM, Role
from autodoctor.domain.shared.errors import Conflict, Forbidden, InvalidField, Refusal
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


@attrs.frozen
class Unvouched:
    """Whoever came back has to show which address is theirs; `state` stays in the browser."""

    state: str = attrs.field(repr=False)


def leave_for(
    ports: Ports, slug: str, *, role: Role, following: str = "", present: Present | None = None
) -> Leaving:
    """With `present` the provider is linked to that account on coming back. Raises
    ConfirmFirst then; ProviderUnknown, ProviderUnavailable."""
    if present is not None:
        present.login.check_confirmed(at=ports.now())
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
) -> Back | Unvouched:
    """Raises IdentityRefused, AddressUnverified, LogInToLink, NoSuchHat, IdentityTaken,
    AccountNotActive, ProviderUnavailable; each ends the visit. A customer's claim without an
    address that the provider vouches for waits until they have shown one."""
    with ports.transactions(SYSTEM) as tx:
        visit = tx.visits.take(digest(state), at=ports.now())
    if visit is None or visit.provider != slug:
        raise IdentityRefused("state")
    failed, linking = SecurityKind.LOGIN_FAILED, visit.account_id
    with tries_recorded(ports, failed, IdentityRefused, account=lambda: linking):
        claimed = ports.providers.claim(slug, code=code, nonce=visit.nonce, verifier=visit.verifier)
    if visit.account_id is not None:
        if present is None or present.account.id != visit.account_id:
            raise IdentityRefused("login")
        link(ports, present=present, claimed=claimed)
        return Back(None, visit.following)
    with tries_recorded(
        ports, SecurityKind.LOGIN_FAILED, Refusal, account=lambda: _owner(ports, claimed)
    ):
        account = _known(ports, claimed, role=visit.role)
        if account is None:
            email = _vouched(claimed)
            if email is None and visit.role is Role.CUSTOMER:
                return Unvouched(begin_claim(ports, claimed, following=visit.following))
            if email is None:
                raise AddressUnverified()
            account = _opened(ports, claimed, email=email, role=visit.role)
        signed_in = enter(ports, account, role=visit.role, address=address, agent=agent)
        return Back(signed_in, visit.following)


def link(ports: Ports, *, present: Present, claimed: Claimed) -> None:
    """Every other login ends. Idempotent. Raises IdentityTaken."""
    may(present.actor, SECURITY)
    with ports.transactions(present.actor) as tx:
        owner = tx.identities.find(claimed.provider, claimed.subject)
        if owner == present.account.id:
            return
        if owner is not None:
            raise IdentityTaken()
        _add(ports, tx, claimed, present.account.id)
        end_logins(tx, present.account.id, at=ports.now(), but=present.login.id)
        linked = IdentityLinked(present.account.id, label_of(ports, claimed.provider))
        tx.outbox.record(linked, by=present.actor, at=ports.now())


def unlink(ports: Ports, *, present: Present, slug: str) -> None:
    """Every other login ends. Raises OnlyWayIn for whoever has no password and no other provider;
    Missing."""
    may(present.actor, SECURITY)
    with ports.transactions(present.actor) as tx:
        account = tx.accounts.get(present.account.id, lock=True)
        others = [one for one in tx.identities.of(account.id) if one.provider != slug]
        if not account.password_hash and not others:
            raise OnlyWayIn()
        if not tx.identities.drop(account.id, slug):
            raise Missing("provider")
        record(ports, tx, SecurityKind.PROVIDER_REMOVED, by=present.actor, detail=slug)
        end_logins(tx, account.id, at=ports.now(), but=present.login.id)


def linked_providers(ports: Ports, *, present: Present) -> frozenset[str]:
    may(present.actor, SECURITY)
    with ports.transactions(present.actor) as tx:
        return frozenset(one.provider for one in tx.identities.of(present.account.id))


def _owner(ports: Ports, claimed: Claimed) -> AccountId | None:
    with ports.transactions(SYSTEM) as tx:
        return tx.identities.find(claimed.provider, claimed.subject)


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


def _opened(ports: Ports, claimed: Claimed, *, email: EmailAddress, role: Role) -> Account:
    """A new customer, who still has to agree to what customers agree to."""
    with ports.transactions(SYSTEM) as tx:
        if tx.accounts.by_email(email) is not None:
            raise LogInToLink(role)
        if role is not Role.CUSTOMER:
            raise NoSuchHat()
        return open_customer(
            ports,
            tx,
            email=email,
            name=claimed.name,
            provider=claimed.provider,
            subject=claimed.subject,
        )


def _vouched(claimed: Claimed) -> EmailAddress | None:
    """The address that the provider has verified."""
    if not claimed.email_verified:
        return None
    try:
        return EmailAddress.parse(claimed.email)
    except InvalidField:
        return None


def _add(ports: Ports, tx: Transaction, claimed: Claimed, account_id: AccountId) -> None:
    tx.identities.add(Identity(claimed.provider, claimed.subject, account_id, ports.now()))
