"""How long a mail that the server does not take is tried again."""

from datetime import datetime, timedelta
from typing import Final

FIRST_WAIT: Final = timedelta(minutes=1)
LONGEST_WAIT: Final = timedelta(hours=3)
PATIENCE: Final = timedelta(days=3)
"""Since it was queued; the last try is made at its end."""


def next_try(*, queued_at: datetime, attempts: int, at: datetime) -> datetime | None:
    """After the wait, which doubles with each of the `attempts` made; None when it is over."""
    last = queued_at + PATIENCE
    if at >= last:
        return None
    wait = min(FIRST_WAIT * (1 << min(attempts - 1, 20)), LONGEST_WAIT)
    return min(at + wait, last)
