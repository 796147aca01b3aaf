"""How often work that fails is tried again."""

from datetime import datetime, timedelta
from typing import Final

FIRST_WAIT: Final = timedelta(seconds=3)
LONGEST_WAIT: Final = timedelta(hours=1)
ATTEMPTS_MAX: Final = 24
"""With the waits above, somewhat more than half a day: longer than an outage of a provider."""


def wait_after(attempts: int) -> timedelta:
    """Doubles with each of the `attempts` made (at least one), up to the longest."""
    return min(FIRST_WAIT * (1 << min(attempts - 1, 20)), LONGEST_WAIT)


def next_attempt(*, attempts: int, at: datetime) -> datetime | None:
    """When to try again; None once the attempts are used up."""
    return None if attempts >= ATTEMPTS_MAX else at + wait_after(attempts)
