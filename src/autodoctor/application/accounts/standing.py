"""Suspending, banning and letting back in; giving and taking hats. For admins, with a reason.

Refusals, in this order: WrongRole, InvalidField, Missing, OwnAccount, AccountLeft.
"""

from datetime import datetime

import attrs

from autodoctor.application.access.accounts import HATS, STANDING
from autodoctor.application.access.may import may
from autodoctor.application.accounts.logins import end_logins
from autodoctor.application.mechanics.arrival import arrive
from autodoctor.application.mechanics.shift import put_off_shift
from autodoctor.application.operations.audit import write_down
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.events import (
    AccountBanned,
    AccountReinstated,
    AccountSuspended,
    RolesChanged,
)
from autodoctor.domain.accounts.standing import Standing, check_reason, suspension_end
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.domain.shared.errors import Conflict, InvalidField
from autodoctor.domain.shared.ids import AccountId, MechanicId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction


@attrs.frozen
class OwnAccount(Conflict):
    """Somebody else has to do this to your account."""


@attrs.frozen
class AccountLeft(Conflict):
    """This account was closed by its person."""


def suspend(
    ports: Ports, *, actor: Actor, account_id: AccountId, reason: str, days: int | None = None
) -> Account:
    """Out within seconds, everywhere; a mechanic is clocked out. Without `days` somebody has
    to end it."""
    may(actor, STANDING)
    at = ports.now()
    why, until = check_reason(reason), suspension_end(days, at=at)
    with ports.transactions(actor) as tx:
        account = _of_somebody_else(tx, actor, account_id)
        after = tx.accounts.save(account.stand(Standing.SUSPENDED, reason=why, until=until))
        _put_out(tx, account, at=at)
        tx.outbox.record(AccountSuspended(account_id, why, until), by=actor, at=at)
        write_down(
            ports,
            tx,
            "suspend account",
            by=actor,
            on=account_id,
            kind="account",
            reason=why,
            until=_text(until),
        )
        return after


def ban(ports: Ports, *, actor: Actor, account_id: AccountId, reason: str) -> Account:
    """As `suspend`, without an end."""
    may(actor, STANDING)
    at, why = ports.now(), check_reason(reason)
    with ports.transactions(actor) as tx:
        account = _of_somebody_else(tx, actor, account_id)
        after = tx.accounts.save(account.stand(Standing.BANNED, reason=why))
        _put_out(tx, account, at=at)
        tx.outbox.record(AccountBanned(account_id, why), by=actor, at=at)
        write_down(ports, tx, "ban account", by=actor, on=account_id, kind="account", reason=why)
        return after


def reinstate(ports: Ports, *, actor: Actor, account_id: AccountId, reason: str) -> Account:
    """Again changes nothing."""
    may(actor, STANDING)
    at, why = ports.now(), check_reason(reason)
    with ports.transactions(actor) as tx:
        account = _of_somebody_else(tx, actor, account_id)
        if account.standing is Standing.ACTIVE:
            return account
        after = tx.accounts.save(account.stand(Standing.ACTIVE))
        tx.outbox.record(AccountReinstated(account_id, why), by=actor, at=at)
        write_down(
            ports, tx, "reinstate account", by=actor, on=account_id, kind="account", reason=why
        )
        return after


def change_roles(
    ports: Ports, *, actor: Actor, account_id: AccountId, roles: frozenset[Role], reason: str
) -> Account:
    """Whoever loses a hat is out of it at once, and clocked out of a mechanic's; all their
    logins end."""
    may(actor, HATS)
    at, why = ports.now(), check_reason(reason)
    if not roles or Role.SYSTEM in roles:
        raise InvalidField("roles", "At least one role that people have.")
    with ports.transactions(actor) as tx:
        account = _of_somebody_else(tx, actor, account_id)
        if roles == account.roles:
            return account
        after = tx.accounts.save(attrs.evolve(account, roles=roles))
        end_logins(tx, account_id, at=at)
        if Role.MECHANIC in account.roles - roles:
            _clock_out(tx, account_id, at=at)
        if Role.MECHANIC in roles - account.roles:
            arrive(ports, tx, after, at=at)
        tx.outbox.record(RolesChanged(account_id, tuple(sorted(roles)), why), by=actor, at=at)
        write_down(
            ports,
            tx,
            "change roles",
            by=actor,
            on=account_id,
            kind="account",
            reason=why,
            roles=sorted(roles),
        )
        return after


def _text(until: datetime | None) -> str:
    return until.isoformat() if until else "no end"


def _of_somebody_else(tx: Transaction, actor: Actor, account_id: AccountId) -> Account:
    account = tx.accounts.get(account_id, lock=True)
    if account_id == actor.account_id:
        raise OwnAccount()
    if account.standing is Standing.CLOSED:
        raise AccountLeft()
    return account


def _put_out(tx: Transaction, account: Account, *, at: datetime) -> None:
    end_logins(tx, account.id, at=at)
    if Role.MECHANIC in account.roles:
        _clock_out(tx, account.id, at=at)


def _clock_out(tx: Transaction, account_id: AccountId, *, at: datetime) -> None:
    """Somebody may wear the hat and have no profile yet."""
    try:
        mechanic = tx.mechanics.get(MechanicId(account_id), lock=True)
    except Missing:
        return
    put_off_shift(tx, mechanic, at=at)
