"""One consultation, driven step by step: it makes up ids, keeps the time, and keeps what
each step returns on a shelf."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

import attrs

from autodoctor.domain.sessions import acceptance, aftermath, ending, no_show, room, speech
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.cancellation import CancellationTable, Cause
from autodoctor.domain.sessions.opening import open_session
from autodoctor.domain.sessions.request import Request
from autodoctor.domain.sessions.routing import Routing
from autodoctor.domain.sessions.session import Session, Terms
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import (
    CheckoutId,
    CustomerId,
    IntakeId,
    MechanicId,
    PlanSlug,
    RequestId,
    SessionId,
    WorkshopId,
)
from autodoctor.domain.shared.money import Money
from autodoctor.testing.shelves import MemoryShelf, Shelf

OPENED_AT = datetime(2026, 3, 2, 15, tzinfo=UTC)
CUSTOMER = CustomerId(UUID(int=1))
MECHANIC, OTHER_MECHANIC = MechanicId(UUID(int=2)), MechanicId(UUID(int=3))
WORKSHOP = WorkshopId(UUID(int=4))
TERMS = Terms(PlanSlug("full-diagnostic"), "video", 60, Money(4999), report=True)

Events = tuple[Event, ...]


@attrs.frozen
class Move:
    """A change of state that was kept, and whose step it was."""

    before: SessionStatus
    after: SessionStatus
    by: Role


@attrs.define
class Consultation:
    """Every step acts at `now`, keeps its outcome, and returns what happened, or raises what
    the domain raises and keeps nothing."""

    shelf: Shelf = attrs.field(factory=MemoryShelf)
    now: datetime = OPENED_AT
    table: CancellationTable = CancellationTable()
    session_id: SessionId = SessionId(UUID(int=100))
    moves: list[Move] = attrs.field(factory=list)

    @property
    def session(self) -> Session:
        return self.shelf.session()

    @property
    def request(self) -> Request:
        """The newest one."""
        return self.shelf.requests()[-1]

    def wait(self, duration: timedelta) -> None:
        self.now += duration

    def open(
        self,
        *,
        terms: Terms = TERMS,
        routing: Routing | None = None,
        scheduled_for: datetime | None = None,
        customer_id: CustomerId = CUSTOMER,
    ) -> Events:
        session, request, events = open_session(
            session_id=self.session_id,
            request_id=self._request_id(0),
            customer_id=customer_id,
            intake_id=IntakeId(uuid5(self.session_id, "intake")),
            checkout_id=CheckoutId(uuid5(self.session_id, "checkout")) if terms.price else None,
            terms=terms,
            routing=routing or Routing(),
            scheduled_for=scheduled_for,
            at=self.now,
        )
        self.shelf.keep(session, (request,), events)
        return events

    def accept(
        self, mechanic_id: MechanicId = MECHANIC, *, workshop_id: WorkshopId | None = None
    ) -> Events:
        return self._taken(
            acceptance.accept(
                self.session,
                self.request,
                mechanic_id=mechanic_id,
                workshop_id=workshop_id,
                at=self.now,
            ),
            by=Role.MECHANIC,
        )

    def assign(
        self, mechanic_id: MechanicId = MECHANIC, *, workshop_id: WorkshopId | None = None
    ) -> Events:
        return self._taken(
            acceptance.assign(
                self.session,
                self.request,
                mechanic_id=mechanic_id,
                workshop_id=workshop_id,
                at=self.now,
            ),
            by=Role.ADMIN,
        )

    def release(self, *, by: Role = Role.MECHANIC, no_show: bool = False) -> Events:
        """The request that brought the mechanic is cancelled, and a new one waits."""
        waiting, request, events = acceptance.release(
            self.session,
            by=by,
            request_id=self._request_id(len(self.shelf.requests())),
            routing=self.request.routing,
            no_show=no_show,
            at=self.now,
        )
        return self._keep(waiting, (self.request.cancel(at=self.now), request), events, by=by)

    def join(self, party: Party) -> Events:
        return self._done(room.join(self.session, party=party, at=self.now), by=party.role)

    def leave(self, party: Party) -> Events:
        return self._done(room.leave(self.session, party=party, at=self.now), by=party.role)

    def start(self) -> Events:
        """Both come."""
        return self.join(Party.CUSTOMER) + self.join(Party.MECHANIC)

    def say(self, *, own_words: bool) -> Events:
        """Nothing changes; it is refused, or not."""
        speech.check_speech(self.session, free=own_words, at=self.now)
        return ()

    def end(self, *, by: Role = Role.CUSTOMER) -> Events:
        return self._done(ending.end(self.session, by=by, at=self.now), by=by)

    def run_out(self) -> Events:
        return self._done(ending.run_out(self.session, at=self.now), by=Role.SYSTEM)

    def cancel(self, *, by: Role = Role.CUSTOMER, cause: Cause = Cause.CUSTOMER) -> Events:
        """Its request goes with it."""
        cancelled, events = ending.cancel(
            self.session, by=by, cause=cause, table=self.table, at=self.now
        )
        closed = (self.request.cancel(at=self.now),) if events else ()
        return self._keep(cancelled, closed, events, by=by)

    def expire(self) -> Events:
        """The request dies of old age, and the session with it."""
        request = self.request.expire(at=self.now)
        session, events = ending.expire(self.session, at=self.now)
        return self._keep(session, (request,), events, by=Role.SYSTEM)

    def not_met(self) -> Events:
        """As the timer does it, ten minutes after the two should have met."""
        match no_show.verdict(self.session, at=self.now):
            case no_show.Verdict.NO_MECHANIC_CAME:
                return self.release(by=Role.SYSTEM, no_show=True)
            case no_show.Verdict.GIVE_UP:
                session, events = no_show.give_up(self.session, at=self.now)
                closed = (self.request.cancel(at=self.now),)
                return self._keep(session, closed, events, by=Role.SYSTEM)
            case no_show.Verdict.CUSTOMER_DID_NOT_COME:
                return self.cancel(by=Role.SYSTEM, cause=Cause.CUSTOMER_NO_SHOW)
            case no_show.Verdict.MISSED_EACH_OTHER:
                return self.cancel(by=Role.SYSTEM, cause=Cause.MISSED)

    def refund(self, refunded: Money) -> Events:
        return self._done(ending.refund(self.session, refunded=refunded), by=Role.SYSTEM)

    def escalate(self) -> Events:
        return self._done(aftermath.escalate(self.session, at=self.now), by=Role.MECHANIC)

    def resolve(self, *, by: Role = Role.WORKSHOP) -> Events:
        return self._done(aftermath.resolve_escalation(self.session, by=by), by=by)

    def archive(self, *, owing: bool = False) -> Events:
        archived = aftermath.archive(self.session, owing=owing, at=self.now)
        return self._done(archived, by=Role.SYSTEM)

    def _request_id(self, number: int) -> RequestId:
        return RequestId(uuid5(self.session_id, f"request {number}"))

    def _taken(self, outcome: acceptance.Outcome, *, by: Role) -> Events:
        session, request, events = outcome
        return self._keep(session, (request,), events, by=by)

    def _done(self, outcome: tuple[Session, Events], *, by: Role) -> Events:
        session, events = outcome
        return self._keep(session, (), events, by=by)

    def _keep(
        self, session: Session, requests: tuple[Request, ...], events: Events, *, by: Role
    ) -> Events:
        """A step that changed nothing is not kept."""
        before = self.session
        if session != before:
            self.shelf.keep(session, requests, events)
            self.moves.append(Move(before.status, session.status, by))
        return events
