"""A mechanic's place in a workshop: pending → active ⇄ inactive."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import attrs
import pytest

from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import MechanicId, WorkshopId
from autodoctor.domain.workshops.events import MemberAdmitted, MemberAsked, MemberPaused
from autodoctor.domain.workshops.membership import Membership, MembershipStatus, NotMemberYet, ask

MECHANIC, WORKSHOP = MechanicId(UUID(int=1)), WorkshopId(UUID(int=2))
AT = datetime(2026, 3, 2, 15, tzinfo=UTC)
LATER = AT + timedelta(days=1)


def asked() -> Membership:
    return ask(mechanic_id=MECHANIC, workshop_id=WORKSHOP, at=AT)[0]


def active() -> Membership:
    return asked().activate(at=LATER)[0]


def inactive() -> Membership:
    return active().deactivate()[0]


def test_who_asks_waits_and_the_workshop_hears_of_it() -> None:
    made, events = ask(mechanic_id=MECHANIC, workshop_id=WORKSHOP, at=AT)

    assert made == Membership(id=MECHANIC, workshop_id=WORKSHOP, asked_at=AT)
    assert (made.status, made.active) == (MembershipStatus.PENDING, False)
    assert events == (MemberAsked(MECHANIC, WORKSHOP),)


def test_who_is_let_in_is_a_member_from_then_on() -> None:
    member, events = asked().activate(at=LATER)

    assert member.active
    assert (member.asked_at, member.admitted_at) == (AT, LATER)
    assert events == (MemberAdmitted(MECHANIC, WORKSHOP),)


def test_who_is_paused_is_no_active_member_and_hears_of_it() -> None:
    paused, events = active().deactivate()

    assert (paused.status, paused.active) == (MembershipStatus.INACTIVE, False)
    assert events == (MemberPaused(MECHANIC, WORKSHOP),)


def test_who_comes_back_is_a_member_since_the_first_time() -> None:
    back, events = inactive().activate(at=LATER + timedelta(days=9))

    assert back == active()
    assert events == (MemberAdmitted(MECHANIC, WORKSHOP),)


def test_letting_in_and_pausing_twice_change_nothing() -> None:
    member, paused = active(), inactive()

    assert member.activate(at=LATER + timedelta(days=9)) == (member, ())
    assert paused.deactivate() == (paused, ())


def test_who_was_never_let_in_cannot_be_paused() -> None:
    with pytest.raises(NotMemberYet):
        asked().deactivate()


def test_a_member_serves_the_areas_given_and_keeps_everything_else() -> None:
    served = active().serve(("m5v", "K1A"))

    assert served == attrs.evolve(active(), areas=("K1A", "M5V"))
    assert served.serve(()) == active()


def test_an_area_that_is_no_postal_prefix_is_refused() -> None:
    with pytest.raises(InvalidField):
        active().serve(("!",))
