"""Whether a person may come in: suspending, banning, letting back in."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

import attrs

from autodoctor.domain.shared.errors import Forbidden, InvalidField

REASON_LENGTH_MAX: Final = 500
SUSPENSION_DAYS_MAX: Final = 3650


class Standing(StrEnum):
    ACTIVE = "active"
    SUSPENDED = "suspended"
    BANNED = "banned"
    CLOSED = "closed"
    """Its person has left: there is nobody to let back in."""


@attrs.frozen
class AccountNotActive(Forbidden):
    """This account is suspended or closed; reply to our email about it.

    `until` is None when no end is set."""

    standing: Standing
    reason: str = ""
    until: datetime | None = None


def check_reason(reason: str) -> str:
    """Trimmed; the person concerned reads it."""
    trimmed = " ".join(reason.replace("\x00", "").split())
    if not 3 <= len(trimmed) <= REASON_LENGTH_MAX:
        raise InvalidField("reason", f"Give a reason of 3 to {REASON_LENGTH_MAX} characters.")
    return trimmed


def suspension_end(days: int | None, *, at: datetime) -> datetime | None:
    """None for a suspension that somebody has to end."""
    if days is None:
        return None
    if not 1 <= days <= SUSPENSION_DAYS_MAX:
        raise InvalidField("days", f"Between 1 and {SUSPENSION_DAYS_MAX} days.")
    return at + timedelta(days=days)
