"""What a company tells of itself as a form: what it asks, and what it becomes."""

from collections.abc import Mapping
from typing import Any, Final

import attrs

from autodoctor.application.corporate.company_details import CompanyDetails
from autodoctor.domain.corporate.organization import BusinessType
from autodoctor.domain.corporate.tier import SEATS_AGREED_MIN, Tier
from autodoctor.entrypoints.web.formats import price_text
from autodoctor.entrypoints.web.pages.forms import FormView
from autodoctor.entrypoints.web.pages.workshop_form import PROVINCES
from autodoctor.entrypoints.web.parts import Option

LINES: Final = (
    *("name", "business_type", "registration_number", "tax_id", "industry"),
    *("contact_name", "email", "phone", "street", "city", "province", "postal_code"),
)
PROFILE_NAMES: Final = (*LINES, "fleet_size")
NAMES: Final = (*PROFILE_NAMES, "tier")
DEFAULTS: Final = {"business_type": "fleet", "tier": "starter"}
BUSINESSES: Final = {
    BusinessType.FLEET: "A fleet of our own",
    BusinessType.DEALERSHIP: "Dealership",
    BusinessType.REPAIR: "Repair",
    BusinessType.RENTAL: "Rental",
    BusinessType.TAXI: "Taxi",
    BusinessType.TRUCKING: "Trucking",
    BusinessType.OTHER: "Something else",
}
TIER_NAMES: Final = {
    Tier.STARTER: "Starter",
    Tier.PROFESSIONAL: "Professional",
    Tier.ENTERPRISE: "Enterprise",
}
_SIZES: Final = {
    Tier.STARTER: f"1 to {Tier.STARTER.seats} employees",
    Tier.PROFESSIONAL: f"{Tier.STARTER.seats + 1} to {Tier.PROFESSIONAL.seats} employees",
    Tier.ENTERPRISE: f"{SEATS_AGREED_MIN} or more",
}
_NO_NUMBER: Final = -1
"""Refused by the same check that refuses a number out of bounds."""


@attrs.frozen
class CompanyFormView:
    form: FormView
    businesses: tuple[Option, ...] = tuple(
        Option(kind.value, label) for kind, label in BUSINESSES.items()
    )
    provinces: tuple[Option, ...] = PROVINCES
    tiers: tuple[Option, ...] = ()


def company_form(form: FormView) -> CompanyFormView:
    return CompanyFormView(form, tiers=tuple(map(_tier, Tier)))


def _tier(tier: Tier) -> Option:
    price = tier.monthly_price
    aside = "Price by agreement" if price is None else f"{price_text(price)} a month"
    return Option(tier.value, TIER_NAMES[tier], hint=_SIZES[tier], aside=aside)


def details_of_form(values: Mapping[str, str]) -> CompanyDetails:
    """An empty fleet is one of none; the profile's form asks for no tier."""
    told: dict[str, Any] = {name: values[name] for name in LINES}
    tier = values.get("tier", Tier.STARTER.value)
    return CompanyDetails(**told, fleet_size=_number(values["fleet_size"]), tier=tier)


def values_of(details: CompanyDetails) -> dict[str, str]:
    """What was told before, as the form shows it."""
    return {name: str(getattr(details, name)) for name in NAMES}


def _number(text: str) -> int:
    if not text:
        return 0
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else _NO_NUMBER
