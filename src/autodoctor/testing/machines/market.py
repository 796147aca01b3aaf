"""Several customers and mechanics at once: one session at a time for each of them."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from autodoctor.domain.sessions.policy import (
    Engagement,
    check_customer_free,
    check_mechanic_free,
)
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus as S
from autodoctor.domain.shared.errors import Refusal
from autodoctor.domain.shared.ids import CustomerId, MechanicId, SessionId
from autodoctor.testing.consultations import OPENED_AT, Consultation
from autodoctor.testing.invariants import sessions as of_sessions
from autodoctor.testing.shelves import MemoryShelf, Shelf
from autodoctor.testing.strategies.sessions import MECHANICS

CUSTOMERS = tuple(CustomerId(UUID(int=number)) for number in (11, 12, 13))
AHEAD = st.none() | st.sampled_from([150, 180, 195, 240]).map(lambda m: timedelta(minutes=m))


class Market(RuleBasedStateMachine):
    """The policy is asked before each step, as a use case does. Where it is not (`asks_first`
    is False), the shelves alone keep order, as they must when two ask at once."""

    asks_first = True

    def shelf(self) -> Shelf:
        return MemoryShelf()

    def new_id(self) -> SessionId:
        """Override it where sessions of different runs meet."""
        return SessionId(UUID(int=1000 + len(self.told)))

    @initialize()
    def nobody_has_booked(self) -> None:
        self.now = OPENED_AT
        self.told: list[Consultation] = []

    @property
    def sessions(self) -> Iterator[Session]:
        return (each.session for each in self.told)

    def engagements(self, sessions: Iterable[Session]) -> tuple[Engagement, ...]:
        return tuple(each.engagement for each in sessions)

    def of_customer(self, customer: CustomerId) -> tuple[Engagement, ...]:
        return self.engagements(s for s in self.sessions if s.customer_id == customer)

    def of_mechanic(self, mechanic: MechanicId) -> tuple[Engagement, ...]:
        return self.engagements(s for s in self.sessions if s.mechanic_id == mechanic)

    @rule(minutes=st.integers(1, 40))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        for each in self.told:
            each.now = self.now

    @rule(customer=st.sampled_from(CUSTOMERS), ahead=AHEAD)
    def book(self, customer: CustomerId, ahead: timedelta | None) -> None:
        told = Consultation(shelf=self.shelf(), now=self.now, session_id=self.new_id())
        try:
            if self.asks_first:
                check_customer_free(self.of_customer(customer))
            told.open(customer_id=customer, scheduled_for=self.now + ahead if ahead else None)
        except Refusal:
            return
        self.told.append(told)

    @precondition(lambda self: self.told)
    @rule(pick=st.integers(0), mechanic=st.sampled_from(MECHANICS))
    def accept(self, pick: int, mechanic: MechanicId) -> None:
        told = self.told[pick % len(self.told)]
        later = told.session.scheduled_for is not None
        period = told.session.appointment if later else None
        try:
            if self.asks_first:
                check_mechanic_free(mechanic, self.of_mechanic(mechanic), period=period)
            told.accept(mechanic)
        except Refusal:
            return

    @precondition(lambda self: self.told)
    @rule(pick=st.integers(0))
    def end(self, pick: int) -> None:
        told = self.told[pick % len(self.told)]
        try:
            told.cancel()
        except Refusal:
            return

    @invariant()
    def customers_have_one_at_a_time(self) -> None:
        for customer in CUSTOMERS:
            of_sessions.a_customer_has_one_at_a_time(self.of_customer(customer))

    @invariant()
    def mechanics_are_in_one_place(self) -> None:
        for mechanic in MECHANICS:
            of_sessions.a_mechanic_is_in_one_place(self.of_mechanic(mechanic))

    @invariant()
    def a_scheduled_one_blocks_nobody(self) -> None:
        later = [each for each in self.sessions if each.status is S.SCHEDULED]
        check_customer_free(self.engagements(later))
