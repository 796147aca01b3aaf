"""Somebody signs up, and proves that the address is theirs."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import attrs

from autodoctor.application.accounts.logins import end_logins
from autodoctor.application.accounts.profile import check_language, check_phone, check_zone
from autodoctor.application.accounts.tokens import digest
from autodoctor.application.mechanics.arrival import arrive as arrive_mechanic
from autodoctor.domain.accounts.account import Account, check_name, check_password
from autodoctor.domain.accounts.consent import Consent, ConsentKind, give
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.events import (
    AccountOpened,
    AccountVerified,
    HatAsked,
    VerificationAsked,
)
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.accounts import EmailTaken, TokenPurpose
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction

LINK_LASTS: Final = timedelta(hours=24)
Arrive = Callable[[Transaction, Account, datetime], None]


@attrs.frozen
class VerificationLinkInvalid(Conflict):
    """This link was used or has expired; ask for a new one."""


@attrs.frozen(kw_only=True)
class SignUp:
    email: str
    password: str = attrs.field(repr=False)
    full_name: str
    consents: frozenset[ConsentKind]
    phone: str = ""
    language: str = "en"
    time_zone: str = "America/Toronto"


def sign_up_customer(ports: Ports, form: SignUp) -> None:
    """As `sign_up`."""
    sign_up(ports, form, role=Role.CUSTOMER)


def sign_up(ports: Ports, form: SignUp, *, role: Role, arrive: Arrive | None = None) -> None:
    """Opens an account and mails a link. For an address that has one already the answer is
    the same and takes as long; its owner is mailed instead. `arrive` keeps what comes with
    the role, in the transaction that opens the account."""
    email = EmailAddress.parse(form.email)
    name = check_name(form.full_name)
    password = check_password(form.password, common=ports.passwords.common, email=email)
    at = ports.now()
    account = Account(
        id=AccountId(ports.ids.new()),
        email=email,
        name=name,
        password_hash=ports.passwords.hash(password),
        roles=frozenset({role}),
        created_at=at,
        phone=check_phone(form.phone),
        language=check_language(form.language),
        time_zone=check_zone(form.time_zone),
    )
    consents = give(account_id=account.id, kinds=form.consents, at=at)
    try:
        with ports.transactions(SYSTEM) as tx:
            tx.accounts.add(account)
            tx.consents.add(consents)
            _arrive(ports, tx, account, role, arrive, at=at)
            opened = AccountOpened(account.id, role)
            tx.outbox.record(opened, VerificationAsked(account.id), by=SYSTEM, at=at)
    except EmailTaken:
        _again(ports, account, consents, role=role, arrive=arrive)


def _arrive(
    ports: Ports,
    tx: Transaction,
    account: Account,
    role: Role,
    arrive: Arrive | None,
    *,
    at: datetime,
) -> None:
    if role is Role.MECHANIC:
        arrive_mechanic(ports, tx, account, at=at)
    if arrive is not None:
        arrive(tx, account, at)


def _again(
    ports: Ports,
    form: Account,
    consents: tuple[Consent, ...],
    *,
    role: Role,
    arrive: Arrive | None,
) -> None:
    """For an address that is known. While nobody has confirmed it, the last to sign up counts:
    whoever was there first, perhaps with an address that is not theirs, is out with their
    password and their links. Once it is confirmed its owner is asked whether they want the
    other hat."""
    at = ports.now()
    with ports.transactions(SYSTEM) as tx:
        known = tx.accounts.by_email(form.email)
        if known is None:
            return
        if not known.verified:
            saved = _take_over(tx, known.id, form, consents, at=at)
            if not saved.verified:
                _arrive(ports, tx, saved, role, arrive, at=at)
        elif role not in known.roles:
            tx.outbox.record(HatAsked(known.id, role), by=SYSTEM, at=at)
            return
        tx.outbox.record(VerificationAsked(known.id), by=SYSTEM, at=at)


def _take_over(
    tx: Transaction,
    account_id: AccountId,
    form: Account,
    consents: tuple[Consent, ...],
    *,
    at: datetime,
) -> Account:
    before = tx.accounts.get(account_id, lock=True)
    if before.verified:
        return before
    after = attrs.evolve(
        form,
        id=before.id,
        roles=before.roles | form.roles,
        created_at=before.created_at,
        workshop_id=before.workshop_id,
        workshop_seat=before.workshop_seat,
        organization_id=before.organization_id,
        organization_seat=before.organization_seat,
        version=before.version,
    )
    saved = tx.accounts.save(after)
    tx.consents.add(attrs.evolve(each, account_id=account_id) for each in consents)
    tx.tokens.void(account_id, purpose=TokenPurpose.VERIFY_EMAIL)
    end_logins(tx, account_id, at=at)
    return saved


def ask_verification(ports: Ports, *, actor: Actor) -> None:
    """Another link, for somebody signed in whose address is not verified yet."""
    with ports.transactions(actor) as tx:
        if not tx.accounts.get(actor.account_id).verified:
            asked = VerificationAsked(actor.account_id)
            tx.outbox.record(asked, by=actor, at=ports.now())


def issue_link(ports: Ports, tx: Transaction, account_id: AccountId) -> str:
    """The token of a new verification link."""
    token = ports.ids.secret()
    expires_at = ports.now() + LINK_LASTS
    purpose = TokenPurpose.VERIFY_EMAIL
    tx.tokens.issue(digest(token), account_id=account_id, purpose=purpose, expires_at=expires_at)
    return token


def verify_email(ports: Ports, *, token: str) -> AccountId:
    """Whose address it was. Raises VerificationLinkInvalid."""
    at = ports.now()
    with ports.transactions(SYSTEM) as tx:
        owner = tx.tokens.take(digest(token), purpose=TokenPurpose.VERIFY_EMAIL, at=at)
        if owner is None:
            raise VerificationLinkInvalid()
        account = tx.accounts.get(owner, lock=True)
        if not account.verified:
            tx.accounts.save(account.verify(at=at))
            tx.outbox.record(AccountVerified(owner), by=SYSTEM, at=at)
        return owner
