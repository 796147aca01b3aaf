"""The service keywords, and finding them in what a customer writes.

Thirty-five keywords in ten categories; each is found by its phrases on word boundaries,
so that "backache" is no air conditioning.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

import attrs

from autodoctor.domain.shared.errors import InvalidField


class KeywordCategory(StrEnum):
    ENGINE = "engine"
    BRAKES = "brakes"
    ELECTRICAL = "electrical"
    DRIVETRAIN = "drivetrain"
    STEERING_SUSPENSION = "steering_suspension"
    TIRES = "tires"
    CLIMATE = "climate"
    FUEL_EXHAUST = "fuel_exhaust"
    BODY = "body"
    SERVICE = "service"


@attrs.frozen
class Keyword:
    """`slug` is stored; `phrases` are lower-case words as people write them."""

    slug: str
    label: str
    category: KeywordCategory
    phrases: tuple[str, ...]


C = KeywordCategory
KEYWORDS: Final = (
    Keyword("check-engine", "Check engine light", C.ENGINE, ("check engine", "cel", "engine light")),
    Keyword("engine-noise", "Engine noise", C.ENGINE, ("engine noise", "knocking", "ticking")),
    Keyword("misfire", "Misfire", C.ENGINE, ("misfire", "misfires", "misfiring", "rough idle")),
    Keyword("overheating", "Overheating", C.ENGINE, ("overheating", "overheats", "overheated")),
    Keyword("oil-leak", "Oil leak", C.ENGINE, ("oil leak", "leaking oil", "oil leaking")),
    Keyword("coolant", "Coolant", C.ENGINE, ("coolant", "antifreeze", "radiator")),
    Keyword("timing-belt", "Timing belt or chain", C.ENGINE, ("timing belt", "timing chain")),
    Keyword("turbo", "Turbocharger", C.ENGINE, ("turbo", "turbocharger", "boost")),
    Keyword("brakes", "Brakes", C.BRAKES, ("brake", "brakes", "braking")),
    Keyword("brake-noise", "Brake noise", C.BRAKES, ("brake noise", "noisy brakes", "squeaky brakes", "squeaking brakes", "squealing brakes", "brakes squeal", "brake squeal", "grinding brakes", "brakes grind", "brakes squeak")),
    Keyword("abs", "ABS", C.BRAKES, ("abs", "anti-lock")),
    Keyword("battery", "Battery", C.ELECTRICAL, ("battery", "jump start", "dead battery")),
    Keyword("alternator", "Alternator", C.ELECTRICAL, ("alternator", "not charging")),
    Keyword("no-start", "Does not start", C.ELECTRICAL, ("no start", "won't start", "wont start", "will not start", "doesn't start", "not starting", "starter")),
    Keyword("electrical", "Electrical fault", C.ELECTRICAL, ("electrical", "fuse", "wiring", "short circuit")),
    Keyword("lights", "Lights", C.ELECTRICAL, ("headlight", "headlights", "tail light", "bulb")),
    Keyword("hybrid-ev", "Hybrid or electric", C.ELECTRICAL, ("hybrid", "electric vehicle", "ev", "high voltage")),
    Keyword("transmission", "Transmission", C.DRIVETRAIN, ("transmission", "gearbox", "shifting", "gear slipping")),
    Keyword("clutch", "Clutch", C.DRIVETRAIN, ("clutch",)),
    Keyword("drivetrain", "Axle and driveshaft", C.DRIVETRAIN, ("axle", "driveshaft", "cv joint", "differential", "awd", "4x4")),
    Keyword("suspension", "Suspension", C.STEERING_SUSPENSION, ("suspension", "shock", "shocks", "strut", "struts")),
    Keyword("steering", "Steering", C.STEERING_SUSPENSION, ("steering", "power steering")),
    Keyword("alignment", "Alignment", C.STEERING_SUSPENSION, ("alignment", "pulls to the left", "pulls to the right", "pulling to one side")),
    Keyword("vibration", "Vibration", C.STEERING_SUSPENSION, ("vibration", "vibrates", "vibrating", "shaking", "wobble")),
    Keyword("tires", "Tires", C.TIRES, ("tire", "tires", "tyre", "tyres", "flat", "puncture")),
    Keyword("tpms", "Tire pressure", C.TIRES, ("tpms", "tire pressure")),
    Keyword("air-conditioning", "Air conditioning", C.CLIMATE, ("ac", "a/c", "air conditioning", "air conditioner")),
    Keyword("heating", "Heating", C.CLIMATE, ("heater", "heating", "no heat")),
    Keyword("fuel", "Fuel system", C.FUEL_EXHAUST, ("fuel", "fuel pump", "injector", "gas mileage")),
    Keyword("exhaust", "Exhaust", C.FUEL_EXHAUST, ("exhaust", "muffler", "catalytic converter")),
    Keyword("smoke", "Smoke", C.FUEL_EXHAUST, ("smoke", "smoking", "burning smell")),
    Keyword("body", "Doors, windows, locks", C.BODY, ("window", "windows", "door", "doors", "locks", "central locking", "sunroof")),
    Keyword("maintenance", "Maintenance", C.SERVICE, ("oil change", "maintenance", "tune up", "service interval")),
    Keyword("inspection", "Inspection", C.SERVICE, ("inspection", "pre-purchase", "buying a used")),
    Keyword("diagnostic-codes", "Fault codes", C.SERVICE, ("obd", "obd2", "fault code", "trouble code", "error code")),
)  # fmt: skip
BY_SLUG: Final = {keyword.slug: keyword for keyword in KEYWORDS}


_PUNCTUATION: Final = str.maketrans(
    {
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{MODIFIER LETTER APOSTROPHE}": "'",
        "\N{ACUTE ACCENT}": "'",
        "\N{GRAVE ACCENT}": "'",
        "\N{HYPHEN}": "-",
        "\N{NON-BREAKING HYPHEN}": "-",
        "\N{EN DASH}": "-",
        "\N{EM DASH}": "-",
    }
)


def pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Finds any of the phrases in lower-case text, as whole words.

    A boundary is anything but a letter or digit, so that "a/c" and "won't" are words.

    Between the words of a phrase there is white space, a hyphen, or nothing: people write
    "pre-purchase", "pre purchase" and "prepurchase".
    """
    split = (re.split("[ -]", phrase) for phrase in phrases)
    either = "|".join(r"[\s-]*".join(map(re.escape, words)) for words in split)
    return re.compile(rf"(?<![^\W_])(?:{either})(?![^\W_])")


_PATTERNS: Final = {keyword.slug: pattern(keyword.phrases) for keyword in KEYWORDS}


def extract(text: str) -> tuple[str, ...]:
    """The slugs of the keywords that occur, in the table's order; case does not matter."""
    plain = unicodedata.normalize("NFKC", text.translate(_PUNCTUATION)).lower()
    return tuple(slug for slug, found in _PATTERNS.items() if found.search(plain))


def check_slugs(slugs: Iterable[str]) -> tuple[str, ...]:
    """The known slugs in the table's order; InvalidField("keywords") names a stranger."""
    asked = set(slugs)
    for slug in sorted(asked):
        if slug not in BY_SLUG:
            raise InvalidField("keywords", f"There is no keyword {slug!r}.")
    return tuple(keyword.slug for keyword in KEYWORDS if keyword.slug in asked)
