"""Seats in a workshop or a company: the last owner stays."""

from collections.abc import Mapping

import attrs

from autodoctor.domain.shared.actor import Seat
from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.ids import AccountId


@attrs.frozen
class LastOwnerStays(Conflict):
    """There has to be an owner; give somebody else that seat first."""


Seats = Mapping[AccountId, Seat | None]


def check_owner_stays(seats: Seats, leaving: AccountId) -> None:
    """`seats` are everybody's, read under the host's lock: of two owners who go at once one
    stays behind. Raises LastOwnerStays."""
    if seats.get(leaving) is not Seat.OWNER:
        return
    if not any(seat is Seat.OWNER for key, seat in seats.items() if key != leaving):
        raise LastOwnerStays()
