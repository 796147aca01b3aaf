"""Writing to the security log. What follows from an event is declared in `watched`; this is for
what is no event of the domain: logins, tries that failed, what was looked at or taken along."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

from autodoctor.domain.operations.security_event import (
    SecurityEvent,
    SecurityKind,
    SecurityOutcome,
    Subject,
    of_account,
)
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.errors import Refusal, Unavailable
from autodoctor.domain.shared.ids import AccountId, ApiKeyId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction

READ_AGAIN: Final = timedelta(minutes=10)


def record(
    ports: Ports,
    tx: Transaction,
    kind: SecurityKind,
    *,
    by: Actor,
    about: Subject | None = None,
    detail: str = "",
) -> None:
    """In the transaction of what it is about; without `about` it is about the actor's account."""
    subject = about or of_account(by.account_id)
    tx.security.append(
        SecurityEvent(kind=kind, at=ports.now(), subject=subject, detail=detail).by(by)
    )


def record_staff_read(
    ports: Ports, tx: Transaction, kind: SecurityKind, *, by: Actor, about: Subject
) -> None:
    """Before private content is returned; when it cannot be written, nothing is. What people read
    of their own sessions is nobody's business. A page that asks again and again, or for a file in
    parts, is one read for READ_AGAIN."""
    if by.role is not Role.ADMIN:
        return
    read = SecurityEvent(kind=kind, at=ports.now(), subject=about).by(by)
    if not tx.security.knows(read, since=ports.now() - READ_AGAIN):
        tx.security.append(read)


@contextmanager
def tries_recorded(
    ports: Ports,
    kind: SecurityKind,
    *kinds: type[Refusal],
    account: Callable[[], AccountId | None],
) -> Iterator[None]:
    """A refusal of `kinds` is recorded and raised again. `account` is
    whose it was, None when nobody has what was typed; it is asked only then. Nothing is recorded
    when nobody looked: Unavailable."""
    try:
        yield
    except kinds as refusal:
        if not isinstance(refusal, Unavailable):
            record_try(ports, kind, account=account(), detail=refusal.slug)
        raise


def record_try(ports: Ports, kind: SecurityKind, *, account: AccountId | None, detail: str) -> None:
    """In a transaction of its own: the request fails, and its entry stays."""
    _record_alone(
        ports,
        SecurityEvent(
            kind=kind,
            at=ports.now(),
            outcome=SecurityOutcome.FAILED,
            subject=of_account(account),
            detail=detail,
        ),
    )


def record_denied(ports: Ports, *, actor: Actor, refusal: Refusal, route: str) -> None:
    """`route` is the rule of the address, without what somebody put into it."""
    denied = SecurityEvent(
        kind=SecurityKind.ACCESS_DENIED,
        at=ports.now(),
        outcome=SecurityOutcome.REFUSED,
        subject=of_account(actor.account_id),
        detail=f"{refusal.slug} {route}".strip()[:120],
    )
    _record_alone(ports, denied.by(actor))


def record_secret_refused(ports: Ports, *, route: str) -> None:
    """Whoever has no secret, or a wrong one, for what only a program of ours may start."""
    refused = SecurityEvent(
        kind=SecurityKind.ACCESS_DENIED,
        at=ports.now(),
        outcome=SecurityOutcome.REFUSED,
        subject=Subject("job"),
        detail=f"secret-wrong {route}"[:120],
    )
    _record_alone(ports, refused)


def record_key_refused(ports: Ports, *, key_id: ApiKeyId | None) -> None:
    """None for a key that there never was."""
    subject = Subject("unknown API key") if key_id is None else Subject("API key", key_id)
    refused = SecurityEvent(
        kind=SecurityKind.API_KEY_REFUSED,
        at=ports.now(),
        outcome=SecurityOutcome.REFUSED,
        subject=subject,
    )
    _record_alone(ports, refused)


def _record_alone(ports: Ports, event: SecurityEvent) -> None:
    with ports.transactions.outside_key()(SYSTEM) as tx:
        tx.security.append(event)
