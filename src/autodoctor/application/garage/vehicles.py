"""A customer's saved vehicles. While there is any, exactly one is the primary one."""

import attrs

from autodoctor.application.access.garage import VEHICLES
from autodoctor.application.access.may import Whose, may
from autodoctor.domain.booking.vehicle import Vehicle, check_vehicle, check_vin
from autodoctor.domain.garage.saved_vehicle import SavedVehicle, check_texts, with_primary
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.ids import VehicleId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction

VEHICLES_MAX = 20


@attrs.frozen
class GarageFull(Conflict):
    """Your list of vehicles is full; remove one first."""

    most: int


@attrs.frozen(kw_only=True)
class VehicleForm:
    """`primary` makes it the one that is offered first; the first one always is."""

    year: int
    make: str
    model: str
    vin: str = ""
    odometer_km: int | None = None
    plate: str = ""
    colour: str = ""
    nickname: str = ""
    primary: bool = False


def vehicles_of(ports: Ports, *, actor: Actor) -> tuple[SavedVehicle, ...]:
    """The primary one first."""
    may(actor, VEHICLES)
    with ports.transactions(actor) as tx:
        return tx.vehicles.of_customer(actor.customer_id)


def vehicle(ports: Ports, *, actor: Actor, vehicle_id: VehicleId) -> SavedVehicle:
    """Raises Missing for somebody else's."""
    may(actor, VEHICLES)
    with ports.transactions(actor) as tx:
        return _own(tx, actor, vehicle_id)


def add_vehicle(ports: Ports, *, actor: Actor, form: VehicleForm) -> SavedVehicle:
    """Raises InvalidField, GarageFull."""
    may(actor, VEHICLES)
    at = ports.now()
    blank = SavedVehicle(
        id=VehicleId(ports.ids.new()),
        customer_id=actor.customer_id,
        created_at=at,
        year=form.year,
        make="",
        model="",
    )
    new = _described(blank, form, year_now=at.year)
    with ports.transactions(actor) as tx:
        known = _alone_with(tx, actor)
        if len(known) >= VEHICLES_MAX:
            raise GarageFull(VEHICLES_MAX)
        tx.vehicles.add(new)
        return _settle(tx, actor, new.id, chosen=new.id if form.primary else _primary(known))


def change_vehicle(
    ports: Ports, *, actor: Actor, vehicle_id: VehicleId, form: VehicleForm
) -> SavedVehicle:
    """Bookings it was used in keep what it was then. Raises Missing, InvalidField."""
    may(actor, VEHICLES)
    with ports.transactions(actor) as tx:
        known = _alone_with(tx, actor)
        before = _own(tx, actor, vehicle_id)
        tx.vehicles.save(_described(before, form, year_now=ports.now().year))
        chosen = vehicle_id if form.primary else _primary(known)
        return _settle(tx, actor, vehicle_id, chosen=chosen)


def remove_vehicle(ports: Ports, *, actor: Actor, vehicle_id: VehicleId) -> None:
    """The oldest of the others becomes the primary one when it was. Raises Missing."""
    may(actor, VEHICLES)
    with ports.transactions(actor) as tx:
        known = _alone_with(tx, actor)
        _own(tx, actor, vehicle_id)
        tx.vehicles.remove(vehicle_id)
        left = tuple(each for each in known if each.id != vehicle_id)
        for each in with_primary(left, _primary(left)):
            tx.vehicles.save(each)


def _alone_with(tx: Transaction, actor: Actor) -> tuple[SavedVehicle, ...]:
    """The customer's vehicles; nobody else changes them until the transaction ends."""
    tx.accounts.get(actor.account_id, lock=True)
    return tx.vehicles.of_customer(actor.customer_id)


def _own(tx: Transaction, actor: Actor, vehicle_id: VehicleId) -> SavedVehicle:
    found = tx.vehicles.get(vehicle_id)
    may(actor, VEHICLES, Whose(customer_id=found.customer_id))
    return found


def _primary(vehicles: tuple[SavedVehicle, ...]) -> VehicleId | None:
    return next((each.id for each in vehicles if each.primary), None)


def _settle(
    tx: Transaction, actor: Actor, vehicle_id: VehicleId, *, chosen: VehicleId | None
) -> SavedVehicle:
    for each in with_primary(tx.vehicles.of_customer(actor.customer_id), chosen):
        tx.vehicles.save(each)
    return tx.vehicles.get(vehicle_id)


def _described(kept: SavedVehicle, form: VehicleForm, *, year_now: int) -> SavedVehicle:
    """`kept` with what the form says. Raises InvalidField."""
    vin = check_vin(form.vin) if form.vin.strip() else None
    make, model = form.make.strip(), form.model.strip()
    check_vehicle(Vehicle(form.year, make, model, vin, form.odometer_km), year_now=year_now)
    return check_texts(
        attrs.evolve(
            kept,
            year=form.year,
            make=make,
            model=model,
            vin=vin,
            odometer_km=form.odometer_km,
            plate=form.plate.strip() or None,
            colour=form.colour.strip(),
            nickname=form.nickname.strip(),
        )
    )
