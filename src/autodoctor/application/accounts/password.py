"""Forgotten and changed passwords."""

from datetime import datetime, timedelta
from typing import Final

import attrs

from autodoctor.application.access.accounts import SECURITY
from autodoctor.application.access.may import may
from autodoctor.application.accounts.credentials import new_hash
from autodoctor.application.accounts.guessing import (
    TooManyWrongPasswords,
    counted,
    password_buckets,
)
from autodoctor.application.accounts.pending_access import end_pending_access
from autodoctor.application.accounts.sign_in import Present
from autodoctor.application.accounts.tokens import digest, taken
from autodoctor.application.notifications.allowance import (
    MailKind,
    allow_again,
    check_mail,
    next_mail_at,
)
from autodoctor.application.operations.security import tries_recorded
from autodoctor.domain.accounts.account import Account, check_password
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.events import PasswordChanged, PasswordResetAsked
from autodoctor.domain.accounts.login import Login
from autodoctor.domain.operations.security_event import SecurityKind
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.domain.shared.errors import Conflict, Forbidden
from autodoctor.ports.accounts import TokenPurpose
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction

RESET_LASTS: Final = timedelta(hours=1)


@attrs.frozen
class PasswordWrong(Forbidden):
    """That is not your current password."""


PASSWORD_REFUSED: Final = (PasswordWrong, TooManyWrongPasswords)


@attrs.frozen
class ResetLinkInvalid(Conflict):
    """This link was used or has expired; ask for a new one."""


def ask_reset(ports: Ports, *, email: str) -> None:
    """A link is mailed to whoever has verified this address. To one that only waits to be
    verified goes a mail that says so: a link would finish a stranger's sign-up. For an address
    that nobody has, the answer and the work are the same. Raises InvalidField, TooManyMails."""
    address = EmailAddress.parse(email)
    with ports.transactions(SYSTEM) as tx:
        check_mail(ports, tx, address, MailKind.PASSWORD)
        known = tx.accounts.by_email(address) or next(iter(tx.accounts.pending(address)), None)
        asked = PasswordResetAsked(None if known is None else known.id)
        tx.outbox.record(asked, by=SYSTEM, at=ports.now())


def issue_reset(ports: Ports, tx: Transaction, account: Account) -> tuple[str, datetime]:
    """The token of a new link, and when it expires: in an hour, and the last one that may be asked
    for lasts until the next may be. Whoever asks for links to somebody's address leaves its owner
    one that works."""
    token, at, account_id = ports.ids.secret(), ports.now(), account.id
    next_at = next_mail_at(tx, account.email, MailKind.PASSWORD, at=at)
    expires_at = max(at + RESET_LASTS, next_at)
    purpose = TokenPurpose.RESET_PASSWORD
    tx.tokens.issue(digest(token), account_id=account_id, purpose=purpose, expires_at=expires_at)
    return token, expires_at


def reset_link_works(ports: Ports, *, token: str) -> bool:
    """False once it was used, has expired, or is void."""
    try:
        _reset_address(ports, token)
    except ResetLinkInvalid:
        return False
    return True


def _reset_address(ports: Ports, token: str) -> EmailAddress:
    with ports.transactions(SYSTEM) as tx:
        purpose = TokenPurpose.RESET_PASSWORD
        owner = tx.tokens.owner_of(digest(token), purpose=purpose, at=ports.now())
        if owner is None:
            raise ResetLinkInvalid()
        return tx.accounts.get(owner).email


def reset_password(ports: Ports, *, token: str, password: str) -> Account:
    """Whose it is now. The link works once; whatever else was begun with the account ends. Raises
    ResetLinkInvalid, then InvalidField, after which the link still works."""
    at = ports.now()
    password_hash = new_hash(ports, _reset_address(ports, token), password)
    with ports.transactions(SYSTEM) as tx:
        account = taken(tx, token, purpose=TokenPurpose.RESET_PASSWORD, at=at)
        if account is None or not account.verified:
            raise ResetLinkInvalid()
        check_password(password, common=ports.passwords.common, email=account.email)
        return _change(ports, tx, account, password_hash, by=SYSTEM, staying=None)


def change_password(ports: Ports, *, present: Present, old: str, new: str) -> None:
    """Raises what `check_present` does, then InvalidField. Whatever was begun before ends, every
    other login among it."""
    may(present.actor, SECURITY)
    check_present(ports, present, old)
    check_password(new, common=ports.passwords.common, email=present.account.email)
    password_hash = new_hash(ports, present.account.email, new)
    with ports.transactions(present.actor) as tx:
        account = tx.accounts.get(present.account.id, lock=True)
        if account.password_hash != present.account.password_hash:
            raise PasswordWrong()
        _change(ports, tx, account, password_hash, by=present.actor, staying=present.login)


def check_present(ports: Ports, present: Present, password: str) -> None:
    """Raises PasswordWrong, also for whoever has none; TooManyWrongPasswords."""
    account, failed = present.account, SecurityKind.CONFIRMATION_FAILED
    counts = password_buckets(present.login)
    with (
        tries_recorded(ports, failed, *PASSWORD_REFUSED, account=lambda: account.id),
        counted(ports, counts, refused=TooManyWrongPasswords),
    ):
        if not ports.passwords.matches(account.password_hash or None, password):
            raise PasswordWrong()


def _change(
    ports: Ports,
    tx: Transaction,
    account: Account,
    password_hash: str,
    *,
    by: Actor,
    staying: Login | None,
) -> Account:
    at = ports.now()
    saved = tx.accounts.save(attrs.evolve(account, password_hash=password_hash))
    end_pending_access(tx, account.id, at=at, but=staying.id if staying else None)
    allow_again(tx, account.email, MailKind.PASSWORD)
    tx.outbox.record(PasswordChanged(account.id), by=by, at=at)
    return saved
