"""What strangers can make us record is bounded: nobody fills the database with failed logins.

For each kind and minute, a network has PER_NETWORK_MAX entries of its own and NETWORKS_MAX networks
have any. Everything beyond is counted, and one entry for the network, or for all other networks,
stands for it and shows the count.
"""

from datetime import datetime
from typing import Final, Protocol

import attrs

from autodoctor.domain.operations.security_event import SecurityEvent, SecurityKind, Subject
from autodoctor.domain.shared.networks import network
from autodoctor.domain.shared.origin import Origin

PER_NETWORK_MAX: Final = 10
NETWORKS_MAX: Final = 100
NETWORKS: Final = "networks"
"""Under this name the networks of a minute are counted, under the next one what comes from those
beyond NETWORKS_MAX. Neither is the name of a network."""
OTHERS: Final = "others"
BOUNDED: Final = frozenset(
    {
        SecurityKind.LOGIN_FAILED,
        SecurityKind.CONFIRMATION_FAILED,
        SecurityKind.SECOND_FACTOR_FAILED,
        SecurityKind.PASSWORD_RESET_ASKED,
        SecurityKind.API_KEY_REFUSED,
        SecurityKind.ACCESS_DENIED,
    }
)
"""What is recorded although nothing was done."""


class Counts(Protocol):
    """Of one kind in one minute, by name."""

    def more(self, name: str, /) -> int | None:
        """Counts once more what was counted before; None, and nothing counted, if it was not."""

    def add(self, name: str, /) -> int:
        """Counts once more, from zero."""


def minute_of(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def admitted(event: SecurityEvent, counts: Counts) -> SecurityEvent | None:
    """The entry to write: this one, the one that stands for all from here on, or none."""
    if event.kind not in BOUNDED:
        return event
    name = network(event.origin.address)
    count = counts.more(name)
    if count is None and counts.add(NETWORKS) > NETWORKS_MAX:
        return _many(event, "", OTHERS) if counts.add(OTHERS) == 1 else None
    count = count or counts.add(name)
    if count <= PER_NETWORK_MAX:
        return event
    return _many(event, name) if count == PER_NETWORK_MAX + 1 else None


def counted_as(event: SecurityEvent) -> str:
    """The name under which everything is counted that an entry of `many` stands for."""
    return OTHERS if event.detail == OTHERS else event.origin.address


def times(event: SecurityEvent, count: int) -> int:
    """How often it happened, when `count` is what was counted under `counted_as`."""
    if not event.many:
        return 1
    return count if event.detail == OTHERS else count - PER_NETWORK_MAX


def _many(event: SecurityEvent, name: str, detail: str = "") -> SecurityEvent:
    """Without what only the first of them had."""
    return attrs.evolve(
        event,
        actor_id=None,
        actor_role=None,
        key_id=None,
        subject=Subject(),
        detail=detail,
        origin=Origin(address=name),
        many=True,
    )
