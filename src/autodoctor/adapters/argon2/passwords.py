"""argon2id through argon2-cffi: its defaults are RFC 9106's low-memory profile."""

from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from autodoctor.adapters.argon2.common import COMMON

CHEAPEST = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""The least that argon2 does: it protects nothing. For tests, which hash thousands."""


class Argon2Passwords:
    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()

    def hash(self, password: str, /) -> str:
        return self._hasher.hash(password)

    def matches(self, password_hash: str | None, password: str, /) -> bool:
        try:
            found = self._hasher.verify(password_hash or self._nobody, password)
        except (VerificationError, InvalidHashError):
            return False
        return found and password_hash is not None

    @cached_property
    def _nobody(self) -> str:
        """What is verified when there is no account, so that it takes as long."""
        return self._hasher.hash("there is nobody with this password")

    @property
    def common(self) -> frozenset[str]:
        return COMMON
