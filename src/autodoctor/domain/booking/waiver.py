"""The waiver: signed before checkout, for every plan, and never changed afterwards."""

from datetime import datetime
from typing import Final

import attrs

from autodoctor.domain.shared.errors import Conflict, InvalidField
from autodoctor.domain.shared.ids import CustomerId, IntakeId, WaiverId

VERSION: Final = "2026-01"

TEXT: Final = (
    "The advice you get is given by an independent mechanic from what you tell and show. "
    "Nobody has touched the vehicle: a diagnosis at a distance can be incomplete or wrong.",
    "You decide what is done to the vehicle, and you keep yourself and others safe while you "
    "look at it: engine off, parking brake on, nothing hot, nothing lifted without stands.",
    "In an emergency, or when a vehicle is unsafe to drive, stop and call for help where you are.",
    "autodoctor brings the two of you together and is not a party to repairs you choose to make.",
)
"""The paragraphs of version `VERSION`; changing a word means a new version."""


@attrs.frozen
class WaiverMissing(Conflict):
    """Sign the waiver first."""

    intake_id: IntakeId


@attrs.frozen
class Waiver:
    id: WaiverId
    intake_id: IntakeId
    customer_id: CustomerId
    full_name: str
    version: str
    signed_at: datetime
    address: str
    agent: str


def sign(
    *,
    waiver_id: WaiverId,
    intake_id: IntakeId,
    customer_id: CustomerId,
    full_name: str,
    adult: bool,
    address: str,
    agent: str,
    at: datetime,
) -> Waiver:
    """The typed name is the signature; address and agent come from the request."""
    name = " ".join(full_name.split())
    if not 2 <= len(name) <= 120 or not name.isprintable():
        raise InvalidField("full_name", "Type your full name to sign.")
    if not adult:
        raise InvalidField("adult", "Confirm that you are 18 or older.")
    return Waiver(waiver_id, intake_id, customer_id, name, VERSION, at, address, agent[:300])
