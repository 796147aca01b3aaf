"""Customers' vehicles and favourites, as they are kept."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import attrs
import pytest

from autodoctor.domain.garage.favorite import AlreadyFavorite, Favorite
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import AccountId, CustomerId, FavoriteId, VehicleId
from autodoctor.ports.stores import Missing, Stale
from autodoctor.ports.transactions import Transactions
from support.garage import new_vehicle
from support.scenery import AT, a_mechanic, an_account, new_intake, new_workshop

DAY = timedelta(days=1)


def favorite(customer_id: CustomerId, **changes: Any) -> Favorite:
    given: dict[str, Any] = {"id": FavoriteId(uuid4()), "customer_id": customer_id}
    return Favorite(**{**given, "created_at": AT, **changes})


def test_the_primary_vehicle_stands_first_then_the_newest(kept: Transactions) -> None:
    old = new_vehicle(kept, primary=True)
    middle = attrs.evolve(new_vehicle(kept), customer_id=old.customer_id, created_at=AT + DAY)
    new = attrs.evolve(middle, id=VehicleId(uuid4()), created_at=AT + 2 * DAY)
    with kept(SYSTEM) as tx:
        for each in (old, middle, new):
            tx.vehicles.add(each)

    with kept(SYSTEM) as tx:
        assert tx.vehicles.of_customer(old.customer_id) == (old, new, middle)


def test_a_customer_has_one_primary_vehicle(kept: Transactions) -> None:
    one = new_vehicle(kept, primary=True)
    other = attrs.evolve(one, id=VehicleId(uuid4()))
    with kept(SYSTEM) as tx:
        tx.vehicles.add(one)

    with pytest.raises(Stale), kept(SYSTEM) as tx:
        tx.vehicles.add(other)
    with kept(SYSTEM) as tx:
        tx.vehicles.add(attrs.evolve(other, primary=False))
    with pytest.raises(Stale), kept(SYSTEM) as tx:
        tx.vehicles.save(attrs.evolve(other, primary=True))


def test_a_vehicle_that_goes_leaves_its_bookings_as_they_are(kept: Transactions) -> None:
    vehicle = new_vehicle(kept)
    intake = attrs.evolve(new_intake(kept, vehicle.customer_id), vehicle_id=vehicle.id)
    with kept(SYSTEM) as tx:
        tx.vehicles.add(vehicle)
        tx.intakes.add(intake)

    with kept(SYSTEM) as tx:
        assert tx.intakes.get(intake.id).vehicle_id == vehicle.id
        tx.vehicles.remove(vehicle.id)
        tx.vehicles.remove(vehicle.id)

    with kept(SYSTEM) as tx:
        assert tx.intakes.get(intake.id) == attrs.evolve(intake, vehicle_id=None)
        with pytest.raises(Missing):
            tx.vehicles.get(vehicle.id)


def test_each_is_a_favourite_once_and_newest_first(kept: Transactions) -> None:
    mine, theirs = (an_account(kept).customer_id for _ in range(2))
    workshop, mechanic = new_workshop(), a_mechanic(kept).mechanic_id
    first = favorite(mine, mechanic_id=mechanic)
    second = favorite(mine, workshop_id=workshop.id, created_at=AT + DAY)
    with kept(SYSTEM) as tx:
        tx.workshops.add(workshop)
        tx.favorites.add(first)
        tx.favorites.add(second)
        tx.favorites.add(favorite(theirs, mechanic_id=mechanic))

    for again in (first, second):
        with pytest.raises(AlreadyFavorite), kept(SYSTEM) as tx:
            tx.favorites.add(attrs.evolve(again, id=FavoriteId(uuid4())))
    with kept(SYSTEM) as tx:
        assert tx.favorites.of_customer(mine) == (second, first)


def test_only_ones_own_favourite_is_removed_and_once(kept: Transactions) -> None:
    mine, theirs = (an_account(kept).customer_id for _ in range(2))
    liked = favorite(mine, mechanic_id=a_mechanic(kept).mechanic_id)
    with kept(SYSTEM) as tx:
        tx.favorites.add(liked)

    with kept(SYSTEM) as tx:
        assert not tx.favorites.remove(theirs, liked.id)
        assert tx.favorites.remove(mine, liked.id)
        assert not tx.favorites.remove(mine, liked.id)


def test_who_leaves_takes_them_along(kept: Transactions) -> None:
    vehicle, mechanic = new_vehicle(kept), a_mechanic(kept).mechanic_id
    owner = vehicle.customer_id
    with kept(SYSTEM) as tx:
        tx.vehicles.add(vehicle)
        tx.favorites.add(favorite(owner, mechanic_id=mechanic))

    with kept(SYSTEM) as tx:
        tx.erasure.forget(AccountId(owner))

    with kept(SYSTEM) as tx:
        assert tx.vehicles.of_customer(owner) == ()
        assert tx.favorites.of_customer(owner) == ()
