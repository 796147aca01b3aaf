"""The second factor: an app's codes, passkeys, and recovery codes."""

from datetime import datetime
from typing import Final
from uuid import UUID

import attrs

from autodoctor.domain.shared.errors import Conflict, Forbidden, InvalidField
from autodoctor.domain.shared.ids import AccountId

RECOVERY_CODES: Final = 10
PASSKEYS_MAX: Final = 10
PASSKEY_NAME_LENGTH_MAX: Final = 60


@attrs.frozen
class CodeWrong(Forbidden):
    """This code is wrong, or was used already."""


@attrs.frozen
class CodeUsed(CodeWrong):
    """This code was used already; each works once."""


@attrs.frozen
class SecondFactorUnknown(Conflict):
    """Begin to set up your second factor anew."""


@attrs.frozen
class TooManyPasskeys(Conflict):
    """Remove a passkey before you add another one."""


@attrs.frozen
class Totp:
    """Codes of an authenticator app. `secret` is sealed; `last_step` is the time step of the
    last code that was used: only later ones work. It counts once `confirmed_at` is set."""

    account_id: AccountId
    secret: str = attrs.field(repr=False)
    last_step: int = 0
    confirmed_at: datetime | None = None

    @property
    def confirmed(self) -> bool:
        return self.confirmed_at is not None

    def use(self, step: int | None, *, at: datetime) -> "Totp":
        """Raises CodeWrong when no step fits, CodeUsed when this one or a later one was used."""
        if step is None:
            raise CodeWrong()
        if step <= self.last_step:
            raise CodeUsed()
        return attrs.evolve(self, last_step=step, confirmed_at=self.confirmed_at or at)


@attrs.frozen
class Passkey:
    """`credential_id` and `public_key` are as WebAuthn gives them."""

    id: UUID
    account_id: AccountId
    credential_id: bytes
    public_key: bytes = attrs.field(repr=False)
    sign_count: int
    name: str
    created_at: datetime
    used_at: datetime | None = None

    def use(self, sign_count: int, *, at: datetime) -> "Passkey":
        return attrs.evolve(self, sign_count=sign_count, used_at=at)


def check_passkey_name(name: str) -> str:
    trimmed = " ".join(name.replace("\x00", "").split()) or "Passkey"
    if len(trimmed) > PASSKEY_NAME_LENGTH_MAX or not trimmed.isprintable():
        raise InvalidField("name", f"Up to {PASSKEY_NAME_LENGTH_MAX} characters.")
    return trimmed
