"""Invitations, joining, and what a workshop does with its team."""

import re
from datetime import timedelta

import pytest

from autodoctor.application.access.may import SeatTooLow
from autodoctor.application.accounts.inviting import InTheTeamAlready, InvitedToAnother
from autodoctor.application.accounts.joining import (
    Joined,
    LogInToJoin,
    join_anew,
    join_known,
    preview,
)
from autodoctor.application.accounts.seats import LastOwnerStays
from autodoctor.application.accounts.sign_in import actor_of, look
from autodoctor.application.accounts.sign_up import SignUp
from autodoctor.application.mechanics.shift import clock
from autodoctor.application.workshops.dashboard import dashboard
from autodoctor.application.workshops.inviting import invitations, invite_person, revoke
from autodoctor.application.workshops.overseeing import suspend_workshop
from autodoctor.application.workshops.places import StaffElsewhere
from autodoctor.application.workshops.seats import change_seat, staff, take_seat
from autodoctor.application.workshops.team import (
    activate,
    deactivate,
    leave,
    remove,
    serve_areas,
    team,
)
from autodoctor.domain.accounts.consent import REQUIRED
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.invitation import (
    LASTS,
    CapacityFull,
    InvitationExpired,
    InvitationNotYours,
    InvitationStatus,
    InvitationUsed,
)
from autodoctor.domain.matching.eligibility import NotEligible
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role, Seat
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.workshops.membership import (
    MemberElsewhere,
    MembershipStatus,
    NotMemberYet,
)
from autodoctor.domain.workshops.workshop import WorkshopNotApproved, WorkshopSuspended
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing
from autodoctor.testing.ports import Town, a_mechanic, memory_town
from support.newcomers import letters
from support.workshops import ADMIN, an_account, applicant, logged_in, own, owner, with_seat

EMAIL = "robin@test.example"


@pytest.fixture
def town() -> Town:
    return memory_town()


@pytest.fixture
def ports(town: Town) -> Ports:
    return town.ports


@pytest.fixture
def boss(ports: Ports) -> Actor:
    return owner(ports, capacity=2)


def code(town: Town, email: str = EMAIL) -> str:
    """Of the newest invitation."""
    mails = [mail for mail in letters(town, email) if mail.occasion == "invitation"]
    found = re.search(r"/invitations/([0-9a-f]{32})\s", mails[-1].text)
    assert found is not None
    return found[1]


def invited(town: Town, by: Actor, *, email: str = EMAIL, place: str = "mechanic") -> str:
    invite_person(town.ports, actor=by, email=email, place=place)
    return code(town, email)


def form(email: str = EMAIL) -> SignUp:
    return SignUp(
        email=email,
        password="a fine old password",
        full_name="Robin Torque",
        consents=frozenset(REQUIRED),
    )


def email_of(ports: Ports, actor: Actor) -> str:
    with ports.transactions(SYSTEM) as tx:
        return tx.accounts.get(actor.account_id).email.text


def mechanic_of(ports: Ports, actor: Actor) -> Mechanic:
    with ports.transactions(SYSTEM) as tx:
        return tx.mechanics.get(actor.mechanic_id)


def a_member(town: Town, boss: Actor) -> Actor:
    """A working mechanic who was invited and let in, and is on shift."""
    actor = a_mechanic(town.ports, on_shift=False)
    join_known(town.ports, actor=actor, code=invited(town, boss, email=email_of(town.ports, actor)))
    activate(town.ports, actor=boss, mechanic_id=actor.mechanic_id)
    clock(town.ports, actor=actor, on_shift=True)
    return actor


def test_the_code_is_in_the_mail_alone(town: Town, boss: Actor) -> None:
    invitation = invite_person(town.ports, actor=boss, email=" Robin@Test.example ")

    mail = letters(town, EMAIL)[-1]
    assert mail.secret
    assert "Andie Axle of Axle & Sons invites you" in mail.text
    assert code(town) not in repr(invitation)
    seen = preview(town.ports, code=code(town))
    assert (seen.host, seen.invited_by) == ("Axle & Sons", "Andie Axle")


def test_asking_again_returns_the_pending_one_and_mails_nothing(town: Town, boss: Actor) -> None:
    first = invite_person(town.ports, actor=boss, email=EMAIL)
    again = invite_person(town.ports, actor=boss, email=EMAIL)

    assert again == first
    assert len(letters(town, EMAIL)) == 1
    with pytest.raises(InvitedToAnother):
        invite_person(town.ports, actor=boss, email=EMAIL, place="viewer")
    revoke(town.ports, actor=boss, invitation_id=first.id)
    assert invite_person(town.ports, actor=boss, email=EMAIL, place="viewer").place == "viewer"


def test_refusals_come_in_their_order(town: Town, boss: Actor) -> None:
    ports = town.ports
    key = invited(town, boss)

    with pytest.raises(Missing):
        join_anew(ports, code="0" * 32, form=form())
    with pytest.raises(InvitationNotYours):
        join_anew(ports, code=key, form=form("other@test.example"))
    join_anew(ports, code=key, form=form())
    with pytest.raises(InvitationUsed):
        join_anew(ports, code=key, form=form())
    late = invited(town, boss, email="late@test.example")
    town.clock.advance(LASTS)
    with pytest.raises(InvitationExpired):
        join_anew(ports, code=late, form=form("late@test.example"))


def test_a_workshop_that_is_not_open_neither_invites_nor_takes_in(town: Town, boss: Actor) -> None:
    ports, key = town.ports, invited(town, boss)
    with pytest.raises(WorkshopNotApproved):
        invite_person(ports, actor=applicant(ports), email=EMAIL)

    suspend_workshop(ports, actor=ADMIN, workshop_id=own(boss), reason="Complaints.")

    with pytest.raises(WorkshopSuspended):
        invite_person(ports, actor=boss, email="x@test.example")
    with pytest.raises(WorkshopSuspended):
        join_anew(ports, code=key, form=form())
    with ports.transactions(SYSTEM) as tx:
        assert tx.accounts.by_email(EmailAddress(EMAIL)) is None


def test_somebody_new_waits_for_the_workshop_and_for_us(town: Town, boss: Actor) -> None:
    ports = town.ports
    joined = join_anew(ports, code=invited(town, boss), form=form())

    actor = actor_of(joined.account, Role.MECHANIC)
    mechanic = mechanic_of(ports, actor)
    assert joined.account.verified
    assert (mechanic.workshop_id, mechanic.workshop_approved) == (boss.workshop_id, False)
    assert not mechanic.approved
    assert [each.name for each in dashboard(ports, actor=boss).asking] == ["Robin Torque"]
    assert "has accepted your invitation" in letters(town, email_of(ports, boss))[-1].subject


def test_an_account_that_is_there_logs_in_to_join_and_gets_the_hat(town: Town, boss: Actor) -> None:
    ports, account = town.ports, an_account(town.ports, Role.CUSTOMER, email=EMAIL)
    key = invited(town, boss)

    with pytest.raises(LogInToJoin):
        join_anew(ports, code=key, form=form())
    joined = join_known(ports, actor=Actor(account.id, Role.CUSTOMER), code=key)
    again = join_known(ports, actor=Actor(account.id, Role.CUSTOMER), code=key)

    assert joined.account.roles == {Role.CUSTOMER, Role.MECHANIC}
    assert again.place == "mechanic"
    with pytest.raises(InTheTeamAlready):
        invite_person(ports, actor=boss, email=EMAIL)


def test_a_working_mechanic_takes_no_requests_until_let_in(town: Town, boss: Actor) -> None:
    ports, actor = town.ports, a_mechanic(town.ports)

    join_known(ports, actor=actor, code=invited(town, boss, email=email_of(ports, actor)))

    assert not mechanic_of(ports, actor).on_shift
    with pytest.raises(NotEligible):
        clock(ports, actor=actor, on_shift=True)
    activate(ports, actor=boss, mechanic_id=actor.mechanic_id)
    activate(ports, actor=boss, mechanic_id=actor.mechanic_id)
    assert clock(ports, actor=actor, on_shift=True).on_shift
    assert "has let you in" in letters(town, email_of(ports, actor))[-1].subject


def test_nobody_is_in_two_workshops(town: Town, boss: Actor) -> None:
    ports, actor = town.ports, a_mechanic(town.ports)
    email, other = email_of(ports, actor), owner(ports, name="Other")
    keys = [invited(town, each, email=email) for each in (boss, other)]

    join_known(ports, actor=actor, code=keys[0])
    with pytest.raises(MemberElsewhere):
        join_known(ports, actor=actor, code=keys[1])
    leave(ports, actor=actor)
    joined = join_known(ports, actor=actor, code=keys[1])

    assert isinstance(joined, Joined)
    assert mechanic_of(ports, actor).workshop_id == other.workshop_id


def test_a_full_workshop_neither_invites_nor_takes_in(town: Town, boss: Actor) -> None:
    ports = town.ports
    keys = {name: invited(town, boss, email=f"{name}@test.example") for name in "abc"}
    for name in "ab":
        join_anew(ports, code=keys[name], form=form(f"{name}@test.example"))

    with pytest.raises(CapacityFull):
        join_anew(ports, code=keys["c"], form=form("c@test.example"))
    with pytest.raises(CapacityFull):
        invite_person(ports, actor=boss, email="d@test.example")
    assert invite_person(ports, actor=boss, email="e@test.example", place="viewer")


def test_pausing_takes_off_shift_and_removing_leaves_free(town: Town, boss: Actor) -> None:
    ports, actor = town.ports, a_member(town, boss)
    key = actor.mechanic_id

    deactivate(ports, actor=boss, mechanic_id=key)
    paused = mechanic_of(ports, actor)
    remove(ports, actor=boss, mechanic_id=key)
    free = mechanic_of(ports, actor)

    assert (paused.on_shift, paused.workshop_approved) == (False, False)
    assert (free.workshop_id, free.workshop_approved) == (None, True)
    assert team(ports, actor=boss) == ()
    with pytest.raises(Missing):
        remove(ports, actor=boss, mechanic_id=key)


def test_who_only_asked_cannot_be_paused_and_can_be_refused(town: Town, boss: Actor) -> None:
    ports, actor = town.ports, a_mechanic(town.ports)
    join_known(ports, actor=actor, code=invited(town, boss, email=email_of(ports, actor)))

    with pytest.raises(NotMemberYet):
        deactivate(ports, actor=boss, mechanic_id=actor.mechanic_id)
    remove(ports, actor=boss, mechanic_id=actor.mechanic_id)

    assert "did not let you in" in letters(town, email_of(ports, actor))[-1].text


def test_areas_are_postal_prefixes(town: Town, boss: Actor) -> None:
    actor = a_member(town, boss)

    place = serve_areas(town.ports, actor=boss, mechanic_id=actor.mechanic_id, areas=("m6j", "M5V"))

    assert (place.areas, place.status) == (("M5V", "M6J"), MembershipStatus.ACTIVE)
    with pytest.raises(InvalidField):
        serve_areas(town.ports, actor=boss, mechanic_id=actor.mechanic_id, areas=("M",))


def test_somebody_elses_people_and_invitations_are_not_there(town: Town, boss: Actor) -> None:
    ports, actor, stranger = town.ports, a_member(town, boss), owner(town.ports, name="Other")
    invitation = invite_person(ports, actor=boss, email=EMAIL)

    for step in (activate, deactivate, remove):
        with pytest.raises(Missing):
            step(ports, actor=stranger, mechanic_id=actor.mechanic_id)
    with pytest.raises(Missing):
        revoke(ports, actor=stranger, invitation_id=invitation.id)
    with pytest.raises(Missing):
        take_seat(ports, actor=stranger, account_id=boss.account_id)
    assert team(ports, actor=stranger) == ()
    assert invitations(ports, actor=stranger) == ()


@pytest.mark.parametrize("seat", [Seat.VIEWER, Seat.ADVISOR])
def test_a_low_seat_looks_and_changes_nothing(town: Town, boss: Actor, seat: Seat) -> None:
    ports, member, low = town.ports, a_member(town, boss), with_seat(town.ports, boss, seat)

    assert len(team(ports, actor=low)) == 1
    with pytest.raises(SeatTooLow):
        invite_person(ports, actor=low, email=EMAIL)
    with pytest.raises(SeatTooLow):
        remove(ports, actor=low, mechanic_id=member.mechanic_id)
    with pytest.raises(SeatTooLow):
        change_seat(ports, actor=low, account_id=low.account_id, seat=Seat.OWNER)


def test_nobody_invites_to_a_seat_above_their_own(town: Town, boss: Actor) -> None:
    admin = with_seat(town.ports, boss, Seat.ADMIN)

    with pytest.raises(SeatTooLow):
        invite_person(town.ports, actor=admin, email=EMAIL, place="owner")
    assert invite_person(town.ports, actor=admin, email=EMAIL, place="admin")
    with pytest.raises(InvalidField):
        invite_person(town.ports, actor=admin, email=EMAIL, place="king")


def test_staff_come_in_by_invitation_and_belong_to_one_workshop(town: Town, boss: Actor) -> None:
    ports = town.ports
    joined = join_anew(ports, code=invited(town, boss, place="advisor"), form=form())
    actor = actor_of(joined.account, Role.WORKSHOP)
    other = owner(ports, name="Other")
    key = invited(town, other, place="viewer")

    assert (actor.workshop_id, actor.seat) == (boss.workshop_id, Seat.ADVISOR)
    with pytest.raises(StaffElsewhere):
        join_known(ports, actor=actor, code=key)


def test_the_last_owner_stays(town: Town, boss: Actor) -> None:
    ports, second = town.ports, with_seat(town.ports, boss, Seat.OWNER)
    person = logged_in(ports, second)

    take_seat(ports, actor=boss, account_id=second.account_id)

    assert look(ports, token=person.token) is None
    with pytest.raises(LastOwnerStays):
        change_seat(ports, actor=boss, account_id=boss.account_id, seat=Seat.VIEWER)
    with pytest.raises(LastOwnerStays):
        take_seat(ports, actor=boss, account_id=boss.account_id)
    assert [each.id for each in staff(ports, actor=boss)] == [boss.account_id]


def test_a_dashboard_shows_who_can_still_accept(town: Town, boss: Actor) -> None:
    ports = town.ports
    invite_person(ports, actor=boss, email="old@test.example")
    town.clock.advance(LASTS - timedelta(days=1))
    invite_person(ports, actor=boss, email=EMAIL)
    town.clock.advance(timedelta(days=1))

    found = dashboard(ports, actor=boss)

    assert [each.email.text for each in found.invitations] == [EMAIL]
    statuses = [each.status(at=ports.now()) for each in invitations(ports, actor=boss)]
    assert statuses == [InvitationStatus.PENDING, InvitationStatus.EXPIRED]
