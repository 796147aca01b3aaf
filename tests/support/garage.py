"""Vehicles that may be kept."""

from uuid import uuid4

from autodoctor.domain.garage.saved_vehicle import SavedVehicle
from autodoctor.domain.shared.ids import VehicleId
from autodoctor.ports.transactions import Transactions
from support.scenery import AT, an_account


def new_vehicle(kept: Transactions, *, primary: bool = False) -> SavedVehicle:
    """Of a customer of its own."""
    return SavedVehicle(
        id=VehicleId(uuid4()),
        customer_id=an_account(kept).customer_id,
        created_at=AT,
        year=2015,
        make="Honda",
        model="Civic",
        vin="1HGCM82633A004352",
        odometer_km=80_000,
        plate="ABC 1",
        colour="blue",
        nickname="Blue",
        primary=primary,
    )
