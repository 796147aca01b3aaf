"""The short messages that can always be sent in a room: chosen by code, worded here alone."""

from enum import StrEnum
from typing import Final

from autodoctor.domain.shared.actor import Role


class Canned(StrEnum):
    """The code is what is stored, so a sentence can be reworded; a code in use is never removed."""

    HERE = "here"
    FIVE_MINUTES = "five_minutes"
    LATE = "late"
    GOOD_TIME = "good_time"
    NEXT_TO_CAR = "next_to_car"
    HAVE_READ = "have_read"
    BE_AT_CAR = "be_at_car"
    JOIN = "join"
    RELOADING = "reloading"
    BACK_SOON = "back_soon"
    THANKS = "thanks"

    @property
    def text(self) -> str:
        """What is shown."""
        return _TEXTS[self]


_TEXTS: Final = {
    Canned.HERE: "I am here.",
    Canned.FIVE_MINUTES: "I will be there in 5 minutes.",
    Canned.LATE: "I am running late.",
    Canned.GOOD_TIME: "Is this a good time?",
    Canned.NEXT_TO_CAR: "I am next to the car.",
    Canned.HAVE_READ: "I have read your request.",
    Canned.BE_AT_CAR: "Please be next to your car if you can.",
    Canned.JOIN: "Please join when you are ready.",
    Canned.RELOADING: "I cannot see the room clearly; I will reload.",
    Canned.BACK_SOON: "I lost the connection; I will be right back.",
    Canned.THANKS: "OK, thank you.",
}

_OF_ONE_SIDE: Final = {
    Canned.NEXT_TO_CAR: Role.CUSTOMER,
    Canned.HAVE_READ: Role.MECHANIC,
    Canned.BE_AT_CAR: Role.MECHANIC,
}


def canned_for(side: Role) -> tuple[Canned, ...]:
    """What the customer, or the mechanic, can choose from."""
    return tuple(each for each in Canned if _OF_ONE_SIDE.get(each, side) is side)
