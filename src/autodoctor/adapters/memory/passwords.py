"""Password hashing for tests: quick, and good for nothing else."""

from hashlib import sha256


class QuickPasswords:
    def __init__(self, common: frozenset[str] = frozenset({"password123"})) -> None:
        self._common = common

    def hash(self, password: str, /) -> str:
        return f"quick:{sha256(password.encode()).hexdigest()}"

    def matches(self, password_hash: str | None, password: str, /) -> bool:
        return password_hash == self.hash(password)

    @property
    def common(self) -> frozenset[str]:
        return self._common
