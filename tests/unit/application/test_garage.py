"""Customers keep vehicles and favourites; those of somebody else are not there."""

from uuid import uuid4

import attrs
import pytest

from autodoctor.application.access.may import WrongRole
from autodoctor.application.booking.start import IntakeForm, start_intake
from autodoctor.application.garage.favorites import add_favorite, favorites_of, remove_favorite
from autodoctor.application.garage.vehicles import (
    VEHICLES_MAX,
    GarageFull,
    VehicleForm,
    add_vehicle,
    change_vehicle,
    remove_vehicle,
    vehicles_of,
)
from autodoctor.domain.booking.vehicle import Vehicle
from autodoctor.domain.garage.favorite import AlreadyFavorite
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import FavoriteId, MechanicId, PlanSlug, VehicleId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing
from autodoctor.testing.ports import a_customer, a_mechanic, memory_ports

CIVIC = VehicleForm(
    year=2015, make="Honda", model="Civic", vin="1hgcm82633a004352", plate=" ABC 1 "
)


@pytest.fixture
def ports() -> Ports:
    return memory_ports()


@pytest.fixture
def owner(ports: Ports) -> Actor:
    return a_customer(ports)


def primaries(ports: Ports, owner: Actor) -> list[VehicleId]:
    return [each.id for each in vehicles_of(ports, actor=owner) if each.primary]


def test_the_first_vehicle_is_the_primary_one(ports: Ports, owner: Actor) -> None:
    kept = add_vehicle(ports, actor=owner, form=CIVIC)

    assert kept.primary
    assert (kept.vin, kept.plate) == ("1HGCM82633A004352", "ABC 1")
    assert vehicles_of(ports, actor=owner) == (kept,)


def test_one_is_primary_however_they_are_added_changed_and_removed(
    ports: Ports, owner: Actor
) -> None:
    first = add_vehicle(ports, actor=owner, form=CIVIC)
    second = add_vehicle(ports, actor=owner, form=attrs.evolve(CIVIC, primary=True))
    assert primaries(ports, owner) == [second.id]

    change_vehicle(ports, actor=owner, vehicle_id=second.id, form=CIVIC)
    assert primaries(ports, owner) == [second.id]

    remove_vehicle(ports, actor=owner, vehicle_id=second.id)
    assert primaries(ports, owner) == [first.id]

    remove_vehicle(ports, actor=owner, vehicle_id=first.id)
    assert vehicles_of(ports, actor=owner) == ()


def test_what_is_wrong_is_named_and_nothing_is_kept(ports: Ports, owner: Actor) -> None:
    for field, value in (("year", 1800), ("make", " "), ("vin", "123"), ("nickname", "x" * 41)):
        with pytest.raises(InvalidField) as refused:
            add_vehicle(ports, actor=owner, form=attrs.evolve(CIVIC, **{field: value}))  # type: ignore[arg-type]
        assert refused.value.field == field

    assert vehicles_of(ports, actor=owner) == ()


def test_the_list_has_an_end(ports: Ports, owner: Actor) -> None:
    for _ in range(VEHICLES_MAX):
        add_vehicle(ports, actor=owner, form=CIVIC)

    with pytest.raises(GarageFull):
        add_vehicle(ports, actor=owner, form=CIVIC)


def test_somebody_elses_vehicle_is_not_there(ports: Ports, owner: Actor) -> None:
    theirs = add_vehicle(ports, actor=a_customer(ports), form=CIVIC)
    form = IntakeForm(plan=PlanSlug("quick-chat"), concern="Grinding noise", vehicle_id=theirs.id)

    for step in (
        lambda: change_vehicle(ports, actor=owner, vehicle_id=theirs.id, form=CIVIC),
        lambda: remove_vehicle(ports, actor=owner, vehicle_id=theirs.id),
        lambda: start_intake(ports, actor=owner, form=form),
    ):
        with pytest.raises(Missing):
            step()
    with pytest.raises(WrongRole):
        vehicles_of(ports, actor=a_mechanic(ports))


def test_a_booking_takes_the_saved_vehicle_and_keeps_what_it_was(
    ports: Ports, owner: Actor
) -> None:
    saved = add_vehicle(ports, actor=owner, form=attrs.evolve(CIVIC, odometer_km=80_000))
    form = IntakeForm(plan=PlanSlug("quick-chat"), concern="Grinding noise", vehicle_id=saved.id)

    intake = start_intake(ports, actor=owner, form=form)
    remove_vehicle(ports, actor=owner, vehicle_id=saved.id)

    assert intake.vehicle == Vehicle(2015, "Honda", "Civic", "1HGCM82633A004352", 80_000, "ABC 1")
    assert intake.vehicle_id == saved.id
    with ports.transactions(SYSTEM) as tx:
        after = tx.intakes.get(intake.id)
    assert (after.vehicle, after.vehicle_id) == (intake.vehicle, None)


def test_a_favourite_is_kept_once_and_goes(ports: Ports, owner: Actor) -> None:
    mechanic = a_mechanic(ports).mechanic_id

    liked = add_favorite(ports, actor=owner, mechanic_id=mechanic)

    assert liked.mechanic is not None
    assert favorites_of(ports, actor=owner) == (liked,)
    with pytest.raises(AlreadyFavorite):
        add_favorite(ports, actor=owner, mechanic_id=mechanic)
    remove_favorite(ports, actor=owner, favorite_id=liked.favorite.id)
    assert favorites_of(ports, actor=owner) == ()


def test_only_who_works_here_is_liked_and_only_ones_own_are_removed(
    ports: Ports, owner: Actor
) -> None:
    applicant = a_mechanic(ports)
    with ports.transactions(SYSTEM) as tx:
        tx.mechanics.save(attrs.evolve(tx.mechanics.get(applicant.mechanic_id), approved=False))
    liked = add_favorite(ports, actor=a_customer(ports), mechanic_id=a_mechanic(ports).mechanic_id)

    with pytest.raises(Missing):
        add_favorite(ports, actor=owner, mechanic_id=applicant.mechanic_id)
    with pytest.raises(Missing):
        add_favorite(ports, actor=owner, mechanic_id=MechanicId(uuid4()))
    with pytest.raises(InvalidField):
        add_favorite(ports, actor=owner)
    with pytest.raises(Missing):
        remove_favorite(ports, actor=owner, favorite_id=liked.favorite.id)
    with pytest.raises(Missing):
        remove_favorite(ports, actor=owner, favorite_id=FavoriteId(uuid4()))
