"""Password hashing for tests: quick, and good for nothing else."""

from hashlib import sha256

from autodoctor.domain.accounts.account import normal
from autodoctor.domain.accounts.email import EmailAddress


class QuickPasswords:
    def __init__(self, common: frozenset[str] = frozenset({"password123"})) -> None:
        self._common = common

    def hash(self, password: str, /) -> str:
        return f"quick:{sha256(normal(password).encode()).hexdigest()}"

    def hash_for(
        self,
        address: EmailAddress,  # noqa: ARG002 - there is no salt
        password: str,
        /,
        *,
        beside: str = "",  # noqa: ARG002 - there is no salt
    ) -> str:
        return self.hash(password)

    def hashes_for(
        self,
        address: EmailAddress,  # noqa: ARG002 - there is no salt
        password: str,
        /,
        *,
        beside: str = "",  # noqa: ARG002 - there is no salt
    ) -> tuple[str, ...]:
        older = f"quick:{sha256(password.encode()).hexdigest()}"
        return tuple(dict.fromkeys((self.hash(password), older)))

    def matches(self, password_hash: str | None, password: str, /) -> bool:
        older = f"quick:{sha256(password.encode()).hexdigest()}"
        return password_hash in (self.hash(password), older)

    @property
    def common(self) -> frozenset[str]:
        return self._common
