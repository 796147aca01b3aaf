"""What is the matter: a category and the customer's own words."""

from enum import StrEnum
from typing import Final

from autodoctor.domain.shared.errors import InvalidField

LENGTH_MIN: Final = 10
LENGTH_MIN_URGENT: Final = 5
LENGTH_MAX: Final = 5000


class ConcernCategory(StrEnum):
    DIAGNOSTIC_HELP = "diagnostic_help"
    SECOND_OPINION = "second_opinion"
    DIY = "diy"
    MAINTENANCE = "maintenance"
    PRE_PURCHASE = "pre_purchase"
    WARNING_LIGHTS = "warning_lights"
    NOISE = "noise"
    BRAKES = "brakes"
    ELECTRICAL = "electrical"
    AIR_CONDITIONING = "air_conditioning"
    LEAK = "leak"
    ENGINE = "engine"
    TRANSMISSION = "transmission"
    STEERING_SUSPENSION = "steering_suspension"
    TIRES_WHEELS = "tires_wheels"
    BATTERY_CHARGING = "battery_charging"
    EXHAUST_EMISSIONS = "exhaust_emissions"
    BODY_INTERIOR = "body_interior"
    OTHER = "other"


def check_concern(text: str, *, urgent: bool) -> str:
    """The words as written, trimmed; shorter is allowed when it is urgent."""
    concern = text.strip()
    least = LENGTH_MIN_URGENT if urgent else LENGTH_MIN
    if len(concern) < least:
        raise InvalidField("concern", f"Tell us a little more: at least {least} characters.")
    if len(concern) > LENGTH_MAX:
        raise InvalidField("concern", f"At most {LENGTH_MAX} characters.")
    if "\x00" in concern:
        raise InvalidField("concern", "A text holds no NUL characters.")
    return concern
