"""Nobody is on both sides of a session: the stores have the last word."""

from collections.abc import Callable

import attrs
import pytest

from autodoctor.domain.sessions.independence import OwnSession, Ties
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role, Seat
from autodoctor.domain.shared.ids import WorkshopId
from autodoctor.ports.transactions import Transactions
from support.scenery import (
    AT,
    a_kept_session,
    a_session,
    an_account,
    new_mechanic,
    new_workshop,
)

Tie = Callable[[Transactions, Actor, WorkshopId], None]


def runs(kept: Transactions, who: Actor, workshop_id: WorkshopId) -> None:
    with kept(SYSTEM) as tx:
        account = tx.accounts.get(who.account_id, lock=True)
        changed = attrs.evolve(account, workshop_id=workshop_id, workshop_seat=Seat.OWNER)
        tx.accounts.save(changed)


def works_for(kept: Transactions, who: Actor, workshop_id: WorkshopId) -> None:
    with kept(SYSTEM) as tx:
        mechanic = tx.mechanics.get(who.mechanic_id, lock=True)
        tx.mechanics.save(attrs.evolve(mechanic, workshop_id=workshop_id))


def also_a_mechanic(kept: Transactions, who: Actor) -> Actor:
    with kept(SYSTEM) as tx:
        tx.mechanics.add(new_mechanic(who))
    return who


def a_workshop(kept: Transactions) -> WorkshopId:
    workshop = new_workshop()
    with kept(SYSTEM) as tx:
        tx.workshops.add(workshop)
    return workshop.id


def taken(kept: Transactions, customer: Actor, mechanic: Actor) -> None:
    """A session that waits is matched with that mechanic."""
    waiting = a_kept_session(kept, customer=customer.account_id)
    matched = attrs.evolve(
        waiting, status=SessionStatus.MATCHED, mechanic_id=mechanic.mechanic_id, matched_at=AT
    )
    with kept(SYSTEM) as tx:
        tx.sessions.save(matched)


def test_who_booked_a_session_does_not_take_it(kept: Transactions) -> None:
    both = also_a_mechanic(kept, an_account(kept, Role.MECHANIC))

    with pytest.raises(OwnSession):
        taken(kept, both, both)
    own = a_session(
        kept, status=SessionStatus.MATCHED, customer=both.account_id, mechanic=both.account_id
    )
    with pytest.raises(OwnSession), kept(SYSTEM) as tx:
        tx.sessions.add(own)


@pytest.mark.parametrize("of_customer", [runs, works_for])
@pytest.mark.parametrize("of_mechanic", [runs, works_for])
def test_nor_does_somebody_of_their_workshop(
    kept: Transactions, of_customer: Tie, of_mechanic: Tie
) -> None:
    workshop_id = a_workshop(kept)
    customer = also_a_mechanic(kept, an_account(kept, Role.MECHANIC))
    mechanic = also_a_mechanic(kept, an_account(kept, Role.MECHANIC))
    of_customer(kept, customer, workshop_id)
    of_mechanic(kept, mechanic, workshop_id)

    with pytest.raises(OwnSession):
        taken(kept, customer, mechanic)


def test_people_of_two_workshops_may_meet(kept: Transactions) -> None:
    customer = also_a_mechanic(kept, an_account(kept, Role.MECHANIC))
    mechanic = also_a_mechanic(kept, an_account(kept, Role.MECHANIC))
    runs(kept, customer, a_workshop(kept))
    works_for(kept, mechanic, a_workshop(kept))

    taken(kept, customer, mechanic)


def test_ties_name_the_workshops_that_each_runs_or_works_for(kept: Transactions) -> None:
    one, other = a_workshop(kept), a_workshop(kept)
    customer = also_a_mechanic(kept, an_account(kept, Role.MECHANIC))
    stranger = also_a_mechanic(kept, an_account(kept, Role.MECHANIC))
    runs(kept, customer, one)
    works_for(kept, customer, other)

    with kept(SYSTEM) as tx:
        ties = tx.sessions.ties(customer.customer_id, stranger.mechanic_id)

    assert ties == Ties(frozenset({one, other}), frozenset())


@pytest.mark.parametrize("tie", [runs, works_for])
def test_an_open_session_with_somebody_of_a_workshop_is_found_from_both_sides(
    kept: Transactions, tie: Tie
) -> None:
    workshop_id, other = a_workshop(kept), a_workshop(kept)
    customer = also_a_mechanic(kept, an_account(kept, Role.MECHANIC))
    mechanic = also_a_mechanic(kept, an_account(kept, Role.MECHANIC))
    taken(kept, customer, mechanic)

    with kept(SYSTEM) as tx:
        assert not tx.sessions.open_with(customer.account_id, workshop_id)
    tie(kept, mechanic, workshop_id)
    tie(kept, customer, other)

    stranger = an_account(kept)
    with kept(SYSTEM) as tx:
        assert tx.sessions.open_with(customer.account_id, workshop_id)
        assert tx.sessions.open_with(mechanic.account_id, other)
        assert not tx.sessions.open_with(customer.account_id, other)
        assert not tx.sessions.open_with(stranger.account_id, workshop_id)


def test_a_session_that_has_ended_is_in_nobodys_way(kept: Transactions) -> None:
    workshop_id, customer = a_workshop(kept), an_account(kept)
    mechanic = also_a_mechanic(kept, an_account(kept, Role.MECHANIC))
    ended = a_kept_session(
        kept,
        status=SessionStatus.COMPLETED,
        customer=customer.account_id,
        mechanic=mechanic.account_id,
    )
    works_for(kept, mechanic, workshop_id)

    with kept(SYSTEM) as tx:
        assert tx.sessions.get(ended.id).ended
        assert not tx.sessions.open_with(customer.account_id, workshop_id)
