"""From what was typed in the steps of a booking to an intake, and what is wrong on the way."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

import attrs
import msgspec

from autodoctor.application.booking.start import IntakeForm
from autodoctor.domain.booking.concern import ConcernCategory
from autodoctor.domain.booking.files import TooManyFiles
from autodoctor.domain.booking.intake import Place
from autodoctor.domain.booking.vehicle import Vehicle, check_vehicle, check_vin
from autodoctor.domain.corporate.limits import (
    DepartmentBudgetReached,
    DepartmentLimitReached,
    MonthlyLimitReached,
)
from autodoctor.domain.plans.plan import Plan
from autodoctor.domain.sessions.routing import RoutingKind
from autodoctor.domain.shared.errors import InvalidField, Refusal
from autodoctor.domain.shared.ids import FileId, MechanicId, PlanSlug, VehicleId, WorkshopId
from autodoctor.entrypoints.web.pages.booking_draft import Draft
from autodoctor.entrypoints.web.pages.forms import wrong_with
from autodoctor.ports.vin import VinDecoder

_SOUND: Final = Vehicle(2000, "make", "model")
_COUNTRY: Final = "CA"


def number(field: str, text: str) -> int:
    """A whole number as people write it: 84 000, 84,000."""
    digits = "".join(text.replace(",", "").split())
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 9):
        raise InvalidField(field, "Enter a whole number.")
    return int(digits)


def with_vin_read(draft: Draft, vins: VinDecoder) -> Draft:
    """What the number says replaces what was typed, where it says something.

    Raises InvalidField("vin").
    """
    told = vins.decode(check_vin(draft.vin))
    if not told.make:
        raise InvalidField("vin", "We do not know this number; fill in the fields below.")
    return msgspec.structs.replace(
        draft,
        vin=told.vin,
        year=str(told.year or draft.year),
        make=told.make,
        model=told.model or draft.model,
    )


def vehicle_mistakes(draft: Draft, plan: Plan, *, year_now: int) -> dict[str, str]:
    """Everything that is wrong with the vehicle at once, by field."""
    if not described(draft):
        if plan.vehicle_required and not draft.urgent:
            return {"vin": "Enter the VIN, or year, make and model."}
        return {}
    found = wrong_with(lambda: check_vin(draft.vin)) if draft.vin else {}
    found |= wrong_with(lambda: _sound_with(year_now, year=number("year", draft.year)))
    found |= wrong_with(lambda: _sound_with(year_now, make=draft.make))
    found |= wrong_with(lambda: _sound_with(year_now, model=draft.model))
    if draft.odometer_km:
        found |= wrong_with(
            lambda: _sound_with(year_now, odometer_km=number("odometer_km", draft.odometer_km))
        )
    return found


def _sound_with(year_now: int, **parts: object) -> None:
    """Checks one part alone: the others are sound."""
    check_vehicle(attrs.evolve(_SOUND, **parts), year_now=year_now)  # type: ignore[arg-type]


def described(draft: Draft) -> bool:
    """Whether anything is said of the vehicle itself; a plate alone does not describe it."""
    return bool(draft.vin or draft.year or draft.make or draft.model)


def vehicle_of(draft: Draft) -> Vehicle | None:
    if draft.no_vehicle or not described(draft):
        return None
    return Vehicle(
        number("year", draft.year),
        draft.make,
        draft.model,
        draft.vin or None,
        number("odometer_km", draft.odometer_km) if draft.odometer_km else None,
        draft.plate or None,
    )


@attrs.frozen
class Preference:
    """Whom the customer would rather talk to."""

    routing: RoutingKind = RoutingKind.BROADCAST
    workshop_id: WorkshopId | None = None
    mechanic_id: MechanicId | None = None


def preference(text: str) -> Preference:
    """What a draft calls `mechanic`; whatever it does not know is anyone."""
    kind, _, key = text.partition(":")
    try:
        chosen = UUID(key)
    except ValueError:
        return Preference()
    match kind:
        case "mechanic":
            return Preference(mechanic_id=MechanicId(chosen))
        case "first":
            return Preference(RoutingKind.HYBRID, WorkshopId(chosen))
        case "only":
            return Preference(RoutingKind.WORKSHOP_ONLY, WorkshopId(chosen))
        case _:
            return Preference()


def intake_form(draft: Draft) -> IntakeForm:
    """Raises InvalidField for what only a hand-made address can hold."""
    wanted = preference(draft.mechanic)
    return IntakeForm(
        plan=PlanSlug(draft.plan),
        concern=draft.concern,
        category=_category(draft.category),
        vehicle=vehicle_of(draft),
        vehicle_id=VehicleId(UUID(draft.saved)) if draft.saved else None,
        urgent=draft.urgent,
        file_ids=tuple(_file_ids(draft)),
        place=Place(draft.city, draft.province, _COUNTRY if draft.city or draft.province else ""),
        routing=wanted.routing,
        workshop_id=wanted.workshop_id,
        chosen_mechanic_id=wanted.mechanic_id,
        specialist_brand=draft.make if draft.specialist and draft.make else None,
        private=draft.private,
    )


def _category(text: str) -> ConcernCategory:
    try:
        return ConcernCategory(text)
    except ValueError:
        raise InvalidField("category", "Choose what comes closest.") from None


def _file_ids(draft: Draft) -> list[FileId]:
    try:
        return [FileId(UUID(file_id)) for file_id, _name in draft.files]
    except ValueError:
        raise InvalidField("files", "Upload each file first.") from None


def step_of(refusal: Refusal) -> str:
    """The step that asks for what was refused."""
    field = refusal.field if isinstance(refusal, InvalidField) else ""
    return "vehicle" if field in _OF_VEHICLE else "concern"


def errors_of(refusal: Refusal) -> dict[str, str]:
    """By the names of the form."""
    match refusal:
        case TooManyFiles(allowed=allowed):
            return {"files": f"This plan takes {allowed}. Remove some, or choose another plan."}
        case InvalidField(field=field, reason=reason):
            return {_FORM_NAMES.get(field, field): reason}
        case MonthlyLimitReached() | DepartmentLimitReached() | DepartmentBudgetReached():
            return {"private": refusal.title}
        case _:
            return {"form": refusal.title}


_OF_VEHICLE: Final = frozenset({"vehicle", "vin", "year", "make", "model", "odometer_km"})
_FORM_NAMES: Final[Mapping[str, str]] = {"file_ids": "files", "vehicle": "vin"}
