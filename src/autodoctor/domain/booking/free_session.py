"""The free session: one per customer, and exactly one more for every override."""

from datetime import datetime

import attrs

from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.ids import CustomerId


@attrs.frozen
class FreeSessionUsed(Conflict):
    """You have had your free session."""

    customer_id: CustomerId


@attrs.frozen
class FreeSessions:
    """`granted` counts the first one and each override; `used` those taken and not given back."""

    customer_id: CustomerId
    granted: int = 1
    used: int = 0
    version: int = 0

    @property
    def left(self) -> int:
        return self.granted - self.used

    def check_left(self) -> None:
        if self.left < 1:
            raise FreeSessionUsed(self.customer_id)

    def take(self) -> "FreeSessions":
        self.check_left()
        return attrs.evolve(self, used=self.used + 1)

    def give_back(self) -> "FreeSessions":
        """The session did not take place: it expired, or was called off before its mechanic had
        answered anything."""
        return attrs.evolve(self, used=max(self.used - 1, 0))

    def override(self) -> "FreeSessions":
        return attrs.evolve(self, granted=self.granted + 1)


@attrs.frozen
class Override:
    """Who allowed one more, when, and why."""

    customer_id: CustomerId
    reason: str
    at: datetime
