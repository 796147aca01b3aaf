"""A login: the signed-in state of a person wearing one hat."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

import attrs

from autodoctor.domain.accounts.account import IDLE_LOGOUT, Account
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import Conflict, Forbidden
from autodoctor.domain.shared.ids import AccountId, LoginId

LASTS_MAX: Final = timedelta(days=30)
HALF_WAY_LASTS: Final = timedelta(minutes=15)
"""How long somebody may take for what stands between the password and being in."""
SEEN_EVERY: Final = timedelta(minutes=1)
"""How exactly the last use is kept: writing it on every request would cost a commit each."""


CONFIRMED_LASTS: Final = timedelta(minutes=10)
"""How long somebody who has confirmed that it is them may add ways to log in."""


@attrs.frozen
class ConfirmFirst(Forbidden):
    """Confirm that it is you first: with your password, or a code of your second factor."""


@attrs.frozen
class SecondFactorNotAsked(Conflict):
    """This login does not ask for a second factor now."""


class Stage(StrEnum):
    """What is still to be done. Only a complete login acts; every other is half-way."""

    SECOND_FACTOR = "second_factor"
    SET_UP = "set_up"
    AGREEMENTS = "agreements"
    COMPLETE = "complete"


@attrs.frozen
class Login:
    """`token_hash` is SHA-256 of the cookie's token; the token itself is stored nowhere.
    `challenge` is what a passkey was asked to sign last, and is used once. `confirmed_at` is
    when its person showed once more that it is them: having logged in does not count."""

    id: LoginId
    account_id: AccountId
    role: Role
    token_hash: bytes = attrs.field(repr=False)
    created_at: datetime
    seen_at: datetime
    address: str = ""
    agent: str = ""
    ended_at: datetime | None = None
    stage: Stage = Stage.COMPLETE
    challenge: bytes | None = attrs.field(default=None, repr=False)
    confirmed_at: datetime | None = None

    @property
    def complete(self) -> bool:
        return self.stage is Stage.COMPLETE

    def alive(self, *, at: datetime) -> bool:
        lasts = LASTS_MAX if self.complete else HALF_WAY_LASTS
        return (
            self.ended_at is None
            and at < self.seen_at + IDLE_LOGOUT[self.role]
            and at < self.created_at + lasts
        )

    def good(self, account: Account, *, at: datetime) -> bool:
        """Alive, its person in good standing, and still wearing the hat."""
        active = account.standing_at(at) is Standing.ACTIVE
        return active and self.role in account.roles and self.alive(at=at)

    def check_confirmed(self, *, at: datetime) -> None:
        """Whoever has to set up a factor before they are let in has shown who they are within
        the quarter of an hour that this takes at most. Raises ConfirmFirst."""
        if self.stage is Stage.SET_UP:
            return
        if self.confirmed_at is None or at >= self.confirmed_at + CONFIRMED_LASTS:
            raise ConfirmFirst()

    def check_asks_factor(self) -> None:
        """Raises SecondFactorNotAsked before, and after, the second step."""
        if self.stage is not Stage.SECOND_FACTOR:
            raise SecondFactorNotAsked()

    def seen(self, *, at: datetime) -> "Login":
        return attrs.evolve(self, seen_at=at) if at >= self.seen_at + SEEN_EVERY else self

    def end(self, *, at: datetime) -> "Login":
        return self if self.ended_at is not None else attrs.evolve(self, ended_at=at)

    def go_on(self, stage: Stage, *, token_hash: bytes, at: datetime) -> "Login":
        """A step further, under a new token: what was known before the step opens nothing."""
        return attrs.evolve(
            self, stage=stage, token_hash=token_hash, created_at=at, seen_at=at, challenge=None
        )
