"""The server's clock of a consultation: it runs only while both are present."""

from datetime import datetime, timedelta
from typing import Final

import attrs

WARN_BEFORE_END: Final = (timedelta(minutes=5), timedelta(minutes=1))
"""The room warns when this much is left, each once."""

_NONE = timedelta(0)


@attrs.frozen
class Timer:
    """`allowed` is the plan's time and its extensions; `used` what ran before `running_since`."""

    allowed: timedelta
    used: timedelta = _NONE
    running_since: datetime | None = None

    def start(self, *, at: datetime) -> "Timer":
        return self if self.running_since else attrs.evolve(self, running_since=at)

    def stop(self, *, at: datetime) -> "Timer":
        """Never counts more than is allowed: a job that ran late costs nobody."""
        return attrs.evolve(self, used=self.elapsed(at=at), running_since=None)

    def elapsed(self, *, at: datetime) -> timedelta:
        running = max(at - self.running_since, _NONE) if self.running_since else _NONE
        return min(self.used + running, self.allowed)

    def remaining(self, *, at: datetime) -> timedelta:
        return self.allowed - self.elapsed(at=at)

    def extend(self, by: timedelta) -> "Timer":
        return attrs.evolve(self, allowed=self.allowed + by)

    @property
    def runs_out_at(self) -> datetime | None:
        """When the time is used up if nobody leaves; None while the clock stands."""
        if self.running_since is None:
            return None
        return self.running_since + self.allowed - self.used

    def warns_at(self, before_end: timedelta) -> datetime | None:
        """When `before_end` is left; None while the clock stands, and when no more than that was
        left as it began to run: the warning was given before, or says what everybody knows."""
        if self.running_since is None or self.allowed - self.used <= before_end:
            return None
        return self.running_since + self.allowed - self.used - before_end


def minutes_told(used: timedelta) -> int:
    """Minutes as people are told them: rounded half up; 0 for less than one."""
    return int(used.total_seconds() + 30) // 60 if used >= timedelta(minutes=1) else 0
