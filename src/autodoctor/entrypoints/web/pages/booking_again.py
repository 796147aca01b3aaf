"""A booking that was begun, as the form it came from: to be changed and started anew."""

from typing import Any, Final

from autodoctor.domain.booking.intake import Intake
from autodoctor.domain.booking.vehicle import Vehicle
from autodoctor.domain.sessions.routing import RoutingKind
from autodoctor.entrypoints.web.pages.booking_draft import ANYONE, Draft

_OF_VEHICLE: Final = ("vin", "year", "make", "model", "odometer_km", "plate")


def draft_of(intake: Intake, files: tuple[tuple[str, str], ...]) -> Draft:
    """As it was typed; `files` are ids and names of those it brings along."""
    vehicle = intake.vehicle
    told: dict[str, Any] = {} if vehicle is None else _typed(vehicle)
    return Draft(
        plan=intake.plan,
        **told,
        no_vehicle=vehicle is None,
        city=intake.place.city,
        province=intake.place.province,
        mechanic=_preferred(intake),
        specialist=intake.specialist_brand is not None,
        category=intake.category.value,
        concern=intake.concern,
        urgent=intake.urgent,
        files=files,
    )


def _typed(vehicle: Vehicle) -> dict[str, str]:
    values = {name: getattr(vehicle, name) for name in _OF_VEHICLE}
    return {name: "" if value is None else str(value) for name, value in values.items()}


def _preferred(intake: Intake) -> str:
    if intake.chosen_mechanic_id is not None:
        return f"mechanic:{intake.chosen_mechanic_id}"
    if intake.workshop_id is None:
        return ANYONE
    kind = "only" if intake.routing == RoutingKind.WORKSHOP_ONLY else "first"
    return f"{kind}:{intake.workshop_id}"
