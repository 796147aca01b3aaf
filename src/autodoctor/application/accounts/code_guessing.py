"""Guessing second factors is bounded, and no stranger keeps an owner waiting (ADR 38).

Whoever tries has shown the password. A device that is known for the account counts for itself
alone. For others the six digits of an app are counted for the account, because they can be
guessed; recovery codes and passkeys cannot, and are counted by account and network only so that
nobody tries without end. What was right, or a code that was right once, is no guess.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from autodoctor.application.accounts.guessing import (
    FOR_NETWORK,
    Buckets,
    Devices,
    count,
    known_device,
    named,
    take_back,
)
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.factor import CodeUsed, CodeWrong
from autodoctor.domain.accounts.login import Login
from autodoctor.domain.shared.errors import Refusal
from autodoctor.domain.shared.limits import Limit, Retry
from autodoctor.domain.shared.networks import network
from autodoctor.ports.bundle import Ports
from autodoctor.ports.identity import PasskeyRefused

_QUARTER: Final = timedelta(minutes=15)
_DAY: Final = timedelta(days=1)
APP_FOR_ACCOUNT: Final = {"quarter": Limit(5, _QUARTER), "day": Limit(50, _DAY)}
APP_FOR_DEVICE: Final = {"quarter": Limit(10, _QUARTER), "day": Limit(50, _DAY)}
UNGUESSABLE: Final = {"quarter": Limit(10, _QUARTER)}

NO_DEVICES: Final[Devices] = MappingProxyType({})


class TooManyWrongCodes(Retry):
    """Too many wrong codes; a device you have logged in with before, or a recovery code, works."""


class Proof(StrEnum):
    """What is given; each is counted for itself."""

    APP = "app"
    RECOVERY = "recovery"
    PASSKEY = "passkey"

    @classmethod
    def of_code(cls, code: str) -> "Proof":
        """Apps show digits; recovery codes have letters too."""
        typed = "".join(code.split())
        return cls.APP if typed.isdigit() and typed.isascii() else cls.RECOVERY


def code_buckets(proof: Proof, *, account: Account, address: str, devices: Devices) -> Buckets:
    """In the second step of a login."""
    device = known_device(account, devices)
    if device is not None:
        limits = APP_FOR_DEVICE if proof is Proof.APP else UNGUESSABLE
        return named(f"{proof}:device", f"{account.id}:{device.id}", limits)
    if proof is Proof.APP:
        return {
            **named("app:account", str(account.id), APP_FOR_ACCOUNT),
            **named("app:network", network(address), FOR_NETWORK),
        }
    return named(f"{proof}:place", f"{account.id}:{network(address)}", UNGUESSABLE)


def login_buckets(proof: Proof, *, login: Login) -> Buckets:
    """Whoever is logged in: the login is known, whatever the browser."""
    limits = APP_FOR_DEVICE if proof is Proof.APP else UNGUESSABLE
    return named(f"{proof}:login", str(login.id), limits)


@contextmanager
def codes_counted(ports: Ports, counts: Buckets) -> Iterator[None]:
    """Counts a try before the code is looked at, and takes it back unless it was wrong: many at
    once are no more than the limit. Raises TooManyWrongCodes before anything else happens."""
    if not ports.rules.limits:
        yield
        return
    count(ports, counts, refused=TooManyWrongCodes)
    try:
        yield
    except Refusal as refusal:
        if not _is_guess(refusal):
            take_back(ports, counts)
        raise
    take_back(ports, counts)


def _is_guess(refusal: Refusal) -> bool:
    return isinstance(refusal, CodeWrong | PasskeyRefused) and not isinstance(refusal, CodeUsed)
