"""A customer's vehicles as a page shows them, and their form."""

from collections.abc import Mapping
from typing import Final

import attrs

from autodoctor.application.garage.vehicles import VehicleForm
from autodoctor.domain.garage.saved_vehicle import SavedVehicle
from autodoctor.entrypoints.web.pages.booking_answers import number
from autodoctor.entrypoints.web.pages.forms import FormView, form_view

FIELDS: Final = (
    *("vin", "year", "make", "model", "odometer_km", "plate", "colour", "nickname"),
    "primary",
)


@attrs.frozen
class VehicleCard:
    """`facts` is a line of what is known besides."""

    title: str
    facts: str
    primary: bool
    url: str


@attrs.frozen
class VehicleFormView:
    form: FormView
    makes: tuple[str, ...]
    action: str
    title: str
    removal: str = ""


def card(vehicle: SavedVehicle) -> VehicleCard:
    driven = f"{vehicle.odometer_km:,} km".replace(",", " ") if vehicle.odometer_km else ""
    made = f"{vehicle.year} {vehicle.make} {vehicle.model}"
    known = (made if vehicle.nickname else "", vehicle.colour, vehicle.plate or "", driven)
    return VehicleCard(
        title=vehicle.title,
        facts=" · ".join(filter(None, known)),
        primary=vehicle.primary,
        url=f"/customer/vehicles/{vehicle.id}",
    )


def vehicle_form(
    makes: tuple[str, ...],
    vehicle: SavedVehicle | None = None,
    values: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> VehicleFormView:
    """What was typed, or else what is kept, or else nothing."""
    form = form_view(FIELDS, values or (kept(vehicle) if vehicle else {}), errors)
    if vehicle is None:
        return VehicleFormView(form, makes, "/customer/vehicles", "Add a vehicle")
    own = f"/customer/vehicles/{vehicle.id}"
    return VehicleFormView(form, makes, own, vehicle.title, removal=f"{own}/remove")


def kept(vehicle: SavedVehicle) -> dict[str, str]:
    texts = {name: getattr(vehicle, name) for name in FIELDS if name != "primary"}
    told = {name: "" if value is None else str(value) for name, value in texts.items()}
    return told | {"primary": "true" if vehicle.primary else ""}


def form_of(values: Mapping[str, str]) -> VehicleForm:
    """Raises InvalidField for what is no number."""
    return VehicleForm(
        year=number("year", values["year"]),
        make=values["make"],
        model=values["model"],
        vin=values["vin"],
        odometer_km=number("odometer_km", values["odometer_km"]) if values["odometer_km"] else None,
        plate=values["plate"],
        colour=values["colour"],
        nickname=values["nickname"],
        primary=bool(values["primary"]),
    )
