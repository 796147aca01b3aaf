"""Who may do what, and to whose things."""

from uuid import UUID

import attrs
import pytest

from autodoctor.application.access.may import (
    Action,
    NotForKeys,
    Proof,
    Reach,
    SeatTooLow,
    Whose,
    WrongRole,
    everybody,
    may,
)
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role, Seat
from autodoctor.domain.shared.ids import (
    AccountId,
    ApiKeyId,
    CustomerId,
    MechanicId,
    OrganizationId,
    WorkshopId,
)
from autodoctor.ports.stores import Missing

ME, SOMEBODY = AccountId(UUID(int=1)), AccountId(UUID(int=2))
SHOP, OTHER_SHOP = WorkshopId(UUID(int=3)), WorkshopId(UUID(int=4))
COMPANY, OTHER_COMPANY = OrganizationId(UUID(int=5)), OrganizationId(UUID(int=6))
KEY = ApiKeyId(UUID(int=7))

PEOPLE = (Role.CUSTOMER, Role.MECHANIC, Role.WORKSHOP, Role.CORPORATE, Role.ADMIN)


def action(reach: Reach, *roles: Role, seat: Seat = Seat.VIEWER, keys: bool = False) -> Action:
    return Action("look", dict.fromkeys(roles or PEOPLE, reach), "session", seat=seat, keys=keys)


def test_only_the_roles_it_is_for_may_and_others_hear_which() -> None:
    for_mechanics = action(Reach.ANY, Role.MECHANIC)

    may(Actor(ME, Role.MECHANIC), for_mechanics)
    with pytest.raises(WrongRole) as refused:
        may(Actor(ME, Role.CUSTOMER), for_mechanics)

    assert refused.value.needed is Role.MECHANIC


def test_the_system_may_do_everything_to_everything() -> None:
    may(SYSTEM, Action("nothing for people"), Whose(account_id=SOMEBODY))


def test_refusals_come_in_their_order() -> None:
    managing = action(Reach.ORGANIZATION, Role.CORPORATE, seat=Seat.ADMIN)
    key = Actor(ME, Role.CORPORATE, organization_id=COMPANY, seat=Seat.VIEWER, key_id=KEY)
    theirs = Whose(organization_id=OTHER_COMPANY)

    with pytest.raises(WrongRole):
        may(attrs.evolve(key, role=Role.ADMIN), managing, theirs)
    with pytest.raises(NotForKeys):
        may(key, managing, theirs)
    with pytest.raises(SeatTooLow) as too_low:
        may(key, attrs.evolve(managing, keys=True), theirs)
    with pytest.raises(Missing):
        may(attrs.evolve(key, seat=Seat.ADMIN), attrs.evolve(managing, keys=True), theirs)
    mine = Whose(organization_id=COMPANY)
    may(attrs.evolve(key, seat=Seat.ADMIN), attrs.evolve(managing, keys=True), mine)

    assert too_low.value.needed is Seat.ADMIN


STAFF = Actor(ME, Role.WORKSHOP, workshop_id=SHOP, seat=Seat.OWNER)
BUYER = Actor(ME, Role.CORPORATE, organization_id=COMPANY, seat=Seat.OWNER)


@pytest.mark.parametrize(
    ("actor", "reach", "mine", "not_mine"),
    [
        (
            Actor(ME, Role.CUSTOMER),
            Reach.OWN,
            Whose(customer_id=CustomerId(ME), mechanic_id=MechanicId(SOMEBODY)),
            Whose(customer_id=CustomerId(SOMEBODY), mechanic_id=MechanicId(ME), account_id=ME),
        ),
        (
            Actor(ME, Role.MECHANIC),
            Reach.OWN,
            Whose(mechanic_id=MechanicId(ME), customer_id=CustomerId(SOMEBODY)),
            Whose(mechanic_id=MechanicId(SOMEBODY), customer_id=CustomerId(ME)),
        ),
        (
            Actor(ME, Role.CUSTOMER),
            Reach.OWN,
            Whose(account_id=ME),
            Whose(account_id=SOMEBODY),
        ),
        (STAFF, Reach.OWN, Whose(account_id=ME), Whose(workshop_id=SHOP)),
        (STAFF, Reach.ORGANIZATION, Whose(workshop_id=SHOP), Whose(workshop_id=OTHER_SHOP)),
        (STAFF, Reach.ORGANIZATION, Whose(account_id=ME), Whose(organization_id=COMPANY)),
        (
            BUYER,
            Reach.ORGANIZATION,
            Whose(organization_id=COMPANY),
            Whose(organization_id=OTHER_COMPANY),
        ),
        (
            Actor(ME, Role.CUSTOMER),
            Reach.ORGANIZATION,
            Whose(customer_id=CustomerId(ME)),
            Whose(workshop_id=SHOP, organization_id=COMPANY),
        ),
    ],
)
def test_a_reach_ends_where_somebody_elses_begins(
    actor: Actor, reach: Reach, mine: Whose, not_mine: Whose
) -> None:
    may(actor, action(reach), mine)

    with pytest.raises(Missing):
        may(actor, action(reach), not_mine)


@pytest.mark.parametrize("role", [Role.WORKSHOP, Role.CORPORATE])
def test_who_belongs_to_nothing_shares_nothing_with_what_belongs_to_nobody(role: Role) -> None:
    with pytest.raises(Missing):
        may(Actor(ME, role), action(Reach.ORGANIZATION), Whose())


@pytest.mark.parametrize("role", PEOPLE)
def test_whoever_reaches_anybodys_things_reaches_them(role: Role) -> None:
    may(Actor(ME, role), action(Reach.ANY), Whose(account_id=SOMEBODY))


def test_an_action_can_be_offered_to_fewer() -> None:
    fewer = action(Reach.OWN).by(Role.CUSTOMER, Role.MECHANIC)

    assert fewer == attrs.evolve(
        action(Reach.OWN, Role.CUSTOMER, Role.MECHANIC), name="look by customer, mechanic"
    )


@pytest.mark.parametrize(
    ("offered", "who"),
    [
        (action(Reach.OWN, Role.MECHANIC, Role.CUSTOMER), "customer or mechanic"),
        (
            action(Reach.ORGANIZATION, Role.CORPORATE, keys=True),
            "corporate or holders of an API key",
        ),
        (Action("look", everybody()), "anybody signed in"),
        (Action("look", everybody(), proof=Proof.HALF_LOGIN), "anybody signed in"),
        (Action("look", proof=Proof.NONE), "everybody"),
        (Action("run", proof=Proof.CRON_SECRET), "holders of the cron secret"),
    ],
)
def test_the_documentation_says_for_whom_it_is(offered: Action, who: str) -> None:
    assert offered.who == who
