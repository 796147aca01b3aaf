"""Guessing passwords is bounded: for each account, for each network, and in all.

A try is counted before the password is looked at and taken back when it was right, so that many
at once are no more than the limit. A device that its owner has logged in with counts for itself
alone: whatever strangers do, it is not kept waiting. So does a login in which the password is
asked for once more. Counts are kept in PostgreSQL, which is there whenever somebody can be logged
in at all.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from typing import Final

import attrs

from autodoctor.application.accounts.tokens import digest
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.login import Login
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.errors import Unavailable
from autodoctor.domain.shared.ids import AccountId
from autodoctor.domain.shared.limits import Limit, Retry
from autodoctor.domain.shared.networks import network
from autodoctor.ports.bundle import Ports

Buckets = Mapping[str, Limit]

_QUARTER: Final = timedelta(minutes=15)
_DAY: Final = timedelta(days=1)
FOR_ACCOUNT: Final = {"quarter": Limit(10, _QUARTER), "day": Limit(50, _DAY)}
FOR_NETWORK: Final = {"quarter": Limit(20, _QUARTER), "day": Limit(200, _DAY)}
FOR_DEVICE: Final = {"quarter": Limit(10, _QUARTER)}
FOR_LOGIN: Final = {"quarter": Limit(10, _QUARTER), "day": Limit(50, _DAY)}
IN_ALL: Final = {"quarter": Limit(1000, _QUARTER)}


class TooManyGuesses(Retry):
    """Too many wrong passwords; a device you have logged in with before still works."""


class TooManyWrongPasswords(Retry):
    """Too many wrong passwords."""


@attrs.frozen
class Device:
    """A browser that somebody has logged in with, as its signed cookie says it. `fingerprint` is
    that of the password it was then: after a change it has to be shown anew."""

    id: str
    fingerprint: str


Devices = Mapping[AccountId, Device]


def fingerprint(account: Account) -> str:
    return digest(account.password_hash).hex()[:16]


def buckets(email: str, *, address: str, account: Account | None, devices: Devices) -> Buckets:
    """What a try counts for. `email` is what was typed; it is kept as a digest."""
    device = known_device(account, devices) if account is not None else None
    if account is not None and device is not None:
        return named("password:device", f"{account.id}:{device.id}", FOR_DEVICE)
    return {
        **named("password:account", email.strip().lower(), FOR_ACCOUNT),
        **named("password:network", network(address), FOR_NETWORK),
        **named("password:all", "", IN_ALL),
    }


def password_buckets(login: Login) -> Buckets:
    """Whoever has got hold of one login keeps nobody else waiting."""
    return named("password:login", str(login.id), FOR_LOGIN)


def known_device(account: Account, devices: Devices) -> Device | None:
    """None for one that was known before the password was changed, too."""
    device = devices.get(account.id)
    known = device is not None and device.fingerprint == fingerprint(account)
    return device if known else None


def named(kind: str, whose: str, limits: Mapping[str, Limit]) -> dict[str, Limit]:
    """`whose` is kept as a digest."""
    digested = sha256(whose.encode()).hexdigest()[:32]
    return {f"{kind}:{window}:{digested}": limit for window, limit in limits.items()}


@contextmanager
def counted(
    ports: Ports, counts: Buckets, *, refused: type[Retry] = TooManyGuesses
) -> Iterator[None]:
    """Counts a try, and takes it back when the block ends well, or nobody looked at the password.
    Raises `refused` before anything else happens; what is refused counts for nothing."""
    if not ports.rules.limits:
        yield
        return
    count(ports, counts, refused=refused)
    try:
        yield
    except Unavailable:
        take_back(ports, counts)
        raise
    take_back(ports, counts)


def count(ports: Ports, counts: Buckets, *, refused: type[Retry]) -> None:
    """Raises `refused`, and counts nothing then."""
    at = ports.now()
    with ports.transactions.outside_key()(SYSTEM) as tx:
        for key, limit in sorted(counts.items()):
            tally = tx.tallies.add(key, limit, at=at)
            if tally.count > limit.most:
                raise refused.after(tally.ends_at, at=at)


def take_back(ports: Ports, counts: Buckets) -> None:
    with ports.transactions.outside_key()(SYSTEM) as tx:
        for key in sorted(counts):
            tx.tallies.take_back(key, at=ports.now())
