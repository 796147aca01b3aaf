"""Calendar months, where somebody counts them."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from autodoctor.domain.shared.time import Period

MONTHS_OF_YEAR: Final = 12


def month_of(at: datetime, zone: str) -> Period:
    """The calendar month that `at` is in there."""
    place = ZoneInfo(zone)
    there = at.astimezone(place)
    first = datetime(there.year, there.month, 1, tzinfo=place)
    years, month = divmod(there.month, MONTHS_OF_YEAR)
    return Period(first, datetime(there.year + years, month + 1, 1, tzinfo=place))
