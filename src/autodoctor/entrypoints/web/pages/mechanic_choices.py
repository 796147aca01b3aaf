"""What a mechanic's forms offer to choose from."""

from typing import Final

import attrs

from autodoctor.domain.matching.keywords import KEYWORDS
from autodoctor.domain.mechanics.particulars import ServiceTier
from autodoctor.domain.mechanics.trade import BRANDS, LANGUAGES, SPECIALIZATIONS
from autodoctor.entrypoints.web.pages.booking_words import PROVINCES
from autodoctor.entrypoints.web.pages.sign_up_form import LANGUAGES as OWN_LANGUAGES
from autodoctor.entrypoints.web.pages.sign_up_form import zone_options
from autodoctor.entrypoints.web.parts import Option

TIERS: Final = (
    Option(
        ServiceTier.VIRTUAL_ONLY,
        "Online only",
        hint="You advise by chat, from wherever you are. No workshop needed.",
    ),
    Option(
        ServiceTier.VIRTUAL_AND_WORKSHOP,
        "Online and in a workshop",
        hint="You advise online, and repairs go to a workshop that has invited you.",
    ),
)
TIER_WORDS: Final = {option.value: option.label for option in TIERS}
PAYOUT_COUNTRIES: Final = (Option("CA", "Canada"), Option("US", "United States"))
CERTIFICATION_TYPES: Final = (
    "310S Automotive service technician",
    "310T Truck and coach technician",
    "ASE",
    "Refrigerant handling (ODP)",
    "Hybrid and electric vehicles",
    "Manufacturer training",
)


@attrs.frozen
class Choices:
    zones: tuple[Option, ...]
    provinces: tuple[Option, ...] = PROVINCES
    own_languages: tuple[Option, ...] = OWN_LANGUAGES
    specializations: tuple[Option, ...] = tuple(Option(each, each) for each in SPECIALIZATIONS)
    brands: tuple[Option, ...] = tuple(Option(each, each) for each in BRANDS)
    keywords: tuple[Option, ...] = tuple(Option(each.slug, each.label) for each in KEYWORDS)
    languages: tuple[Option, ...] = tuple(Option(code, name) for code, name in LANGUAGES.items())
    tiers: tuple[Option, ...] = TIERS
    payout_countries: tuple[Option, ...] = PAYOUT_COUNTRIES
    certification_types: tuple[str, ...] = CERTIFICATION_TYPES


def choices(time_zone: str) -> Choices:
    return Choices(zone_options(time_zone))
