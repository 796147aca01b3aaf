"""The words of a booking: kinds of concern, provinces, and why a mechanic fits."""

from typing import Final

from autodoctor.domain.booking.concern import ConcernCategory as C
from autodoctor.domain.matching.keywords import BY_SLUG
from autodoctor.domain.matching.score import Factor, Reason, Score
from autodoctor.entrypoints.web.parts import Option

CATEGORIES: Final = {
    C.DIAGNOSTIC_HELP: "Find out what is wrong",
    C.WARNING_LIGHTS: "A warning light",
    C.NOISE: "A noise or vibration",
    C.BRAKES: "Brakes",
    C.ENGINE: "Engine",
    C.TRANSMISSION: "Transmission or clutch",
    C.STEERING_SUSPENSION: "Steering or suspension",
    C.TIRES_WHEELS: "Tires or wheels",
    C.BATTERY_CHARGING: "Battery or charging",
    C.ELECTRICAL: "Electrical",
    C.AIR_CONDITIONING: "Air conditioning or heating",
    C.LEAK: "A leak",
    C.EXHAUST_EMISSIONS: "Exhaust or emissions",
    C.BODY_INTERIOR: "Body or interior",
    C.MAINTENANCE: "Maintenance",
    C.DIY: "Doing it myself",
    C.SECOND_OPINION: "A second opinion or a quote",
    C.PRE_PURCHASE: "Before I buy a car",
    C.OTHER: "Something else",
}
CATEGORY_OPTIONS: Final = tuple(Option(value, label) for value, label in CATEGORIES.items())

PROVINCES: Final = tuple(
    Option(code, name)
    for code, name in (
        ("AB", "Alberta"),
        ("BC", "British Columbia"),
        ("MB", "Manitoba"),
        ("NB", "New Brunswick"),
        ("NL", "Newfoundland and Labrador"),
        ("NT", "Northwest Territories"),
        ("NS", "Nova Scotia"),
        ("NU", "Nunavut"),
        ("ON", "Ontario"),
        ("PE", "Prince Edward Island"),
        ("QC", "Quebec"),
        ("SK", "Saskatchewan"),
        ("YT", "Yukon"),
    )
)


def category_words(category: str) -> str:
    """In words, for what is stored."""
    return CATEGORIES[C(category)]


def why(score: Score) -> str:
    """Why somebody fits, in a few words; what everybody online has in common is left out."""
    told = (_REASONS.get(reason.factor, "").format(_named(reason)) for reason in score.reasons)
    return "; ".join(filter(None, told))


def _named(reason: Reason) -> str:
    if reason.factor is not Factor.KEYWORDS:
        return reason.detail
    return ", ".join(BY_SLUG[slug].label.lower() for slug in reason.detail.split(", "))


_REASONS: Final = {
    Factor.KEYWORDS: "knows {}",
    Factor.BRAND: "works on {}",
    Factor.SESSIONS: "has done many sessions here",
    Factor.CITY: "is in {} too",
}
