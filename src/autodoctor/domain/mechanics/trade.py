"""What mechanics say they can do: kinds of work, makes of cars, languages they advise in."""

from typing import Final

from autodoctor.domain.shared.errors import InvalidField

SPECIALIZATIONS: Final = (
    "Engine diagnostics",
    "Electrical",
    "Brakes",
    "Transmissions",
    "Steering and suspension",
    "Heating and air conditioning",
    "Hybrid and electric",
    "Diesel",
    "Fuel and exhaust",
    "Body and glass",
    "Tires and wheels",
    "Pre-purchase inspection",
    "Classic cars",
)
BRANDS: Final = (
    "Acura",
    "Audi",
    "BMW",
    "Cadillac",
    "Chevrolet",
    "Chrysler",
    "Dodge",
    "Ford",
    "GMC",
    "Honda",
    "Hyundai",
    "Infiniti",
    "Jaguar",
    "Jeep",
    "Kia",
    "Land Rover",
    "Lexus",
    "Lincoln",
    "Mazda",
    "Mercedes-Benz",
    "MINI",
    "Mitsubishi",
    "Nissan",
    "Porsche",
    "Ram",
    "Subaru",
    "Tesla",
    "Toyota",
    "Volkswagen",
    "Volvo",
)
LANGUAGES: Final = {
    "en": "English",
    "fr": "French",
    "ar": "Arabic",
    "zh": "Chinese",
    "hi": "Hindi",
    "pa": "Punjabi",
    "pt": "Portuguese",
    "es": "Spanish",
    "tl": "Tagalog",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
}
"""By ISO 639-1 code."""


def check_specializations(chosen: tuple[str, ...]) -> tuple[str, ...]:
    """At least one, in the order of the list."""
    if not chosen:
        raise InvalidField("specializations", "Choose at least one.")
    return _known("specializations", chosen, SPECIALIZATIONS)


def check_brands(chosen: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_known("brands", chosen, BRANDS))


def check_languages(chosen: tuple[str, ...]) -> tuple[str, ...]:
    """At least one code, in the order of the list."""
    if not chosen:
        raise InvalidField("languages", "Choose at least one.")
    return _known("languages", chosen, tuple(LANGUAGES))


def _known(field: str, chosen: tuple[str, ...], offered: tuple[str, ...]) -> tuple[str, ...]:
    if not set(chosen) <= set(offered):
        raise InvalidField(field, "Choose from the list.")
    return tuple(each for each in offered if each in chosen)
