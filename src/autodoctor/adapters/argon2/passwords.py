"""argon2id through argon2-cffi: its defaults are RFC 9106's low-memory profile.

A hash takes 64 MiB and a core for tens of milliseconds. So many are made at once as there are
cores to this process; a few more wait, and everybody else is asked to come back: the threads and
the memory that pages need are not all taken by logins.

Whoever waits with one address shares its salt, so that one hash tells whose password it is.
"""

from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from hashlib import sha256
from hmac import digest as keyed_digest
from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError

from autodoctor.adapters.argon2.common import COMMON
from autodoctor.domain.accounts.account import normal
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.ports.accounts import PasswordsBusy

CHEAPEST = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""The least that argon2 does: it protects nothing. For tests, which hash thousands."""


AT_ONCE: Final = 2
WAITING: Final = 6
"""Of the web's threads, logins take at most these and those at once."""
WAIT_SECONDS: Final = 5.0


_SALT_BYTES: Final = 16


class Argon2Passwords:
    """`salt_key` is the installation's own: without it nobody can hash guesses for an address
    before they have read its salt. As long as `old_salt_keys` are given, each costs every login
    one more hash, whoever it is."""

    def __init__(
        self,
        hasher: PasswordHasher | None = None,
        *,
        salt_key: str = "",
        old_salt_keys: tuple[str, ...] = (),
        at_once: int = AT_ONCE,
        waiting: int = WAITING,
    ) -> None:
        self._hasher = hasher or PasswordHasher()
        self._salt_keys = [_derived(key) for key in (salt_key, *old_salt_keys)]
        self._turns = BoundedSemaphore(at_once)
        self._places = BoundedSemaphore(at_once + waiting)

    def hash(self, password: str, /) -> str:
        with self._turn():
            return self._hasher.hash(normal(password))

    def hash_for(self, address: EmailAddress, password: str, /, *, beside: str = "") -> str:
        salt = _salt_of(beside) or self._salts(address)[0]
        with self._turn():
            return self._hasher.hash(normal(password), salt=salt)

    def hashes_for(
        self, address: EmailAddress, password: str, /, *, beside: str = ""
    ) -> tuple[str, ...]:
        found, (newest, *older) = _salt_of(beside), self._salts(address)
        hasher = self._as_strong_as(beside) if found else self._hasher
        typed = dict.fromkeys((normal(password), password))
        return tuple(
            self._hashed(hasher, each, salt) for each in typed for salt in (found or newest, *older)
        )

    def _hashed(self, hasher: PasswordHasher, password: str, salt: bytes) -> str:
        with self._turn():
            return hasher.hash(password, salt=salt)

    def _salts(self, address: EmailAddress) -> list[bytes]:
        text = address.text.encode()
        return [keyed_digest(key, text, "sha256")[:_SALT_BYTES] for key in self._salt_keys]

    def _as_strong_as(self, password_hash: str) -> PasswordHasher:
        if not self._hasher.check_needs_rehash(password_hash):
            return self._hasher
        return PasswordHasher.from_parameters(extract_parameters(password_hash))

    def matches(self, password_hash: str | None, password: str, /) -> bool:
        wanted = password_hash or self._nobody
        with self._turn():
            if self._verify(wanted, normal(password)):
                return password_hash is not None
        if normal(password) == password:
            return False
        with self._turn():
            return self._verify(wanted, password) and password_hash is not None

    def _verify(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Raises PasswordsBusy."""
        if not self._places.acquire(blocking=False):
            raise PasswordsBusy()
        try:
            if not self._turns.acquire(timeout=WAIT_SECONDS):
                raise PasswordsBusy()
            try:
                yield
            finally:
                self._turns.release()
        finally:
            self._places.release()

    @cached_property
    def _nobody(self) -> str:
        """What is verified when there is no account, so that it takes as long."""
        return self._hasher.hash("there is nobody with this password")

    @property
    def common(self) -> frozenset[str]:
        return COMMON


def _derived(key: str) -> bytes:
    return sha256(f"the salt of an address\0{key}".encode()).digest()


def _salt_of(password_hash: str) -> bytes:
    """Empty when it is no hash of ours."""
    try:
        extract_parameters(password_hash)
        return _decoded(password_hash.split("$")[-2])
    except (InvalidHashError, ValueError):
        return b""


def _decoded(unpadded: str) -> bytes:
    return b64decode(unpadded + "=" * (-len(unpadded) % 4), validate=True)
