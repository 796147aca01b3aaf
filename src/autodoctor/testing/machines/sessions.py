"""Everything that can happen to one session, in every order it can happen.

`SessionLife` is run as it is, on memory; to run it on a database, subclass it and let
`shelf` return a `Shelf` of yours:

    class OnPostgres(SessionLife):
        def shelf(self) -> Shelf:
            return PostgresShelf(...)

    TestOnPostgres = OnPostgres.TestCase
"""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.cancellation import Cause
from autodoctor.domain.sessions.events import SessionCancelled
from autodoctor.domain.sessions.request import RequestStatus
from autodoctor.domain.sessions.states import SessionStatus as S
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import MechanicId
from autodoctor.domain.shared.money import Money
from autodoctor.testing.consultations import WORKSHOP
from autodoctor.testing.invariants.lifecycle import ENDED
from autodoctor.testing.machines.one_session import BEFORE_START, IN_ROOM, OneSession
from autodoctor.testing.strategies.sessions import (
    MECHANICS,
    parties,
)

PEOPLE = st.sampled_from([Role.CUSTOMER, Role.MECHANIC, Role.ADMIN, Role.WORKSHOP])
CAUSES = {Role.CUSTOMER: Cause.CUSTOMER, Role.MECHANIC: Cause.MECHANIC}


class SessionLife(OneSession):
    """Every step that somebody, or time, can take."""

    @precondition(lambda self: self.session.status in (S.WAITING, *BEFORE_START))
    @rule(mechanic=st.sampled_from(MECHANICS))
    def the_two_meet(self, mechanic: MechanicId) -> None:
        """What mostly happens, so that lives grow long enough to end in every way."""
        if self.session.status is S.WAITING:
            self.an_admin_assigns(mechanic)
        doors = self.session.scheduled_for
        if self.session.status is S.SCHEDULED and doors is not None:
            self.time_passes(max(timedelta(0), doors - self.told.now))
        for party in Party:
            self.somebody_joins(party)

    @precondition(lambda self: self.session.status in IN_ROOM)
    @rule(party=parties(), seconds=st.integers(1, 200))
    def they_talk_until_one_is_lost(self, party: Party, seconds: int) -> None:
        for each in Party:
            self.somebody_joins(each)
        self.time_passes(timedelta(seconds=seconds))
        self.somebody_leaves(party)

    @precondition(lambda self: self.session.status in IN_ROOM)
    @rule(by=PEOPLE)
    def they_talk_and_end_it(self, by: Role) -> None:
        for each in Party:
            self.somebody_joins(each)
        self.time_passes(timedelta(minutes=2))
        self.somebody_ends_it(by)

    @rule(mechanic=st.sampled_from(MECHANICS), member=st.booleans())
    def a_mechanic_accepts(self, mechanic: MechanicId, member: bool) -> None:
        request, workshop = self.told.request, WORKSHOP if member else None
        again = request.status is RequestStatus.ACCEPTED and request.accepted_by == mechanic
        may = request.visible_to(mechanic, workshop_id=workshop, at=self.told.now)
        self.attempt(
            lambda: self.told.accept(mechanic, workshop_id=workshop), expected=again or may
        )

    @rule(mechanic=st.sampled_from(MECHANICS))
    def an_admin_assigns(self, mechanic: MechanicId) -> None:
        request = self.told.request
        still_open = self.told.now < request.expires_at
        waiting = request.status is RequestStatus.WAITING
        self.attempt(lambda: self.told.assign(mechanic), expected=waiting and still_open)

    @rule(by=PEOPLE)
    def the_mechanic_is_let_go(self, by: Role) -> None:
        may = self.session.status in BEFORE_START and by in (Role.MECHANIC, Role.ADMIN)
        if self.attempt(lambda: self.told.release(by=by), expected=may):
            self.the_mechanic_is_gone()

    @precondition(lambda self: self.session.status in BEFORE_START)
    @rule()
    def somebody_has_not_come(self) -> None:
        """Without the mechanic in the room there is one more round, then no more. A customer who
        came, but not while the mechanic was there, has everything back."""
        before, rounds = self.session, len(self.told.shelf.requests())
        if not self.attempt(self.told.not_met, expected=self.too_late_to_come()):
            return
        if Party.MECHANIC in self.there:
            assert self.session.status is S.CANCELLED
            self.a_customer_who_came_has_everything_back()
            return
        again = before.mechanic_no_shows == 0
        assert self.session.status is (S.WAITING if again else S.EXPIRED)
        assert len(self.told.shelf.requests()) == rounds + again
        self.the_mechanic_is_gone()

    def a_customer_who_came_has_everything_back(self) -> None:
        told = self.told.shelf.events()[-1]
        assert isinstance(told, SessionCancelled)
        if Party.CUSTOMER in self.came:
            assert told.refund == self.session.terms.price

    @rule(party=parties())
    def somebody_joins(self, party: Party) -> None:
        session, now = self.session, self.told.now
        may = session.status in (*BEFORE_START, *IN_ROOM)
        if session.status is S.SCHEDULED and session.scheduled_for is not None:
            may = now >= session.scheduled_for - timedelta(minutes=10)
        over = session.status is S.RECONNECTING and now >= self.patience_ends_at()
        over = over or self.too_late_to_come()
        may = may and (party in self.there or not over)
        if self.attempt(lambda: self.told.join(party), expected=may):
            self.there.add(party)
            self.came.add(party)

    @rule(party=parties())
    def somebody_leaves(self, party: Party) -> None:
        self.attempt(lambda: self.told.leave(party), expected=True)
        if self.session.status not in ENDED and not self.too_late_to_come():
            self.there.discard(party)

    @rule(own_words=st.booleans())
    def somebody_writes(self, own_words: bool) -> None:
        """Their own words only while both are there on the clock; until then short messages."""
        status, both = self.session.status, len(self.there) == len(Party)
        on_the_clock = status in IN_ROOM and both and self.together < self.session.timer.allowed
        before, paused = status in BEFORE_START, status in IN_ROOM and not both
        may = on_the_clock or (not own_words and (before or paused))
        self.attempt(lambda: self.told.say(own_words=own_words), expected=may)

    @rule(by=PEOPLE)
    def somebody_ends_it(self, by: Role) -> None:
        session = self.session
        again = session.status in ENDED and session.started_at is not None
        may = session.status in IN_ROOM and by is not Role.WORKSHOP
        self.attempt(lambda: self.told.end(by=by), expected=again or may)
        self.it_counts_from_a_minute_on(session)

    @rule()
    def the_clock_ends_it(self) -> None:
        session, now = self.session, self.told.now
        due = session.status in ENDED
        if session.status is S.RECONNECTING:
            due = now >= self.patience_ends_at()
        if session.status is S.LIVE:
            due = self.together >= session.timer.allowed
        self.attempt(self.told.run_out, expected=due)
        self.it_counts_from_a_minute_on(session)

    @rule(by=PEOPLE)
    def somebody_cancels(self, by: Role) -> None:
        status = self.session.status
        cause = CAUSES.get(by, Cause.PLATFORM)
        started = status in IN_ROOM and by is not Role.ADMIN
        may = status is S.CANCELLED or (self.edge(S.CANCELLED, by) and not started)
        self.attempt(lambda: self.told.cancel(by=by, cause=cause), expected=may)

    @rule()
    def it_expires(self) -> None:
        request = self.told.request
        due = request.status is RequestStatus.WAITING and self.told.now >= request.expires_at
        again = request.status is RequestStatus.EXPIRED and self.session.status is S.EXPIRED
        self.attempt(self.told.expire, expected=due or again)

    @rule(part=st.sampled_from([0, 50, 100]))
    def the_provider_gives_back(self, part: int) -> None:
        price = self.session.terms.price
        refunded = Money(price.minor * part // 100)
        whole = refunded == price
        again = self.session.status is S.REFUNDED
        may = not whole or again or self.edge(S.REFUNDED, Role.SYSTEM)
        self.attempt(lambda: self.told.refund(refunded), expected=may)

    @rule()
    def the_mechanic_escalates(self) -> None:
        session = self.session
        talked = self.together >= timedelta(seconds=60)
        may = session.status is S.ESCALATED or (session.status is S.LIVE and talked)
        if session.status is S.COMPLETED and session.ended_at is not None:
            in_time = self.told.now <= session.ended_at + timedelta(days=7)
            may = session.escalated_at is None and in_time
        self.attempt(self.told.escalate, expected=may)

    @rule(by=PEOPLE)
    def the_workshop_is_done(self, by: Role) -> None:
        session = self.session
        again = session.status is S.COMPLETED and session.escalated_at is not None
        may = session.status is S.ESCALATED and by in (Role.WORKSHOP, Role.ADMIN)
        self.attempt(lambda: self.told.resolve(by=by), expected=again or may)

    @precondition(lambda self: self.session.status in ENDED)
    @rule(owing=st.booleans())
    def it_is_long_over(self, owing: bool) -> None:
        """A month is more than lives wait by chance."""
        self.time_passes(timedelta(days=30))
        self.it_is_archived(owing)

    @rule(owing=st.booleans())
    def it_is_archived(self, owing: bool) -> None:
        session = self.session
        again = session.status is S.ARCHIVED
        month = session.ended_at is not None and (
            self.told.now >= session.ended_at + timedelta(days=30)
        )
        may = self.edge(S.ARCHIVED, Role.SYSTEM) and month and not owing
        self.attempt(lambda: self.told.archive(owing=owing), expected=again or may)
