"""How often something may happen: so many times in a window that begins with the first."""

from datetime import datetime, timedelta
from typing import Self

import attrs

from autodoctor.domain.shared.errors import TooOften


@attrs.frozen
class Limit:
    most: int
    per: timedelta


@attrs.frozen
class Tally:
    """How often something was counted in the window that ends at `ends_at`."""

    count: int
    ends_at: datetime

    def counted(self, limit: Limit, *, at: datetime) -> Self:
        """Once more; a window that is over begins anew."""
        if at >= self.ends_at:
            return type(self)(1, at + limit.per)
        return attrs.evolve(self, count=self.count + 1)


@attrs.frozen
class Retry(TooOften):
    """That was too often; try again later."""

    retry_after_seconds: int
    retry_at: datetime

    @classmethod
    def after(cls, until: datetime, *, at: datetime) -> Self:
        """Rounded up to whole seconds."""
        seconds = max(1, -(-(until - at) // timedelta(seconds=1)))
        return cls(seconds, at + timedelta(seconds=seconds))

    @property
    def reason(self) -> str:
        return f"Try again at {self.retry_at:%H:%M:%S} UTC."
