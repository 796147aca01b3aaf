"""Saved vehicles in a booking: chosen with one press, or saved on the way."""

from typing import Final

from flask import flash, request
from msgspec.structs import replace

from autodoctor.application.garage.vehicles import (
    GarageFull,
    add_vehicle,
    vehicle,
    vehicles_of,
)
from autodoctor.domain.garage.saved_vehicle import SavedVehicle
from autodoctor.domain.shared.ids import VehicleId
from autodoctor.entrypoints.web.call import Call
from autodoctor.entrypoints.web.pages.booking_draft import Draft
from autodoctor.entrypoints.web.pages.forms import attempt
from autodoctor.entrypoints.web.pages.ids import id_in
from autodoctor.entrypoints.web.pages.vehicles_view import form_of, kept
from autodoctor.entrypoints.web.parts import Option

SAVED: Final = "saved:"
"""What a button that chooses a saved vehicle begins with; its id follows."""

_TAKEN: Final = ("vin", "year", "make", "model", "odometer_km", "plate")


def choices(here: Call) -> tuple[Option, ...]:
    """One's saved vehicles as buttons."""
    mine = vehicles_of(here.ports, actor=here.who)
    return tuple(Option(f"{SAVED}{each.id}", each.title, each.plate or "") for each in mine)


def with_saved(here: Call, draft: Draft, key: str) -> Draft:
    """Raises Missing for a vehicle that is not there, or somebody else's."""
    chosen = VehicleId(id_in(key, kind="vehicle"))
    found = vehicle(here.ports, actor=here.who, vehicle_id=chosen)
    return _filled(draft, found)


def keeps() -> bool:
    """Whether the form asks to save what it describes."""
    return "keep" in request.form


def kept_for_next_time(here: Call, draft: Draft) -> Draft:
    """The booking goes on when the list of vehicles is full."""
    if not draft.make:
        return draft
    described = {name: getattr(draft, name) for name in _TAKEN}
    form = form_of(described | {"colour": "", "nickname": "", "primary": ""})
    saved = attempt(lambda: add_vehicle(here.ports, actor=here.who, form=form), GarageFull)
    if isinstance(saved, GarageFull):
        flash(saved.title, "bad")
        return draft
    return _filled(draft, saved)


def _filled(draft: Draft, saved: SavedVehicle) -> Draft:
    told = kept(saved)
    known = {name: told[name] for name in _TAKEN}
    return replace(draft, **known, saved=str(saved.id), no_vehicle=False)
