"""The details of a business, as people type them, and what they become."""

from collections.abc import Callable
from typing import Final

import attrs

from autodoctor.application.accounts.profile import check_phone
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.texts import check_line, check_postal_code
from autodoctor.domain.workshops.profile import (
    CAPACITY_DEFAULT,
    RADIUS_KM_DEFAULT,
    Hours,
    Profile,
    check_capacity,
    check_coverage,
    check_description,
    check_hours,
    check_radius,
    check_website,
)
from autodoctor.domain.workshops.tax import Province
from autodoctor.domain.workshops.workshop import Workshop


@attrs.frozen(kw_only=True)
class Details:
    name: str
    contact_name: str
    email: str
    registration_number: str
    tax_id: str
    street: str
    city: str
    province: str
    postal_code: str
    coverage: tuple[str, ...]
    radius_km: int = RADIUS_KM_DEFAULT
    capacity: int = CAPACITY_DEFAULT
    phone: str = ""
    website: str = ""
    description: str = ""
    hours: tuple[Hours, ...] = ()


def _province(code: str) -> str:
    if code.strip().upper() not in set(Province):
        raise InvalidField("province", "Choose a province or territory, such as ON.")
    return code.strip().upper()


_CHECKS: Final[dict[str, Callable[[Details], object]]] = {
    "name": lambda d: check_line("name", d.name),
    "contact_name": lambda d: check_line("contact_name", d.contact_name),
    "email": lambda d: EmailAddress.parse(d.email).text,
    "phone": lambda d: check_phone(d.phone),
    "registration_number": lambda d: check_line("registration_number", d.registration_number),
    "tax_id": lambda d: check_line("tax_id", d.tax_id),
    "street": lambda d: check_line("street", d.street),
    "city": lambda d: check_line("city", d.city),
    "province": lambda d: _province(d.province),
    "postal_code": lambda d: check_postal_code(d.postal_code),
    "coverage": lambda d: check_coverage(d.coverage),
    "radius_km": lambda d: check_radius(d.radius_km),
    "capacity": lambda d: check_capacity(d.capacity),
    "website": lambda d: check_website(d.website),
    "description": lambda d: check_description(d.description),
    "hours": lambda d: check_hours(d.hours),
}
"""In the order of the form; each gives the value as it is kept."""


def checked(details: Details) -> Details:
    """As they are kept. Raises InvalidField for the first that does not fit."""
    return attrs.evolve(details, **{name: check(details) for name, check in _CHECKS.items()})  # type: ignore[arg-type]


def details_mistakes(details: Details) -> dict[str, str]:
    """Everything that is wrong at once, by field, in the order of the form."""
    found: dict[str, str] = {}
    for check in _CHECKS.values():
        try:
            check(details)
        except InvalidField as wrong:
            found[wrong.field] = wrong.reason
    return found


_OF_WORKSHOP: Final = ("name", "city", "province")


def told(workshop: Workshop, details: Details) -> Workshop:
    """With these details, which are checked; its logo stays."""
    values = attrs.asdict(details, recurse=False)
    own = {name: values.pop(name) for name in _OF_WORKSHOP}
    profile = Profile(country="CA", logo_key=workshop.profile.logo_key, **values)
    return attrs.evolve(workshop, profile=profile, **own)


def details_of(workshop: Workshop) -> Details:
    """As it told them before."""
    names = {field.name for field in attrs.fields(Details)}
    profile = attrs.asdict(workshop.profile, recurse=False)
    kept = {name: value for name, value in profile.items() if name in names}
    own = {name: getattr(workshop, name) for name in _OF_WORKSHOP}
    return Details(**kept, **own)
