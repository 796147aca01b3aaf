"""Who again and again calls off sessions after having been in contact: a consultation that two
may have had past us."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final, TypeVar

import attrs

from autodoctor.domain.sessions.cancellation import Cause
from autodoctor.domain.shared.ids import CustomerId, MechanicId, SessionId

WINDOW: Final = timedelta(days=90)
MESSAGES_MIN: Final = 3
"""How many short messages make a contact, from both sides together: of own words, or files, one
is enough, since it can hold a whole diagnosis."""

TIMES_MIN: Final = 2
"""From how many times in the window on somebody is shown to staff."""

CAUSES: Final = frozenset({Cause.CUSTOMER, Cause.MECHANIC, Cause.TOO_SHORT})
"""Called off by one of the two, or ended in the first minute. Who was missed, or stopped by staff,
has not done it themselves."""

Key = TypeVar("Key")


@attrs.frozen(kw_only=True)
class CalledOff:
    """A session that a mechanic had accepted, called off for one of `CAUSES` with money given
    back, or a free one, after a contact. `messages` is how many were sent."""

    session_id: SessionId
    customer_id: CustomerId
    customer_name: str
    mechanic_id: MechanicId
    mechanic_name: str
    messages: int
    at: datetime


@attrs.frozen
class Repeated:
    """The same person's, or pair's, newest first."""

    called_off: tuple[CalledOff, ...]

    @property
    def times(self) -> int:
        return len(self.called_off)

    @property
    def last(self) -> CalledOff:
        return self.called_off[0]


def in_contact(*, messages: int, own: bool) -> bool:
    """`messages` counts all of them; `own` says whether own words or files were sent."""
    return own or messages >= MESSAGES_MIN


def repeated(
    called_off: Iterable[CalledOff], by: Callable[[CalledOff], Key]
) -> tuple[Repeated, ...]:
    """What `by` tells apart and has happened `TIMES_MIN` times or more: most often first, then
    the newest."""
    groups: dict[Key, list[CalledOff]] = {}
    for each in called_off:
        groups.setdefault(by(each), []).append(each)
    found = [
        Repeated(tuple(sorted(group, key=lambda each: each.at, reverse=True)))
        for group in groups.values()
        if len(group) >= TIMES_MIN
    ]
    return tuple(sorted(found, key=lambda each: (each.times, each.last.at), reverse=True))
