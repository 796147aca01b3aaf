"""Counting what may happen only so often. Counts outlive a restart of everything, and an emptied
cache: what was refused stays refused."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from autodoctor.domain.shared.limits import Limit, Tally


class Tallies(Protocol):
    def add(self, key: str, limit: Limit, /, *, at: datetime) -> Tally:
        """Once more in the present window. Others who count under the same key wait until this
        transaction ends: whoever counts under several does it in the order of the keys."""

    def take_back(self, key: str, /, *, at: datetime) -> None:
        """One less in the present window; nothing when that is over."""

    def clear(self, keys: Iterable[str], /) -> None:
        """Counting begins anew."""

    def read(self, key: str, /, *, at: datetime) -> Tally | None:
        """The present window; None when nothing was counted in it."""
