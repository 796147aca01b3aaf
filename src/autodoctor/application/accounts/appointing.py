"""Making somebody an admin from the machine itself: whoever can run it there may do this."""

import attrs

from autodoctor.application.accounts.logins import end_logins
from autodoctor.application.accounts.verifying import end_other_sign_ups
from autodoctor.application.operations.audit import write_down
from autodoctor.domain.accounts.account import Account, check_name, check_password
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.events import AccountOpened, RolesChanged
from autodoctor.domain.shared.actor import SYSTEM, Role
from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction


@attrs.frozen
class AlreadyAdmin(Conflict):
    """This person is an admin already."""


@attrs.frozen
class Appointed:
    """`opened` when the account is new; otherwise its password stays as it was."""

    account: Account
    opened: bool


def appoint(ports: Ports, *, email: str, name: str, password: str) -> Appointed:
    """A new account, or the role for one that is there, whose logins end.

    Refusals, in this order: InvalidField, AlreadyAdmin.
    """
    address, shown = EmailAddress.parse(email), check_name(name, field="name")
    check_password(password, common=ports.passwords.common, email=address)
    password_hash = ports.passwords.hash(password)
    with ports.transactions(SYSTEM) as tx:
        known = tx.accounts.by_email(address)
        if known is None:
            done = _open(ports, tx, address, shown, password_hash)
        else:
            done = _promote(ports, tx, tx.accounts.get(known.id, lock=True))
        key = done.account.id
        write_down(ports, tx, "make admin", by=SYSTEM, on=key, kind="account", opened=done.opened)
        return done


def _open(
    ports: Ports, tx: Transaction, email: EmailAddress, name: str, password_hash: str
) -> Appointed:
    at = ports.now()
    account = Account(
        id=AccountId(ports.ids.new()),
        email=email,
        name=name,
        password_hash=password_hash,
        roles=frozenset({Role.ADMIN}),
        created_at=at,
        verified_at=at,
    )
    end_other_sign_ups(ports, tx, account, at=at)
    tx.accounts.add(account)
    tx.outbox.record(AccountOpened(account.id, Role.ADMIN), by=SYSTEM, at=at)
    return Appointed(account, opened=True)


def _promote(ports: Ports, tx: Transaction, account: Account) -> Appointed:
    if Role.ADMIN in account.roles:
        raise AlreadyAdmin()
    at, roles = ports.now(), account.roles | {Role.ADMIN}
    after = tx.accounts.save(attrs.evolve(account, roles=roles))
    end_logins(tx, account.id, at=at)
    why = "Made an admin on the machine."
    tx.outbox.record(RolesChanged(account.id, tuple(sorted(roles)), why), by=SYSTEM, at=at)
    return Appointed(after, opened=False)
