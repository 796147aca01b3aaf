"""A mechanic's days in any order; the appointments are sessions kept in the stores."""

from uuid import uuid4

import attrs
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from autodoctor.adapters.postgres.tables.sessions import NO_OVERLAP
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.scheduling.appointments import Appointment
from autodoctor.domain.sessions.policy import AppointmentOverlaps
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM, Role
from autodoctor.domain.shared.ids import SessionId
from autodoctor.domain.shared.time import Period
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transactions
from autodoctor.testing.machines.days import MECHANIC, MechanicsDays
from autodoctor.testing.machines.refusing import is_refused
from support.machines import BOUNDED, holds, is_found_out
from support.postgres import Cluster
from support.scenery import a_session
from support.shelves import keep_person
from support.unguarded import unguarded_memory, without


def keep_the_mechanic(kept: Transactions) -> None:
    keep_person(kept, MECHANIC, Role.MECHANIC)
    with kept(SYSTEM) as tx:
        try:
            tx.mechanics.get(MECHANIC)
        except Missing:
            tx.mechanics.add(Mechanic(id=MECHANIC, name="Morgan Wrench", approved=True))


def booked_for(kept: Transactions, session_id: SessionId, period: Period) -> Session:
    """A scheduled session of somebody new, at that time; not kept."""
    session = a_session(kept, status=SessionStatus.SCHEDULED, mechanic=MECHANIC)
    minutes = period.duration.seconds // 60
    return attrs.evolve(
        session,
        id=session_id,
        scheduled_for=period.start,
        terms=attrs.evolve(session.terms, minutes=minutes),
    )


def days_on(kept: Transactions) -> type[MechanicsDays]:
    keep_the_mechanic(kept)

    class KeptDays(MechanicsDays):
        def new_id(self) -> SessionId:
            return SessionId(uuid4())

        def booked(self) -> tuple[Period, ...]:
            with kept(SYSTEM) as tx:
                engaged = tx.sessions.of_mechanic(MECHANIC)
            return tuple(each.period for each in engaged if each.period is not None)

        def keep(self, appointment: Appointment, *, new: bool) -> None:
            if new:
                session = booked_for(kept, appointment.session_id, appointment.period)
                with kept(SYSTEM) as tx:
                    tx.sessions.add(session)
                return
            with kept(SYSTEM) as tx:
                session = tx.sessions.get(appointment.session_id, lock=True)
                moved = attrs.evolve(session, scheduled_for=appointment.period.start)
                tx.sessions.save(moved)

        def put_away(self, appointment: Appointment) -> None:
            self.call_off(appointment.session_id)

        def call_off(self, session_id: SessionId) -> None:
            with kept(SYSTEM) as tx:
                session = tx.sessions.get(session_id, lock=True)
                tx.sessions.save(attrs.evolve(session, status=SessionStatus.CANCELLED))

        @precondition(lambda self: self.appointments)
        @rule(which=st.integers(0))
        def somebody_books_past_the_calendar(self, which: int) -> None:
            """Two who looked at the same calendar: the store has the last word."""
            taken = self.appointments[which % len(self.appointments)].period
            second = booked_for(kept, SessionId(uuid4()), taken)

            def add() -> None:
                with kept(SYSTEM) as tx:
                    tx.sessions.add(second)

            is_refused(add, AppointmentOverlaps)

        def teardown(self) -> None:
            with kept(SYSTEM) as tx:
                left = tx.sessions.of_mechanic(MECHANIC)
            for each in left:
                self.call_off(each.session_id)

    return KeptDays


FEW = settings(BOUNDED, max_examples=20, stateful_step_count=15)


def test_appointments_never_overlap(kept: Transactions) -> None:
    holds(days_on(kept), FEW)


def test_memory_that_does_not_look_is_found_out() -> None:
    is_found_out(days_on(unguarded_memory()), "AppointmentOverlaps")


def test_a_database_without_its_guard_is_found_out(cluster: Cluster) -> None:
    with cluster.database() as database:
        without(database, NO_OVERLAP)

        is_found_out(days_on(database.transactions), "AppointmentOverlaps")
