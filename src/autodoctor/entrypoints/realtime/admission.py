"""How many streams there may be: in all, for one network, for one login; and how fast they are
opened, since each opening asks PostgreSQL."""

import time
from collections.abc import Callable
from typing import Final

from autodoctor.entrypoints.realtime.feed import frame
from autodoctor.entrypoints.realtime.hub import Hub, Listener

STREAMS_MAX: Final = 15_000
PER_NETWORK_MAX: Final = 500
"""An office, or the customers of one mobile network behind one address."""
PER_LOGIN_MAX: Final = 8

OPENINGS_AT_ONCE: Final = 600
OPENINGS_PER_SECOND: Final = 20.0
"""For one network: an office comes back at once after an outage."""
NETWORKS_MAX: Final = 50_000

SUPERSEDED: Final = frame("superseded", {})
"""The last word of a stream that made room for another one of the same login. Its page waits until
it is looked at again: coming back by itself would close the next one."""


class Admission:
    def __init__(self, hub: Hub, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._hub = hub
        self._clock = clock
        self._openings: dict[str, tuple[float, float]] = {}

    def admits(self, network: str) -> bool:
        """Asked before anything else is."""
        if len(self._hub.listeners) >= STREAMS_MAX:
            return False
        if self._hub.by_network[network] >= PER_NETWORK_MAX:
            return False
        return self._takes_opening(network)

    def _takes_opening(self, network: str) -> bool:
        now = self._clock()
        left, at = self._openings.pop(network, (float(OPENINGS_AT_ONCE), now))
        left = min(float(OPENINGS_AT_ONCE), left + (now - at) * OPENINGS_PER_SECOND)
        self._openings[network] = (max(0.0, left - 1), now)
        if len(self._openings) > NETWORKS_MAX:
            del self._openings[next(iter(self._openings))]
        return left >= 1

    def make_room(self, listener: Listener) -> None:
        """Closes the oldest streams of the same login, those of the same page first."""
        same_login = self._hub.of_login(listener.token_hash)
        for each in sorted(same_login, key=lambda it: it.page != listener.page):
            if len(same_login) < PER_LOGIN_MAX:
                return
            each.close(SUPERSEDED)
            self._hub.remove(each)
            same_login.remove(each)
