"""How complete a mechanic's profile is, out of 100, and what is missing."""

from enum import StrEnum
from typing import Final

import attrs

KEYWORDS_MIN: Final = 3


class Item(StrEnum):
    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    PHOTO = "photo"
    EXPERIENCE = "experience"
    CERTIFICATION = "certification"
    SPECIALIZATIONS = "specializations"
    KEYWORDS = "keywords"
    AVAILABILITY = "availability"
    PAYOUTS = "payouts"


WEIGHTS: Final = {
    Item.NAME: 10,
    Item.EMAIL: 10,
    Item.PHONE: 10,
    Item.PHOTO: 10,
    Item.EXPERIENCE: 10,
    Item.CERTIFICATION: 20,
    Item.SPECIALIZATIONS: 10,
    Item.KEYWORDS: 10,
    Item.AVAILABILITY: 5,
    Item.PAYOUTS: 5,
}


@attrs.frozen
class Completion:
    percent: int
    missing: tuple[Item, ...]


def counted_anew(percent: int, item: Item, *, before: bool, after: bool) -> int:
    """The points after one item came or went, the others as they were."""
    change = (after - before) * WEIGHTS[item]
    return min(max(percent + change, 0), sum(WEIGHTS.values()))


def completion(present: frozenset[Item]) -> Completion:
    """Points of what is there; what is missing, heaviest first."""
    missing = sorted((item for item in Item if item not in present), key=lambda i: -WEIGHTS[i])
    return Completion(sum(WEIGHTS[item] for item in present), tuple(missing))
