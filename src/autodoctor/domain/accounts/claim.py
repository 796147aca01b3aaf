"""A claim that waits: a provider says who somebody is, and vouches for no address of theirs."""

from datetime import datetime, timedelta
from typing import Final

import attrs

from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.shared.errors import Conflict, Forbidden, Gone
from autodoctor.domain.shared.ids import ClaimId

LASTS: Final = timedelta(minutes=30)
CODE_LASTS: Final = timedelta(minutes=10)
CODE_DIGITS: Final = 6
CODES_MAX: Final = 3
TRIES_MAX: Final = 5
CODE_MAILED: Final = "claim_code"
"""The occasion of the mail that carries a code."""


@attrs.frozen
class ClaimGone(Gone):
    """That took too long, or is done already; continue with the other provider once more."""


@attrs.frozen
class TooManyCodes(Conflict):
    """We have sent you three codes; continue with the other provider once more."""


@attrs.frozen
class AddressCodeUsed(Conflict):
    """This code was used already."""


@attrs.frozen
class AddressCodeExpired(Gone):
    """This code is older than ten minutes; ask for a new one."""


@attrs.frozen
class TooManyTries(Conflict):
    """Too many wrong codes; ask for a new one."""


@attrs.frozen
class AddressCodeWrong(Forbidden):
    """This code is wrong; type the one from our newest mail."""


@attrs.frozen(kw_only=True)
class PendingClaim:
    """Only the browser that came back knows the state of which `state_hash` is the SHA-256.
    `claimed_email` is what the provider said, "" for none; `email` is where the last code went,
    good until `code_expires_at` for `TRIES_MAX` tries. `following` is where they go on to."""

    id: ClaimId
    state_hash: bytes = attrs.field(repr=False)
    provider: str
    subject: str
    name: str = ""
    claimed_email: str = ""
    following: str = ""
    expires_at: datetime
    email: EmailAddress | None = None
    code_hash: bytes | None = attrs.field(default=None, repr=False)
    code_expires_at: datetime | None = None
    tries: int = 0
    sent: int = 0
    used_at: datetime | None = None
    version: int = 0

    def alive(self, *, at: datetime) -> bool:
        return at < self.expires_at

    def ask(self, email: EmailAddress, code_hash: bytes, *, at: datetime) -> "PendingClaim":
        """A new code, which ends the one before; the claim lasts as long as its code. Refusals,
        in order: AddressCodeUsed, TooManyCodes."""
        if self.used_at is not None:
            raise AddressCodeUsed()
        if self.sent >= CODES_MAX:
            raise TooManyCodes()
        until = at + CODE_LASTS
        return attrs.evolve(
            self,
            email=email,
            code_hash=code_hash,
            code_expires_at=until,
            expires_at=max(self.expires_at, until),
            tries=0,
            sent=self.sent + 1,
        )

    def check_code(self, *, at: datetime) -> EmailAddress:
        """Where the code went that may be tried now. Refusals, in order: AddressCodeUsed,
        AddressCodeExpired (also when none was asked for), TooManyTries."""
        if self.used_at is not None:
            raise AddressCodeUsed()
        if self.email is None or self.code_expires_at is None or at >= self.code_expires_at:
            raise AddressCodeExpired()
        if self.tries >= TRIES_MAX:
            raise TooManyTries()
        return self.email

    def tried(self) -> "PendingClaim":
        return attrs.evolve(self, tries=self.tries + 1)

    def use(self, *, at: datetime) -> "PendingClaim":
        return attrs.evolve(self, used_at=at)
