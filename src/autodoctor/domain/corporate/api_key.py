"""An API key: with it a company's own programs ask and do what its maker lets them."""

from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final, Self

import attrs

from autodoctor.domain.corporate.events import ApiKeyMade, ApiKeyRevoked
from autodoctor.domain.shared.actor import Seat
from autodoctor.domain.shared.errors import Conflict, InvalidField
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import AccountId, ApiKeyId, OrganizationId
from autodoctor.domain.shared.texts import check_line

MARK: Final = "ad"
PREFIX_LENGTH: Final = 8
KEYS_MAX: Final = 20
"""Of one company that still open something."""
SEEN_EVERY: Final = timedelta(minutes=1)
"""How exactly the last use is kept: writing it on every request would cost a commit each."""
DAYS_MAX: Final = 3650


class Scope(StrEnum):
    """What a key may do: look, or also change. Neither makes keys or gives seats."""

    READ = "read"
    MANAGE = "manage"

    @property
    def seat(self) -> Seat:
        """The most its holder counts for in the company."""
        return Seat.VIEWER if self is Scope.READ else Seat.ADMIN


@attrs.frozen
class TooManyApiKeys(Conflict):
    """Your company has as many keys as it may; revoke one first."""

    most: int


@attrs.frozen
class Secret:
    """A key as its holder keeps it, `ad_<prefix>_<secret>`: shown once, stored nowhere."""

    prefix: str
    text: str = attrs.field(repr=False)

    @classmethod
    def of(cls, random: str) -> Self:
        """From unguessable text. What names the key tells nothing of it."""
        prefix = sha256(random.encode()).hexdigest()[:PREFIX_LENGTH]
        return cls(prefix, f"{MARK}_{prefix}_{random}")


@attrs.frozen(kw_only=True)
class ApiKey:
    """`prefix` is what people tell keys apart by; `secret_hash` is the SHA-256 of the whole.
    `expires_at` is None for one that does not by itself."""

    id: ApiKeyId
    organization_id: OrganizationId
    name: str
    scope: Scope
    prefix: str
    secret_hash: bytes = attrs.field(repr=False)
    created_by: AccountId
    created_at: datetime
    expires_at: datetime | None = None
    used_at: datetime | None = None
    revoked_at: datetime | None = None
    version: int = 0

    def alive(self, *, at: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)

    def seat(self, maker: Seat) -> Seat:
        """Never more than its maker has now."""
        return min(self.scope.seat, maker, key=lambda seat: seat.rank)

    def worth_telling(self, *, at: datetime) -> bool:
        """Whether this use is to be written down."""
        return self.used_at is None or at >= self.used_at + SEEN_EVERY

    def revoke(self, *, at: datetime) -> tuple["ApiKey", tuple[Event, ...]]:
        """Dead at the next request. Again changes nothing."""
        if self.revoked_at is not None:
            return self, ()
        after = attrs.evolve(self, revoked_at=at)
        return after, (ApiKeyRevoked(self.id, self.organization_id),)


def make(
    *,
    key_id: ApiKeyId,
    organization_id: OrganizationId,
    name: str,
    scope: Scope,
    secret: Secret,
    secret_hash: bytes,
    days: int | None,
    by: AccountId,
    at: datetime,
) -> tuple[ApiKey, tuple[Event, ...]]:
    """`days` is how long it lasts; None is until it is revoked. Raises InvalidField."""
    made = ApiKey(
        id=key_id,
        organization_id=organization_id,
        name=check_line("name", name),
        scope=scope,
        prefix=secret.prefix,
        secret_hash=secret_hash,
        created_by=by,
        created_at=at,
        expires_at=_end(days, at=at),
    )
    return made, (ApiKeyMade(key_id, organization_id, made.name),)


def _end(days: int | None, *, at: datetime) -> datetime | None:
    if days is None:
        return None
    if not 1 <= days <= DAYS_MAX:
        raise InvalidField("days", f"From 1 to {DAYS_MAX} days, or none.")
    return at + timedelta(days=days)
