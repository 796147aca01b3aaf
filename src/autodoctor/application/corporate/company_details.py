"""What a company tells of itself, as people type it, and what it becomes."""

from collections.abc import Callable
from typing import Final

import attrs

from autodoctor.application.accounts.profile import check_phone
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.corporate.organization import BusinessType, Organization, Profile
from autodoctor.domain.corporate.tier import Tier
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.texts import check_line, check_postal_code
from autodoctor.domain.workshops.tax import Province

FLEET_SIZE_MAX: Final = 100_000


@attrs.frozen(kw_only=True)
class CompanyDetails:
    """`business_type`, `tier` and `province` are codes."""

    name: str
    contact_name: str
    email: str
    business_type: str
    tier: str = Tier.STARTER
    registration_number: str = ""
    tax_id: str = ""
    industry: str = ""
    fleet_size: int = 0
    phone: str = ""
    street: str = ""
    city: str = ""
    province: str = ""
    postal_code: str = ""


def _business_type(text: str) -> BusinessType:
    if text not in set(BusinessType):
        raise InvalidField("business_type", f"One of {', '.join(BusinessType)}.")
    return BusinessType(text)


def check_tier(text: str) -> Tier:
    """Raises InvalidField."""
    if text not in set(Tier):
        raise InvalidField("tier", f"One of {', '.join(Tier)}.")
    return Tier(text)


def _province(code: str) -> str:
    if code and code not in set(Province):
        raise InvalidField("province", "Choose a province or territory, such as ON.")
    return code


def _fleet_size(vehicles: int) -> int:
    if not 0 <= vehicles <= FLEET_SIZE_MAX:
        raise InvalidField("fleet_size", f"From 0 to {FLEET_SIZE_MAX} vehicles.")
    return vehicles


def _line(name: str) -> Callable[[CompanyDetails], str]:
    return lambda told: check_line(name, getattr(told, name), least=0)


_CHECKS: Final[dict[str, Callable[[CompanyDetails], object]]] = {
    "name": lambda d: check_line("name", d.name),
    "business_type": lambda d: _business_type(d.business_type),
    "registration_number": _line("registration_number"),
    "tax_id": _line("tax_id"),
    "industry": _line("industry"),
    "fleet_size": lambda d: _fleet_size(d.fleet_size),
    "tier": lambda d: check_tier(d.tier),
    "contact_name": lambda d: check_line("contact_name", d.contact_name),
    "email": lambda d: EmailAddress.parse(d.email).text,
    "phone": lambda d: check_phone(d.phone),
    "street": _line("street"),
    "city": _line("city"),
    "province": lambda d: _province(d.province.strip().upper()),
    "postal_code": lambda d: check_postal_code(d.postal_code) if d.postal_code.strip() else "",
}
"""In the order of the form; each gives the value as it is kept."""


def checked(details: CompanyDetails) -> CompanyDetails:
    """As they are kept. Raises InvalidField for the first that does not fit."""
    return attrs.evolve(details, **{name: check(details) for name, check in _CHECKS.items()})  # type: ignore[arg-type]


def company_mistakes(details: CompanyDetails) -> dict[str, str]:
    """Everything that is wrong at once, by field, in the order of the form."""
    found: dict[str, str] = {}
    for check in _CHECKS.values():
        try:
            check(details)
        except InvalidField as wrong:
            found[wrong.field] = wrong.reason
    return found


_OF_PROFILE: Final = tuple(field.name for field in attrs.fields(Profile))


def told(organization: Organization, details: CompanyDetails) -> Organization:
    """With these details, which are checked. The tier is a matter of its own."""
    profile = Profile(**{name: getattr(details, name) for name in _OF_PROFILE})
    kind = BusinessType(details.business_type)
    return attrs.evolve(organization, name=details.name, business_type=kind, profile=profile)


def details_of(organization: Organization) -> CompanyDetails:
    """As it told them before."""
    return CompanyDetails(
        name=organization.name,
        business_type=organization.business_type,
        tier=organization.tier,
        **attrs.asdict(organization.profile, recurse=False),
    )
