"""Somebody signs up, and proves that the address is theirs."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import attrs

from autodoctor.application.accounts.credentials import sign_up_hash
from autodoctor.application.accounts.profile import check_language, check_phone, check_zone
from autodoctor.application.accounts.tokens import digest
from autodoctor.application.accounts.verifying import end_sign_up, verify_account
from autodoctor.application.mechanics.arrival import arrive as arrive_mechanic
from autodoctor.application.notifications.allowance import MailKind, check_mail
from autodoctor.application.operations.security import record_try
from autodoctor.application.sessions.keeping import Timer
from autodoctor.domain.accounts.account import Account, check_name, check_password
from autodoctor.domain.accounts.consent import Consent, ConsentKind, give
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.events import (
    AccountOpened,
    HatAsked,
    VerificationAsked,
)
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.operations.security_event import SecurityKind
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.errors import Conflict, Forbidden
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.accounts import TokenPurpose
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction

LINK_LASTS: Final = timedelta(hours=24)
SIGN_UP_LASTS: Final = timedelta(days=30)
"""How long a sign-up waits for its address to be verified: as long as a mechanic's draft."""
Arrive = Callable[[Transaction, Account, datetime], None]


@attrs.frozen
class VerificationLinkInvalid(Conflict):
    """This link was used or has expired; ask for a new one."""


@attrs.frozen
class SignUpPasswordWrong(Forbidden):
    """This sign-up was made with another password; open the newest mail if you made several."""


@attrs.frozen(kw_only=True)
class SignUp:
    email: str
    password: str = attrs.field(repr=False)
    full_name: str
    consents: frozenset[ConsentKind]
    phone: str = ""
    language: str = "en"
    time_zone: str = "America/Toronto"


def sign_up_customer(ports: Ports, form: SignUp) -> AccountId:
    """As `sign_up`."""
    return sign_up(ports, form, role=Role.CUSTOMER)


def sign_up(ports: Ports, form: SignUp, *, role: Role, arrive: Arrive | None = None) -> AccountId:
    """Opens an account that waits for its address to be verified, beside any other that does,
    and mails a link. Answer and work are the same for an address that has an account already:
    its owner is mailed instead, and this one never comes to be more. `arrive` keeps what comes
    with the role, in the same transaction. Raises InvalidField, TooManyMails."""
    at = ports.now()
    account, consents = _prepared(ports, form, role, at=at)
    with ports.transactions(SYSTEM) as tx:
        check_mail(ports, tx, account.email, MailKind.SIGN_UP)
        _open(ports, tx, account, consents, arrive, at=at)
        tx.outbox.record(_asked(tx, account), by=SYSTEM, at=at)
        tx.timers.set(Timer.FORGET_SIGN_UP, account.id, due_at=at + SIGN_UP_LASTS)
    return account.id


def sign_up_by_link(ports: Ports, form: SignUp, *, token: str) -> AccountId:
    """A customer's account of one's own, verified at once, by the link of a sign-up with the same
    address that somebody else made: it shows who reads the mailbox. The other sign-ups with the
    address end; nothing more is mailed, so that strangers who sign up keep nobody from it. The
    address of the form does not count. Raises InvalidField, VerificationLinkInvalid,
    AddressClaimed."""
    at = ports.now()
    email = email_of_link(ports, token=token)
    own = attrs.evolve(form, email=email.text)
    account, consents = _prepared(ports, own, Role.CUSTOMER, at=at)
    with ports.transactions(SYSTEM) as tx:
        tx.accounts.pending(email, lock=True)
        if tx.tokens.take(digest(token), purpose=TokenPurpose.VERIFY_EMAIL, at=at) is None:
            raise VerificationLinkInvalid()
        _open(ports, tx, account, consents, None, at=at)
        return verify_account(ports, tx, account.id, at=at).id


def _prepared(
    ports: Ports, form: SignUp, role: Role, *, at: datetime
) -> tuple[Account, tuple[Consent, ...]]:
    """Raises InvalidField."""
    email = EmailAddress.parse(form.email)
    name = check_name(form.full_name)
    password = check_password(form.password, common=ports.passwords.common, email=email)
    account = Account(
        id=AccountId(ports.ids.new()),
        email=email,
        name=name,
        password_hash=sign_up_hash(ports, email, password),
        roles=frozenset({role}),
        created_at=at,
        phone=check_phone(form.phone),
        language=check_language(form.language),
        time_zone=check_zone(form.time_zone),
    )
    return account, tuple(give(account_id=account.id, kinds=form.consents, at=at))


def _open(
    ports: Ports,
    tx: Transaction,
    account: Account,
    consents: tuple[Consent, ...],
    arrive: Arrive | None,
    *,
    at: datetime,
) -> None:
    (role,) = account.roles
    tx.accounts.add(account)
    tx.consents.add(consents)
    _arrive(ports, tx, account, role, arrive, at=at)
    tx.outbox.record(AccountOpened(account.id, role), by=SYSTEM, at=at)


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


def _asked(tx: Transaction, account: Account) -> Event:
    """What is mailed to the address: a link, or, to the owner of an account that has verified
    it, that they have one, or how to add the role."""
    owner = tx.accounts.by_email(account.email)
    if owner is None:
        return VerificationAsked(account.id)
    other = next((role for role in sorted(account.roles) if role not in owner.roles), None)
    return VerificationAsked(owner.id) if other is None else HatAsked(owner.id, other)


def ask_verification(ports: Ports, *, actor: Actor) -> None:
    """Another link, for somebody signed in whose address is not verified yet. Raises
    TooManyMails."""
    with ports.transactions(actor) as tx:
        account = tx.accounts.get(actor.account_id)
        if not account.verified:
            check_mail(ports, tx, account.email, MailKind.SIGN_UP)
            tx.outbox.record(_asked(tx, account), by=actor, at=ports.now())


def issue_link(ports: Ports, tx: Transaction, account_id: AccountId) -> str:
    """The token of a new verification link."""
    token = ports.ids.secret()
    expires_at = ports.now() + LINK_LASTS
    purpose = TokenPurpose.VERIFY_EMAIL
    tx.tokens.issue(digest(token), account_id=account_id, purpose=purpose, expires_at=expires_at)
    return token


def sign_up_of(ports: Ports, *, token: str) -> AccountId:
    """Whose sign-up a link was mailed for. Raises VerificationLinkInvalid."""
    with ports.transactions(SYSTEM) as tx:
        return _owner(ports, tx, token)


def email_of_link(ports: Ports, *, token: str) -> EmailAddress:
    """The address it was mailed to. Raises VerificationLinkInvalid."""
    with ports.transactions(SYSTEM) as tx:
        return tx.accounts.get(_owner(ports, tx, token)).email


def verify_email(
    ports: Ports, *, token: str, holder: AccountId | None = None, password: str = ""
) -> AccountId:
    """Verifies the address for the sign-up that the link was mailed for, and for no other.

    The link shows who reads the mailbox. That it is the one who signed up is shown by the
    browser they did it in (`holder` is the sign-up it keeps), or by its password: a stranger's
    sign-up is not finished by an owner who opens every link. Raises VerificationLinkInvalid;
    SignUpPasswordWrong, after which the link still works; AddressClaimed.
    """
    at = ports.now()
    with ports.transactions(SYSTEM) as tx:
        account = tx.accounts.get(_owner(ports, tx, token))
    if holder != account.id and not ports.passwords.matches(account.password_hash, password):
        slug = SignUpPasswordWrong.slug
        record_try(ports, SecurityKind.CONFIRMATION_FAILED, account=account.id, detail=slug)
        raise SignUpPasswordWrong()
    with ports.transactions(SYSTEM) as tx:
        verified = verify_account(ports, tx, account.id, at=at)
        if tx.tokens.take(digest(token), purpose=TokenPurpose.VERIFY_EMAIL, at=at) is None:
            raise VerificationLinkInvalid()
        return verified.id


def _owner(ports: Ports, tx: Transaction, token: str) -> AccountId:
    purpose = TokenPurpose.VERIFY_EMAIL
    owner = tx.tokens.owner_of(digest(token), purpose=purpose, at=ports.now())
    if owner is None:
        raise VerificationLinkInvalid()
    return owner


def forget_sign_up(ports: Ports, account_id: UUID) -> None:
    """The timer's: one whose address nobody has verified by now goes."""
    with ports.transactions(SYSTEM) as tx:
        account = tx.accounts.get(AccountId(account_id), lock=True)
        if not account.verified and account.standing is not Standing.CLOSED:
            end_sign_up(ports, tx, account, at=ports.now())
