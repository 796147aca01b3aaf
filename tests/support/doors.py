"""Two workshops and the people they ask in: applications, invitations and places, step by step
beside a model of them, through the use cases."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import attrs
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from autodoctor.application.accounts.joining import join_known
from autodoctor.application.vetting import decide
from autodoctor.application.workshops import overseeing
from autodoctor.application.workshops.applying import apply_again
from autodoctor.application.workshops.inviting import InTheTeamAlready, invite_person, revoke
from autodoctor.application.workshops.team import leave, remove
from autodoctor.domain.accounts.invitation import (
    LASTS,
    CapacityFull,
    InvitationExpired,
    InvitationNotYours,
    InvitationStatus,
    InvitationUsed,
)
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.errors import Refusal
from autodoctor.domain.shared.ids import ApplicationId, InvitationId, MechanicId
from autodoctor.domain.vetting.application import (
    ApplicationElsewhere,
    ApplicationKind,
    ApplicationStatus,
)
from autodoctor.domain.workshops.membership import MemberElsewhere
from autodoctor.domain.workshops.workshop import (
    WorkshopNeverApproved,
    WorkshopNotApproved,
    WorkshopSuspended,
)
from autodoctor.testing.machines.refusing import is_refused
from autodoctor.testing.ports import Town, memory_town
from support.workshops import ADMIN, an_account, applicant, details, own, owner

PEOPLE = 4
ROOMS = (2, 1)
"""How many mechanics each of the two has room for."""
PICK = st.integers(0, 11)
WHO = st.integers(0, PEOPLE - 1)
HOST = st.sampled_from([0, 1])
S = ApplicationStatus
DECIDED: dict[str, tuple[frozenset[S], S]] = {
    "begin_review": (frozenset({S.SUBMITTED}), S.UNDER_REVIEW),
    "ask": (frozenset({S.SUBMITTED, S.UNDER_REVIEW}), S.MORE_INFORMATION_REQUIRED),
    "approve": (frozenset({S.SUBMITTED, S.UNDER_REVIEW}), S.APPROVED),
    "reject": (
        frozenset({S.SUBMITTED, S.UNDER_REVIEW, S.MORE_INFORMATION_REQUIRED}),
        S.REJECTED,
    ),
}
"""From where staff may take each step, and where to: written down a second time, on purpose."""


@attrs.define
class Asked:
    """An invitation as the machine knows it."""

    id: InvitationId
    host: int
    person: int
    code: str
    at: datetime
    accepted: bool = False
    revoked: bool = False

    def status(self, at: datetime) -> InvitationStatus:
        if self.accepted:
            return InvitationStatus.ACCEPTED
        if self.revoked:
            return InvitationStatus.REVOKED
        late = at >= self.at + LASTS
        return InvitationStatus.EXPIRED if late else InvitationStatus.PENDING


class Doors(RuleBasedStateMachine):
    """The first workshop is applying, the second is open. Each step has the outcome that the
    model foretells; afterwards the stores say what the model says."""

    def town(self) -> Town:
        return memory_town()

    @initialize()
    def everybody(self) -> None:
        self.here = self.town()
        self.ports = self.here.ports
        self.bosses = (
            applicant(self.ports, capacity=ROOMS[0]),
            owner(self.ports, capacity=ROOMS[1]),
        )
        made = [an_account(self.ports, Role.MECHANIC) for _ in range(PEOPLE)]
        self.emails = [each.email for each in made]
        self.people = [Actor(each.id, Role.MECHANIC) for each in made]
        self.status, self.suspended = S.SUBMITTED, False
        self.places: dict[int, int] = {}
        self.asked: list[Asked] = []
        with self.here.kept(SYSTEM) as tx:
            found = tx.applications.of_subject(own(self.bosses[0]))
        assert found is not None
        self.application: ApplicationId = found.id

    @property
    def now(self) -> datetime:
        return self.here.clock.now()

    def closed(self, host: int) -> type[Refusal] | None:
        """Why a workshop may do nothing at the moment."""
        if host == 0 and self.status is not S.APPROVED:
            return WorkshopNotApproved
        return WorkshopSuspended if host == 0 and self.suspended else None

    def full(self, host: int) -> bool:
        return sum(place == host for place in self.places.values()) >= ROOMS[host]

    def pending(self, host: int, person: int) -> Asked | None:
        alive = InvitationStatus.PENDING
        found = (a for a in self.asked if (a.host, a.person) == (host, person))
        return next((a for a in found if a.status(self.now) is alive), None)

    def expect(self, step: Callable[[], object], refusal: type[Refusal] | None) -> bool:
        """Whether it was done."""
        if refusal is not None:
            is_refused(step, refusal)
            return False
        step()
        return True

    @rule(days=st.sampled_from([1, 3, 8]))
    def time_passes(self, days: int) -> None:
        self.here.clock.advance(timedelta(days=days))

    # The application.

    @rule(name=st.sampled_from(["approve", "approve", *sorted(DECIDED)]))
    def staff_decide(self, name: str) -> None:
        sources, to = DECIDED[name]
        words = {"ask": {"question": "Which bay?"}, "reject": {"reason": "No papers."}}.get(name)
        step = partial(
            getattr(decide, name),
            self.ports,
            actor=ADMIN,
            application_id=self.application,
            **(words or {}),
        )
        again = self.status is to and name != "ask"
        refused = None if again or self.status in sources else ApplicationElsewhere
        if self.expect(step, refused):
            self.status = to

    @rule()
    def the_applicant_answers(self) -> None:
        step = partial(
            decide.answer,
            self.ports,
            actor=self.bosses[0],
            subject_id=own(self.bosses[0]),
            answer="The second one.",
        )
        asked = self.status is S.MORE_INFORMATION_REQUIRED
        if self.expect(step, None if asked else ApplicationElsewhere):
            self.status = S.SUBMITTED

    @rule()
    def the_applicant_tries_again(self) -> None:
        step = partial(
            apply_again, self.ports, actor=self.bosses[0], details=details(capacity=ROOMS[0])
        )
        approved = self.status is S.APPROVED
        done = self.expect(step, ApplicationElsewhere if approved else None)
        if done and self.status is S.REJECTED:
            self.status = S.SUBMITTED

    @rule()
    def staff_suspend(self) -> None:
        step = partial(
            overseeing.suspend_workshop,
            self.ports,
            actor=ADMIN,
            workshop_id=own(self.bosses[0]),
            reason="Complaints.",
        )
        approved = self.status is S.APPROVED
        if self.expect(step, None if approved else WorkshopNeverApproved):
            self.suspended = True

    @rule()
    def staff_reactivate(self) -> None:
        key = own(self.bosses[0])
        overseeing.reactivate_workshop(self.ports, actor=ADMIN, workshop_id=key, reason="Mended.")
        self.suspended = False

    # Invitations, and the places they are for.

    def asking_is_refused(self, host: int, person: int) -> type[Refusal] | None:
        if closed := self.closed(host):
            return closed
        if self.pending(host, person):
            return None
        if self.places.get(person) == host:
            return InTheTeamAlready
        return CapacityFull if self.full(host) else None

    @rule(host=HOST, person=WHO)
    def a_workshop_invites(self, host: int, person: int) -> None:
        before = self.pending(host, person)
        step = partial(
            invite_person, self.ports, actor=self.bosses[host], email=self.emails[person].text
        )
        refused = self.asking_is_refused(host, person)
        if refused is not None:
            is_refused(step, refused)
            return
        made = step()
        if before is None:
            self.asked.append(self.mailed(made.id, host, person))
        else:
            assert made.id == before.id, "asking again returns the one that waits"

    def mailed(self, key: InvitationId, host: int, person: int) -> Asked:
        """Read in the mail that came of it, the only place where the code stands."""
        with self.here.kept(SYSTEM) as tx:
            lease = self.now + timedelta(minutes=1)
            while outgoing := tx.mails.claim(at=self.now, lease=lease):
                tx.mails.sent(outgoing.mail.id, at=self.now)
                if outgoing.mail.recipient != self.emails[person].text:
                    continue
                if found := re.search(r"/invitations/([0-9a-f]{32})", outgoing.mail.text):
                    return Asked(key, host, person, found[1], self.now)
        raise AssertionError("an invitation was mailed to nobody")

    def joining_is_refused(self, asked: Asked, person: int) -> type[Refusal] | None:
        if asked.person != person:
            return InvitationNotYours
        status = asked.status(self.now)
        if status is InvitationStatus.ACCEPTED:
            return None
        if status is not InvitationStatus.PENDING:
            return InvitationExpired
        if closed := self.closed(asked.host):
            return closed
        if person in self.places:
            return MemberElsewhere
        return CapacityFull if self.full(asked.host) else None

    @precondition(lambda self: self.asked)
    @rule(which=PICK, stranger=st.sampled_from([0, 0, 0, 1]))
    def somebody_follows_a_link(self, which: int, stranger: int) -> None:
        """Mostly whoever it was mailed to."""
        asked = self.asked[which % len(self.asked)]
        person = (asked.person + stranger) % PEOPLE
        step = partial(join_known, self.ports, actor=self.people[person], code=asked.code)
        done = self.expect(step, self.joining_is_refused(asked, person))
        if done and not asked.accepted:
            asked.accepted = True
            self.places[person] = asked.host

    @rule(host=HOST, person=WHO)
    def somebody_is_asked_and_comes(self, host: int, person: int) -> None:
        """What mostly happens, so that teams fill up."""
        self.a_workshop_invites(host, person)
        for number, asked in enumerate(self.asked):
            if (asked.host, asked.person) == (host, person):
                self.somebody_follows_a_link(number, 0)

    @precondition(lambda self: self.asked)
    @rule(which=PICK)
    def a_workshop_takes_back(self, which: int) -> None:
        asked = self.asked[which % len(self.asked)]
        step = partial(revoke, self.ports, actor=self.bosses[asked.host], invitation_id=asked.id)
        used = InvitationUsed if asked.accepted else None
        if self.expect(step, self.closed(asked.host) or used):
            asked.revoked = True

    @precondition(lambda self: self.places)
    @rule(which=PICK)
    def a_mechanic_leaves(self, which: int) -> None:
        person = sorted(self.places)[which % len(self.places)]
        leave(self.ports, actor=self.people[person])
        del self.places[person]

    @precondition(lambda self: self.places)
    @rule(which=PICK)
    def a_mechanic_is_removed(self, which: int) -> None:
        person = sorted(self.places)[which % len(self.places)]
        host = self.places[person]
        step = partial(
            remove,
            self.ports,
            actor=self.bosses[host],
            mechanic_id=MechanicId(self.people[person].account_id),
        )
        if self.expect(step, self.closed(host)):
            del self.places[person]

    # What is true after each step.

    @invariant()
    def the_application_stands_where_it_should(self) -> None:
        with self.here.kept(SYSTEM) as tx:
            application = tx.applications.get(self.application)
            workshop = tx.workshops.get(own(self.bosses[0]))
        assert application.kind is ApplicationKind.WORKSHOP
        assert application.status is self.status, "an application went another way"
        assert workshop.approved == (self.status is S.APPROVED), "in, and not approved"
        assert (workshop.suspended_at is not None) == self.suspended

    @invariant()
    def nobody_has_a_place_that_is_not_there(self) -> None:
        with self.here.kept(SYSTEM) as tx:
            kept = {
                number: tx.memberships.of_mechanic(MechanicId(who.account_id))
                for number, who in enumerate(self.people)
            }
            taken = [tx.memberships.count(own(boss)) for boss in self.bosses]
        hosts = {own(boss): number for number, boss in enumerate(self.bosses)}
        found = {number: hosts[p.workshop_id] for number, p in kept.items() if p is not None}
        assert all(n <= room for n, room in zip(taken, ROOMS, strict=True)), "more than fit"
        assert found == self.places, "somebody has a place they were not given"

    @invariant()
    def invitations_stand_where_they_should(self) -> None:
        with self.here.kept(SYSTEM) as tx:
            kept = {each.id: tx.invitations.get(each.id) for each in self.asked}
            written = [len(tx.invitations.of_host(own(boss))) for boss in self.bosses]
        assert sum(written) == len(self.asked), "an invitation nobody asked for"
        for each in self.asked:
            assert kept[each.id].status(at=self.now) is each.status(self.now), "used twice"
