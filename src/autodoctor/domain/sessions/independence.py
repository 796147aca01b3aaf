"""Nobody is paid for their own session: the customer and the mechanic are two people, and no
workshop stands on both sides. The database refuses the same.
"""

from typing import Final

import attrs

from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.ids import CustomerId, MechanicId, SessionId, WorkshopId


@attrs.frozen
class OwnSession(Conflict):
    """You, or somebody of your workshop, booked this session; another mechanic has to take it."""

    mechanic_id: MechanicId


@attrs.frozen
class SessionBetween(Conflict):
    """This person and somebody of the workshop have a session together; it has to end first."""


@attrs.frozen
class OwnRating(Conflict):
    """You belong to the workshop that gave this session, so you cannot rate it."""

    session_id: SessionId


@attrs.frozen
class Ties:
    """The workshops that the two work for or run."""

    of_customer: frozenset[WorkshopId] = frozenset()
    of_mechanic: frozenset[WorkshopId] = frozenset()

    @property
    def shared(self) -> frozenset[WorkshopId]:
        return self.of_customer & self.of_mechanic


NO_TIES: Final = Ties()


def check_independent(customer_id: CustomerId, mechanic_id: MechanicId, ties: Ties) -> None:
    """Raises OwnSession."""
    if customer_id == mechanic_id or ties.shared:
        raise OwnSession(mechanic_id)
