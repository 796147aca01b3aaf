"""One session, a clock, and a model of who is in the room: what the machines stand on."""

from collections.abc import Callable
from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.room import ends_by_itself_at, no_show_due
from autodoctor.domain.sessions.routing import Routing
from autodoctor.domain.sessions.session import Session, Terms
from autodoctor.domain.sessions.states import SessionStatus as S
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import Refusal
from autodoctor.testing.consultations import Consultation, Events
from autodoctor.testing.invariants import requests as of_requests
from autodoctor.testing.invariants import sessions as of_sessions
from autodoctor.testing.invariants.lifecycle import EDGES, ENDED, the_move_is_in_the_diagram
from autodoctor.testing.shelves import MemoryShelf, Shelf
from autodoctor.testing.strategies.sessions import (
    MECHANICS,
    leads,
    pauses,
    routings,
    terms,
)

BEFORE_START = (S.MATCHED, S.SCHEDULED)
IN_ROOM = (S.LIVE, S.RECONNECTING)


class OneSession(RuleBasedStateMachine):
    """Beside the session runs a model of its own: who is there, and for how long both were."""

    def shelf(self) -> Shelf:
        return MemoryShelf()

    def consultation(self) -> Consultation:
        """Override it where two sessions may not have one id."""
        return Consultation(shelf=self.shelf())

    @initialize(terms=terms(), routing=routings(), lead=leads())
    def a_paid_booking(self, terms: Terms, routing: Routing, lead: timedelta | None) -> None:
        self.told = self.consultation()
        self.there: set[Party] = set()
        self.came: set[Party] = set()
        self.together = timedelta(0)
        later = None if lead is None else self.told.now + lead
        self.told.open(terms=terms, routing=routing, scheduled_for=later)

    @property
    def session(self) -> Session:
        return self.told.session

    def attempt(self, step: Callable[[], Events], *, expected: bool) -> bool:
        """Whether it was done; a refusal leaves everything as it was."""
        shelf = self.told.shelf
        before = (shelf.session(), shelf.requests(), shelf.events())
        try:
            step()
        except Refusal:
            if expected:
                raise
            assert (shelf.session(), shelf.requests(), shelf.events()) == before
            return False
        assert expected, f"{before[0].status} → {self.session.status} should be refused"
        return True

    def edge(self, to: S, by: Role) -> bool:
        return by in EDGES.get((self.session.status, to), ())

    @rule(duration=pauses())
    def time_passes(self, duration: timedelta) -> None:
        if len(self.there) == len(Party):
            self.together += duration
        self.told.wait(duration)

    @rule(off=st.sampled_from([-1, 0]))
    def time_passes_until_something_is_due(self, off: int) -> None:
        session, request = self.session, self.told.request
        due = no_show_due(session) or ends_by_itself_at(session)
        if session.status is S.WAITING:
            due = request.expires_at
        if session.ended_at is not None:
            due = session.ended_at + timedelta(days=30)
        if due is not None and due > self.told.now:
            self.time_passes(due - self.told.now + off * timedelta(microseconds=1))

    def too_late_to_come(self) -> bool:
        """Ten minutes after the match, or after the appointment."""
        session = self.session
        begins = session.scheduled_for if session.status is S.SCHEDULED else session.matched_at
        if session.status not in BEFORE_START or begins is None:
            return False
        return self.told.now >= begins + timedelta(minutes=10)

    def the_mechanic_is_gone(self) -> None:
        """Whoever comes next finds nobody."""
        self.there.clear()
        self.came.clear()

    def patience_ends_at(self) -> datetime:
        """Five minutes after the first one left; at once when no time was left to talk."""
        paused_at = self.session.paused_at
        assert paused_at is not None
        used_up = self.together >= self.session.timer.allowed
        return paused_at if used_up else paused_at + timedelta(minutes=5)

    def it_counts_from_a_minute_on(self, before: Session) -> None:
        if before.status in IN_ROOM and self.session.status in ENDED:
            short = self.together < timedelta(seconds=60)
            assert self.session.status is (S.CANCELLED if short else S.COMPLETED)
            assert self.session.ended_at == min(self.told.now, self.due_of(before))

    def due_of(self, running: Session) -> datetime:
        due = ends_by_itself_at(running)
        assert due is not None, "what runs ends by itself"
        return due

    @invariant()
    def it_never_leaves_the_diagram(self) -> None:
        for move in self.told.moves:
            the_move_is_in_the_diagram(move.before, move.after, by=move.by)

    @invariant()
    def the_session_holds_together(self) -> None:
        of_sessions.every_session_holds_together(self.session)

    @invariant()
    def its_clock_counts_the_time_both_were_there(self) -> None:
        session = self.session
        if session.status not in ENDED:
            assert session.attendance.present == self.there
            spent = min(self.together, session.timer.allowed)
            assert session.timer.elapsed(at=self.told.now) == spent
        else:
            assert session.timer.used <= self.together

    @invariant()
    def its_money_is_settled_once(self) -> None:
        events = self.told.shelf.events()
        of_sessions.money_is_settled_once(self.session, events)
        of_sessions.what_goes_back_and_what_is_kept_make_the_price(self.session, events)

    @invariant()
    def its_requests_follow_it(self) -> None:
        requests = self.told.shelf.requests()
        of_requests.at_most_one_is_open(requests)
        of_requests.the_last_one_tells_what_the_session_does(self.session, requests)
        of_requests.each_is_closed_at_a_time_or_waits(requests)
        of_requests.each_was_accepted_in_time(requests)
        of_requests.each_waits_no_longer_than_allowed(self.session, requests)
        of_requests.only_waiting_ones_are_shown(requests, MECHANICS)
