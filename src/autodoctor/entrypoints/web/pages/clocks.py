"""The clock of a session as pages show it: the server's, and never the device's."""

from datetime import datetime, timedelta
from typing import Final

from autodoctor.domain.sessions.session import Session
from autodoctor.entrypoints.web.parts import Countdown, Urgency

AMBER_SECONDS: Final = 300
RED_SECONDS: Final = 60


def digits(seconds: int) -> str:
    """12:30, and 1:02:30 from an hour on."""
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02d}:{second:02d}" if hours else f"{minute}:{second:02d}"


def urgency(seconds: int) -> Urgency:
    if seconds <= RED_SECONDS:
        return Urgency.RED
    return Urgency.AMBER if seconds <= AMBER_SECONDS else Urgency.CALM


def countdown_to(
    ends_at: datetime, *, now: datetime, label: str = "left", running: bool = True
) -> Countdown:
    gap = max(ends_at - now, timedelta(0))
    seconds = -(-gap // timedelta(seconds=1))
    return Countdown(
        ends_at=ends_at.isoformat(),
        now=now.isoformat(),
        digits=digits(seconds),
        label=label,
        tone=urgency(seconds),
        running=running,
    )


def session_clock(session: Session, *, now: datetime) -> Countdown:
    """Stands still until both are there, and while one of them is missing."""
    ends_at = session.timer.runs_out_at
    if ends_at is not None:
        return countdown_to(ends_at, now=now)
    left = session.timer.remaining(at=now)
    label = "left, paused" if session.started_at else "not started"
    return countdown_to(now + left, now=now, label=label, running=False)
