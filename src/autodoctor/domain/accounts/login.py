"""A login: the signed-in state of a person wearing one hat."""

from datetime import datetime, timedelta
from typing import Final

import attrs

from autodoctor.domain.accounts.account import IDLE_LOGOUT
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import AccountId, LoginId

LASTS_MAX: Final = timedelta(days=30)
SEEN_EVERY: Final = timedelta(minutes=1)
"""How exactly the last use is kept: writing it on every request would cost a commit each."""


@attrs.frozen
class Login:
    """`token_hash` is SHA-256 of the cookie's token; the token itself is stored nowhere."""

    id: LoginId
    account_id: AccountId
    role: Role
    token_hash: bytes = attrs.field(repr=False)
    created_at: datetime
    seen_at: datetime
    address: str = ""
    agent: str = ""
    ended_at: datetime | None = None

    def alive(self, *, at: datetime) -> bool:
        return (
            self.ended_at is None
            and at < self.seen_at + IDLE_LOGOUT[self.role]
            and at < self.created_at + LASTS_MAX
        )

    def seen(self, *, at: datetime) -> "Login":
        return attrs.evolve(self, seen_at=at) if at >= self.seen_at + SEEN_EVERY else self
