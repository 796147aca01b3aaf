"""Those who run a company: inviting, seats, and that an owner is left."""

import re

import attrs
import pytest

from autodoctor.application.access.may import SeatTooLow
from autodoctor.application.accounts.inviting import InTheTeamAlready, InvitedToAnother
from autodoctor.application.accounts.joining import join_anew, join_known, preview
from autodoctor.application.accounts.seats import LastOwnerStays
from autodoctor.application.accounts.sign_in import actor_of
from autodoctor.application.accounts.sign_up import SignUp
from autodoctor.application.corporate.inviting import invitations, invite_colleague, revoke
from autodoctor.application.corporate.own import CompanyUntold
from autodoctor.application.corporate.places import RunningElsewhere
from autodoctor.application.corporate.seats import change_seat, staff, take_seat
from autodoctor.domain.accounts.consent import REQUIRED
from autodoctor.domain.accounts.invitation import InvitationExpired
from autodoctor.domain.corporate.organization import (
    OrganizationNotApproved,
    OrganizationSuspended,
)
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role, Seat
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.ports.stores import Missing
from autodoctor.testing.ports import Town, memory_town
from support.corporate import a_company, who_runs
from support.newcomers import letters
from support.scenery import AT, an_account

EMAIL = "robin@test.example"


@pytest.fixture
def town() -> Town:
    return memory_town()


@pytest.fixture
def boss(town: Town) -> Actor:
    kept = town.ports.transactions
    return who_runs(kept, a_company(kept))


def code_of(town: Town, email: str = EMAIL) -> str:
    found = re.search(r"/invitations/([0-9a-f]{32})\s", letters(town, email)[-1].text)
    assert found is not None
    return found.group(1)


def form(email: str = EMAIL) -> SignUp:
    return SignUp(
        email=email, password="a fleet of vans", full_name="Robin Roster", consents=REQUIRED
    )


def test_somebody_new_joins_with_the_seat_they_were_invited_to(town: Town, boss: Actor) -> None:
    invite_colleague(town.ports, actor=boss, email=EMAIL, place="admin")
    code = code_of(town)

    seen = preview(town.ports, code=code)
    joined = join_anew(town.ports, code=code, form=form())

    assert (seen.host, seen.where, seen.role) == ("Swift Couriers", "Toronto, ON", Role.CORPORATE)
    assert joined.account.verified
    assert (joined.host_id, joined.place) == (boss.organization_id, "admin")
    assert actor_of(joined.account, Role.CORPORATE) == Actor(
        joined.account.id, Role.CORPORATE, organization_id=boss.organization_id, seat=Seat.ADMIN
    )


def test_a_customer_who_joins_wears_both_hats(town: Town, boss: Actor) -> None:
    kept = town.ports.transactions
    robin = an_account(kept)
    with kept(SYSTEM) as tx:
        email = tx.accounts.get(robin.account_id).email.text
    invite_colleague(town.ports, actor=boss, email=email, place="viewer")
    code = code_of(town, email)

    joined = join_known(town.ports, actor=robin, code=code)
    again = join_known(town.ports, actor=robin, code=code)

    assert joined.account.roles == {Role.CUSTOMER, Role.CORPORATE}
    assert again.account.organization_seat is Seat.VIEWER
    with pytest.raises(InTheTeamAlready):
        invite_colleague(town.ports, actor=boss, email=email, place="admin")


def test_asking_again_mails_nothing_and_another_seat_is_refused(town: Town, boss: Actor) -> None:
    first = invite_colleague(town.ports, actor=boss, email=EMAIL, place="admin")

    assert invite_colleague(town.ports, actor=boss, email=EMAIL, place="admin") == first
    assert len(letters(town, EMAIL)) == 1
    with pytest.raises(InvitedToAnother):
        invite_colleague(town.ports, actor=boss, email=EMAIL, place="viewer")


def test_an_invitation_that_was_taken_back_opens_nothing(town: Town, boss: Actor) -> None:
    sent = invite_colleague(town.ports, actor=boss, email=EMAIL, place="admin")
    kept = town.ports.transactions
    stranger = who_runs(kept, a_company(kept))

    with pytest.raises(Missing):
        revoke(town.ports, actor=stranger, invitation_id=sent.id)
    revoke(town.ports, actor=boss, invitation_id=sent.id)

    assert [each.revoked_at is None for each in invitations(town.ports, actor=boss)] == [False]
    with pytest.raises(InvitationExpired):
        join_anew(town.ports, code=code_of(town), form=form())


def test_nobody_gives_a_seat_above_their_own_or_one_that_is_not_there(
    town: Town, boss: Actor
) -> None:
    kept = town.ports.transactions
    with kept(SYSTEM) as tx:
        assert boss.organization_id is not None
        company = tx.organizations.get(boss.organization_id)
    admin, viewer = who_runs(kept, company, Seat.ADMIN), who_runs(kept, company, Seat.VIEWER)

    for actor, place in ((admin, "owner"), (viewer, "viewer")):
        with pytest.raises(SeatTooLow):
            invite_colleague(town.ports, actor=actor, email=EMAIL, place=place)
    for place in ("advisor", "employee", ""):
        with pytest.raises(InvalidField):
            invite_colleague(town.ports, actor=boss, email=EMAIL, place=place)


def test_who_runs_one_company_has_to_leave_it_before_another(town: Town, boss: Actor) -> None:
    kept = town.ports.transactions
    other = who_runs(kept, a_company(kept), Seat.ADMIN)
    with kept(SYSTEM) as tx:
        email = tx.accounts.get(other.account_id).email.text
    invite_colleague(town.ports, actor=boss, email=email, place="admin")

    with pytest.raises(RunningElsewhere):
        join_known(town.ports, actor=other, code=code_of(town, email))


def test_a_company_that_is_not_open_invites_nobody(town: Town) -> None:
    kept = town.ports.transactions
    waits = who_runs(kept, a_company(kept, approved=False))
    out = who_runs(kept, a_company(kept, suspended_at=AT, suspension_reason="Unpaid."))
    none = Actor(waits.account_id, Role.CORPORATE)

    for actor, refusal in (
        (waits, OrganizationNotApproved),
        (out, OrganizationSuspended),
        (none, CompanyUntold),
    ):
        with pytest.raises(refusal):
            invite_colleague(town.ports, actor=actor, email=EMAIL, place="admin")


def test_the_last_owner_stays_and_others_change_and_go(town: Town, boss: Actor) -> None:
    kept, ports = town.ports.transactions, town.ports
    with kept(SYSTEM) as tx:
        assert boss.organization_id is not None
        company = tx.organizations.get(boss.organization_id)
    robin = who_runs(kept, company, Seat.VIEWER)

    with pytest.raises(LastOwnerStays):
        change_seat(ports, actor=boss, account_id=boss.account_id, seat="admin")
    with pytest.raises(LastOwnerStays):
        take_seat(ports, actor=boss, account_id=boss.account_id)
    change_seat(ports, actor=boss, account_id=robin.account_id, seat="owner")
    change_seat(ports, actor=boss, account_id=boss.account_id, seat="admin")

    seats = {each.id: each.organization_seat for each in staff(ports, actor=robin)}
    assert seats == {robin.account_id: Seat.OWNER, boss.account_id: Seat.ADMIN}
    now = attrs.evolve(robin, seat=Seat.OWNER)
    take_seat(ports, actor=now, account_id=boss.account_id)
    assert [each.id for each in staff(ports, actor=now)] == [robin.account_id]


def test_somebody_of_another_company_is_not_there(town: Town, boss: Actor) -> None:
    kept = town.ports.transactions
    other = who_runs(kept, a_company(kept))

    with pytest.raises(Missing):
        take_seat(town.ports, actor=boss, account_id=other.account_id)
