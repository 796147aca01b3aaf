"""Events as JSON and back: by the name of their class, which therefore never changes."""

from functools import cache
from typing import Any

import msgspec

import autodoctor.domain.accounts.events
import autodoctor.domain.corporate.events
import autodoctor.domain.revenue.events
import autodoctor.domain.sessions.events
import autodoctor.domain.vetting.events
import autodoctor.domain.workshops.events  # noqa: F401 - importing makes the events known
from autodoctor.domain.shared.events import Event


@cache
def kinds() -> dict[str, type[Event]]:
    """Every event class by name, however deep below Event."""
    found: dict[str, type[Event]] = {}
    waiting = [Event]
    while waiting:
        kind = waiting.pop()
        found[kind.__name__] = kind
        waiting.extend(kind.__subclasses__())
    return found


def data_of(event: Event) -> Any:
    return msgspec.to_builtins(event)


def event_of(kind: str, data: Any) -> Event:
    return msgspec.convert(data, kinds()[kind])
