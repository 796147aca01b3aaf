"""Changing one's mail address: proved by a link to the new one, told to the old one."""

from datetime import timedelta
from typing import Final

import attrs

from autodoctor.application.access.accounts import SECURITY
from autodoctor.application.access.may import may
from autodoctor.application.accounts import letters
from autodoctor.application.accounts.password import check_present
from autodoctor.application.accounts.pending_access import end_pending_access
from autodoctor.application.accounts.sign_in import Present
from autodoctor.application.accounts.tokens import digest, taken
from autodoctor.application.accounts.verifying import end_other_sign_ups
from autodoctor.application.notifications.allowance import MailKind, check_mail
from autodoctor.application.notifications.post import post
from autodoctor.application.operations.security import record
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.events import AddressChanged
from autodoctor.domain.accounts.login import Login
from autodoctor.domain.operations.security_event import SecurityKind
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.errors import Conflict, InvalidField
from autodoctor.ports.accounts import TokenPurpose
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction

LINK_LASTS: Final = timedelta(hours=24)


@attrs.frozen
class AddressLinkInvalid(Conflict):
    """This link was used or has expired; ask for a new one."""


def ask_address(ports: Ports, *, present: Present, password: str, email: str) -> None:
    """Raises what `check_present` does, InvalidField, TooManyMails. An address that somebody else
    has is answered the same way, and gets no link. The last link asked for is the only one that
    works."""
    may(present.actor, SECURITY)
    check_present(ports, present, password)
    address = EmailAddress.parse(email)
    if address == present.account.email:
        raise InvalidField("email", "This is your address already.")
    with ports.transactions(present.actor) as tx:
        check_mail(ports, tx, address, MailKind.ADDRESS)
        check_mail(ports, tx, present.account.email, MailKind.ADDRESS)
        tx.tokens.void(present.account.id, purpose=TokenPurpose.CHANGE_EMAIL)
        record(ports, tx, SecurityKind.EMAIL_CHANGE_ASKED, by=present.actor)
        reference = str(ports.ids.new())
        _tell_old(ports, tx, present.account, letters.address_asked(present.account), reference)
        if tx.accounts.by_email(address) is None:
            _send_link(ports, tx, present.account, address, reference)


def _send_link(
    ports: Ports, tx: Transaction, account: Account, address: EmailAddress, reference: str
) -> None:
    token = ports.ids.secret()
    tx.tokens.issue(
        digest(token),
        account_id=account.id,
        purpose=TokenPurpose.CHANGE_EMAIL,
        expires_at=ports.now() + LINK_LASTS,
        detail=address.text,
    )
    url = f"{ports.rules.public_url}/account/address?token={token}"
    letter = letters.confirm_address(account, url)
    post(
        ports,
        tx,
        letter,
        to=address,
        occasion="address_link",
        reference=reference,
        account_id=account.id,
    )


def confirm_address(ports: Ports, *, token: str, staying: Login | None = None) -> Account:
    """Whatever else was begun with the account ends, every login but the one `staying` among it.
    Raises AddressLinkInvalid; EmailTaken when somebody was quicker."""
    at = ports.now()
    with ports.transactions(SYSTEM) as tx:
        account = taken(tx, token, purpose=TokenPurpose.CHANGE_EMAIL, at=at)
        if account is None:
            raise AddressLinkInvalid()
        address = EmailAddress.parse(tx.tokens.detail_of(digest(token)))
        _tell_old(ports, tx, account, letters.address_changed(account), digest(token).hex())
        moved = attrs.evolve(account, email=address, verified_at=at)
        end_other_sign_ups(ports, tx, moved, at=at)
        after = tx.accounts.save(moved)
        end_pending_access(tx, account.id, at=at, but=staying.id if staying else None)
        tx.outbox.record(AddressChanged(account.id), by=SYSTEM, at=at)
        return after


def _tell_old(
    ports: Ports, tx: Transaction, account: Account, letter: letters.Letter, reference: str
) -> None:
    post(
        ports,
        tx,
        letter,
        to=account.email,
        occasion="address_change",
        reference=reference,
        account_id=account.id,
    )
