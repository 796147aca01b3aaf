"""One's own logins: where, since when, and ending them."""

from collections.abc import Iterable
from datetime import datetime

from autodoctor.application.access.accounts import SECURITY
from autodoctor.application.access.may import may
from autodoctor.application.accounts.sign_in import Present, tell_streams
from autodoctor.application.operations.security import record
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.login import Login
from autodoctor.domain.operations.security_event import SecurityKind, Subject
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import AccountId, LoginId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction


def logins(ports: Ports, *, present: Present) -> tuple[Login, ...]:
    """Those that still open something, last used first."""
    may(present.actor, SECURITY)
    at = ports.now()
    with ports.transactions(present.actor) as tx:
        mine = tx.logins.of(present.account.id)
    return tuple(login for login in mine if login.complete and login.good(present.account, at=at))


def end_login(ports: Ports, *, present: Present, login_id: LoginId) -> None:
    """Raises Missing for one that is not one's own, or has ended."""
    may(present.actor, SECURITY)
    at = ports.now()
    with ports.transactions(present.actor) as tx:
        for login in tx.logins.of(present.account.id):
            if login.id == login_id:
                tx.logins.save(login.end(at=at))
                tell_streams(tx, present.account.id)
                ended = Subject("login", login_id)
                record(ports, tx, SecurityKind.LOGIN_ENDED, by=present.actor, about=ended)
                return
    raise Missing("login")


def end_other_logins(ports: Ports, *, present: Present) -> None:
    may(present.actor, SECURITY)
    with ports.transactions(present.actor) as tx:
        end_logins(tx, present.account.id, at=ports.now(), but=present.login.id)
        record(ports, tx, SecurityKind.LOGINS_ENDED, by=present.actor)


def end_logins(
    tx: Transaction, account_id: AccountId, *, at: datetime, but: LoginId | None = None
) -> None:
    """Cookies are dead at once; streams close when they hear of it, or have looked."""
    tx.logins.end_all(account_id, at=at, but=but)
    tell_streams(tx, account_id)


def put_staff_out(tx: Transaction, staff: Iterable[Account], role: Role, *, at: datetime) -> None:
    """Whoever wears that hat is out of every login: which one was opened with it does not matter
    for so rare a thing."""
    for account in staff:
        if role in account.roles:
            end_logins(tx, account.id, at=at)
