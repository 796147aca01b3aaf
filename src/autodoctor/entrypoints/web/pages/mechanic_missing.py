"""What a mechanic's profile still misses, and where it is filled in."""

from typing import Final

from autodoctor.domain.mechanics.completion import WEIGHTS, Completion, Item
from autodoctor.entrypoints.web.parts import Link

PROFILE: Final = "/mechanic/profile"
PLACES: Final = {
    Item.NAME: Link("Your name", PROFILE),
    Item.EMAIL: Link("A confirmed mail address", "/customer/verify-email"),
    Item.PHONE: Link("Your phone number", PROFILE),
    Item.PHOTO: Link("A photo of you", PROFILE),
    Item.EXPERIENCE: Link("Your years of experience", PROFILE),
    Item.CERTIFICATION: Link("Your Red Seal or a certification", "/mechanic/documents"),
    Item.SPECIALIZATIONS: Link("Your field", PROFILE),
    Item.KEYWORDS: Link("At least three keywords", PROFILE),
    Item.AVAILABILITY: Link("Your weekly hours", ""),
    Item.PAYOUTS: Link("Your payouts", "/mechanic/onboarding/stripe"),
}
"""A place without an address cannot be filled in yet."""


def missing_links(completion: Completion) -> tuple[Link, ...]:
    """Heaviest first, with what each is worth."""
    return tuple(
        Link(place.label, place.url, count=f"+{WEIGHTS[item]} %")
        for item in completion.missing
        if (place := PLACES[item]).url
    )
