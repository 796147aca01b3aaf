"""After a change of the installation's key: what an old key has sealed is sealed with the newest
one, so that the old one can be taken away. Secrets of authenticator apps are all there is.
"""

from collections.abc import Iterator
from typing import Final
from uuid import UUID

import attrs
import structlog

from autodoctor.domain.accounts.factor import Totp
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.identity import AuthenticatorUnreadable

log = structlog.get_logger(__name__)

BATCH: Final = 100
BEGINNING: Final = UUID(int=0)
"""Before every account."""


@attrs.frozen
class Sealed:
    """How many secrets need an old key, and how many no key opens that this process knows."""

    old: int
    unreadable: int


def count_sealed(ports: Ports) -> Sealed:
    """Changes nothing."""
    old = unreadable = 0
    for app in _every_app(ports):
        try:
            old += not ports.codes.is_current(app.secret)
        except AuthenticatorUnreadable:
            unreadable += 1
    return Sealed(old, unreadable)


def _every_app(ports: Ports) -> Iterator[Totp]:
    batch = _after(ports, BEGINNING)
    while batch:
        yield from batch
        batch = _after(ports, batch[-1].account_id)


def _after(ports: Ports, account_id: UUID) -> tuple[Totp, ...]:
    with ports.transactions(SYSTEM) as tx:
        return tx.factors.totps_after(AccountId(account_id), most=BATCH)


@attrs.frozen
class Resealed:
    """`last` is the account that the next batch begins behind, None at the end; `failed` are
    those whose secrets could not be written."""

    last: UUID | None
    failed: tuple[UUID, ...]


def reseal_batch(ports: Ports, after: UUID) -> Resealed:
    """The next BATCH secrets behind that account, each in a transaction of its own. Idempotent,
    also when several do it at once."""
    batch, failed = _after(ports, after), []
    for app in batch:
        try:
            reseal(ports, app.account_id)
        except Exception:
            log.exception("authenticator.not_resealed", account=str(app.account_id))
            failed.append(app.account_id)
    return Resealed(batch[-1].account_id if batch else None, tuple(failed))


def reseal(ports: Ports, account_id: UUID) -> None:
    """A secret that no key opens stays as it is and is logged: only a key that is gone would
    help."""
    with ports.transactions(SYSTEM) as tx:
        app = tx.factors.totp(AccountId(account_id), lock=True)
        if app is None:
            return
        try:
            if not ports.codes.is_current(app.secret):
                tx.factors.put(attrs.evolve(app, secret=ports.codes.renewed(app.secret)))
        except AuthenticatorUnreadable:
            log.error("authenticator.unreadable", account=str(account_id))
