"""Where a driven session is kept between two steps: in memory here, or wherever a shelf of
your own puts it."""

from typing import Protocol

import attrs

from autodoctor.domain.sessions.request import Request
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.events import Event


class Shelf(Protocol):
    """Holds one session, its requests and its events, and hands back what it was given.

    A shelf on a database reads and writes it at each call, so that every step of a machine
    is a round trip.
    """

    def session(self) -> Session: ...

    def requests(self) -> tuple[Request, ...]:
        """One per round of waiting, oldest first."""

    def events(self) -> tuple[Event, ...]:
        """In the order they happened."""

    def keep(
        self, session: Session, requests: tuple[Request, ...], events: tuple[Event, ...]
    ) -> None:
        """A session as it is now, those of its requests that are new or changed, and what
        happened; all of it or nothing. The first call brings the session."""


@attrs.define
class MemoryShelf:
    _session: Session | None = None
    _requests: dict[object, Request] = attrs.field(factory=dict)
    _events: list[Event] = attrs.field(factory=list)

    def session(self) -> Session:
        assert self._session is not None, "nothing was kept yet"
        return self._session

    def requests(self) -> tuple[Request, ...]:
        return tuple(self._requests.values())

    def events(self) -> tuple[Event, ...]:
        return tuple(self._events)

    def keep(
        self, session: Session, requests: tuple[Request, ...], events: tuple[Event, ...]
    ) -> None:
        self._session = session
        self._requests |= {request.id: request for request in requests}
        self._events += events
