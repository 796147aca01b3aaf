"""Instants and periods. Instants are aware; periods are half-open [start, end)."""

from datetime import UTC, datetime, timedelta
from typing import Self

import attrs

from autodoctor.domain.shared.errors import Invalid


@attrs.frozen
class PeriodBackwards(Invalid):
    """A period ends after it starts."""

    start: datetime
    end: datetime


def aware(_instance: object, attribute: "attrs.Attribute[datetime]", value: datetime) -> None:
    """An attrs validator: a naive datetime is a bug of ours, not a person's mistake."""
    assert value.tzinfo is not None, f"{attribute.name} needs a time zone"


def _in_utc(value: datetime) -> datetime:
    """Two times that share one zone compare by their clocks, wrongly in a repeated hour."""
    assert value.tzinfo is not None, "the times of a period need a time zone"
    return value.astimezone(UTC)


@attrs.frozen(order=True)
class Period:
    """From start up to, and without, end; both aware, and kept in UTC."""

    start: datetime = attrs.field(converter=_in_utc)
    end: datetime = attrs.field(converter=_in_utc)

    def __attrs_post_init__(self) -> None:
        if self.end <= self.start:
            raise PeriodBackwards(self.start, self.end)

    @classmethod
    def lasting(cls, start: datetime, duration: timedelta) -> Self:
        """`duration` is real time, whatever the clocks do meanwhile."""
        return cls(start, start.astimezone(UTC) + duration)

    @property
    def duration(self) -> timedelta:
        return self.end - self.start

    def overlaps(self, other: "Period") -> bool:
        return self.start < other.end and other.start < self.end

    def __contains__(self, instant: datetime) -> bool:
        return self.start <= instant.astimezone(UTC) < self.end

    def covers(self, other: "Period") -> bool:
        return self.start <= other.start and other.end <= self.end
