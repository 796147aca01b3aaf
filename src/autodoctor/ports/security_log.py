"""The security log: it is only ever added to, and forgets what is older than its period."""

from datetime import datetime, timedelta
from typing import Final, Protocol
from uuid import UUID

import attrs

from autodoctor.domain.operations.security_event import (
    SecurityEvent,
    SecurityKind,
    SecurityOutcome,
)
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import AccountId
from autodoctor.domain.shared.origin import Origin

KEPT: Final = timedelta(days=365)


@attrs.frozen
class SecurityEntry:
    """`number` grows with each entry and is where a list goes on. `times` is how often it
    happened: more than once only for an entry that stands for many. Names are empty where nobody
    has one: of lists, of who is unknown or gone."""

    number: int
    event: SecurityEvent
    times: int = 1
    actor_name: str = ""
    subject_name: str = ""


@attrs.frozen(kw_only=True)
class SecurityFilter:
    """None narrows nothing. `person` acted or is whom it is about; `address` is an IP address, or
    a network as an entry of many shows it; `since` to `until` is half-open; `before` is the
    number of the last entry of the page before."""

    kind: SecurityKind | None = None
    outcome: SecurityOutcome | None = None
    person: AccountId | None = None
    subject: UUID | None = None
    address: str | None = None
    request_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None
    most: int = 50


class SecurityLog(Protocol):
    """Of one transaction: an entry commits with what it is about."""

    def append(self, event: SecurityEvent, /) -> None:
        """With the origin of the transaction; kinds of `BOUNDED` as `admitted` says."""

    def knows(self, event: SecurityEvent, /, *, since: datetime) -> bool:
        """Whether there is an entry of its kind, actor and subject, done from the address of this
        transaction, that is no older than that."""

    def search(self, which: SecurityFilter, /) -> tuple[SecurityEntry, ...]:
        """Newest first."""

    def forget(self, *, at: datetime, most: int) -> int:
        """Removes up to `most` entries that are older than KEPT, and says how many."""


class Watch(Protocol):
    """What becomes an entry because it happened: asked for each event that is recorded."""

    def __call__(
        self, event: Event, /, *, by: Actor, at: datetime, origin: Origin
    ) -> SecurityEvent | None: ...


def unwatched(_event: Event, /, *, by: Actor, at: datetime, origin: Origin) -> None:
    """For stores whose events nobody asks about."""
