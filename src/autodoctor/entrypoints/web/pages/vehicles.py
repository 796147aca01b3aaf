"""A customer's vehicles: the list, one of them, adding, changing, removing."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from autodoctor.application.access.garage import VEHICLES
from autodoctor.application.garage.vehicles import (
    GarageFull,
    add_vehicle,
    change_vehicle,
    remove_vehicle,
    vehicle,
    vehicles_of,
)
from autodoctor.domain.garage.saved_vehicle import SavedVehicle
from autodoctor.domain.shared.errors import InvalidField, Refusal
from autodoctor.domain.shared.ids import VehicleId
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.pages.forms import attempt, typed
from autodoctor.entrypoints.web.pages.vehicles_view import FIELDS, card, form_of, vehicle_form

Page = str | tuple[str, int] | Response

pages = Blueprint("vehicles", __name__, url_prefix="/customer/vehicles")


@pages.get("")
@asks(VEHICLES)
def listed() -> Page:
    return _list(call())


@pages.post("")
@asks(VEHICLES)
def add() -> Page:
    here, values = call(), typed(FIELDS)
    saved = attempt(
        lambda: add_vehicle(here.ports, actor=here.who, form=form_of(values)),
        InvalidField,
        GarageFull,
    )
    if isinstance(saved, Refusal):
        return _list(here, values, _errors(saved)), 422
    flash(f"{saved.title} is saved.")
    return redirect("/customer/vehicles", code=303)


@pages.get("/<uuid:vehicle_id>")
@asks(VEHICLES)
def one(vehicle_id: UUID) -> Page:
    here = call()
    return _one(here, vehicle(here.ports, actor=here.who, vehicle_id=VehicleId(vehicle_id)))


@pages.post("/<uuid:vehicle_id>")
@asks(VEHICLES)
def change(vehicle_id: UUID) -> Page:
    here, values, key = call(), typed(FIELDS), VehicleId(vehicle_id)
    before = vehicle(here.ports, actor=here.who, vehicle_id=key)
    saved = attempt(
        lambda: change_vehicle(here.ports, actor=here.who, vehicle_id=key, form=form_of(values)),
        InvalidField,
    )
    if isinstance(saved, Refusal):
        return _one(here, before, values, _errors(saved)), 422
    flash(f"{saved.title} is saved.")
    return redirect("/customer/vehicles", code=303)


@pages.post("/<uuid:vehicle_id>/remove")
@asks(VEHICLES)
def remove(vehicle_id: UUID) -> Page:
    here = call()
    remove_vehicle(here.ports, actor=here.who, vehicle_id=VehicleId(vehicle_id))
    flash("The vehicle is removed. Your sessions about it stay as they are.")
    return redirect("/customer/vehicles", code=303)


def _list(
    here: Call, values: dict[str, str] | None = None, errors: dict[str, str] | None = None
) -> str:
    cards = tuple(map(card, vehicles_of(here.ports, actor=here.who)))
    view = vehicle_form(here.ports.vins.makes(), None, values, errors)
    return render_template("customer/vehicles.html", cards=cards, view=view)


def _one(
    here: Call,
    kept: SavedVehicle,
    values: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
) -> str:
    view = vehicle_form(here.ports.vins.makes(), kept, values, errors)
    return render_template("customer/vehicle.html", view=view)


def _errors(refusal: Refusal) -> dict[str, str]:
    if isinstance(refusal, InvalidField):
        return {refusal.field: refusal.reason}
    return {"form": refusal.title}
