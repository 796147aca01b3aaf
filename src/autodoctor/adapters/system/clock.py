"""Time and ids from the machine; in development the clock can be moved."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import attrs


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@attrs.frozen
class ShiftedClock:
    """The machine's time moved by what `offset` says now. For development only: it lets a
    person see in a minute what takes fifteen."""

    offset: Callable[[], timedelta]

    def now(self) -> datetime:
        return datetime.now(UTC) + self.offset()


class RandomIds:
    def new(self) -> UUID:
        return uuid4()

    def secret(self) -> str:
        return secrets.token_urlsafe(32)
