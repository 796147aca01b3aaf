"""One session lived in every order, each step kept in the stores and read again."""

from datetime import timedelta
from uuid import uuid4

import attrs
from hypothesis import settings

from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.application.notifications.routes import ROUTES
from autodoctor.domain.sessions import acceptance
from autodoctor.domain.sessions.request import Request, RequestStatus
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import MechanicId, SessionId, WorkshopId
from autodoctor.ports.transactions import Transactions
from autodoctor.testing.consultations import MECHANIC, Consultation, Events
from autodoctor.testing.machines.sessions import SessionLife
from autodoctor.testing.shelves import Shelf
from support.machines import BOUNDED, holds, is_found_out
from support.shelves import KeptShelf, keep_mechanics

REACHED: set[SessionStatus] = set()
"""Where the lives have come to."""


def life_on(kept: Transactions) -> type[SessionLife]:
    keep_mechanics(kept)

    class KeptLife(SessionLife):
        def shelf(self) -> Shelf:
            self.kept_shelf = KeptShelf(kept)
            return self.kept_shelf

        def consultation(self) -> Consultation:
            return Consultation(shelf=self.shelf(), session_id=SessionId(uuid4()))

        def teardown(self) -> None:
            REACHED.update(move.after for move in self.told.moves)
            self.kept_shelf.put_away()

    return KeptLife


def test_a_session_and_its_requests_live_by_the_rules(kept: Transactions) -> None:
    REACHED.clear()

    holds(life_on(kept), settings(BOUNDED, max_examples=120, stateful_step_count=35))

    assert set(SessionStatus) - {SessionStatus.PENDING, SessionStatus.WAITING} <= REACHED


def test_a_request_that_could_be_accepted_when_it_is_over_is_found_out() -> None:
    kept = MemoryTransactions(routes=ROUTES)

    @attrs.define
    class Late(Consultation):
        def accept(
            self, mechanic_id: MechanicId = MECHANIC, *, workshop_id: WorkshopId | None = None
        ) -> Events:
            request = self.request
            session, accepted, events = acceptance.accept(
                self.session,
                attrs.evolve(request, expires_at=self.now + timedelta(minutes=1)),
                mechanic_id=mechanic_id,
                workshop_id=workshop_id,
                at=self.now,
            )
            taken = attrs.evolve(accepted, expires_at=request.expires_at)
            return self._taken((session, taken, events), by=Role.MECHANIC)

    class LateLife(life_on(kept)):  # type: ignore[misc]
        def consultation(self) -> Consultation:
            return Late(shelf=self.shelf(), session_id=SessionId(uuid4()))

    is_found_out(LateLife, "should be refused")


def test_stores_that_forget_to_close_a_request_are_found_out(kept: Transactions) -> None:
    class Forgetful(KeptShelf):
        def keep(
            self, session: Session, requests: tuple[Request, ...], events: tuple[Event, ...]
        ) -> None:
            remembered = tuple(r for r in requests if r.status is not RequestStatus.ACCEPTED)
            super().keep(session, remembered, events)

    class ForgetfulLife(life_on(kept)):  # type: ignore[misc]
        def shelf(self) -> Shelf:
            self.kept_shelf = Forgetful(kept)
            return self.kept_shelf

    is_found_out(ForgetfulLife, "(matched|scheduled|live): waiting")
