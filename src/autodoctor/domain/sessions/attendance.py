"""Who is in the room now, and who ever came."""

from datetime import datetime
from enum import StrEnum

import attrs

from autodoctor.domain.shared.actor import Role


class Party(StrEnum):
    CUSTOMER = "customer"
    MECHANIC = "mechanic"

    @property
    def role(self) -> Role:
        return Role(self.value)


@attrs.frozen
class Attendance:
    """First arrivals stay; `present` comes and goes."""

    customer_joined_at: datetime | None = None
    mechanic_joined_at: datetime | None = None
    present: frozenset[Party] = frozenset()

    def arrive(self, party: Party, *, at: datetime) -> "Attendance":
        present = self.present | {party}
        if party is Party.CUSTOMER:
            first = self.customer_joined_at or at
            return attrs.evolve(self, customer_joined_at=first, present=present)
        return attrs.evolve(self, mechanic_joined_at=self.mechanic_joined_at or at, present=present)

    def depart(self, party: Party) -> "Attendance":
        return attrs.evolve(self, present=self.present - {party})

    @property
    def complete(self) -> bool:
        return len(self.present) == len(Party)
