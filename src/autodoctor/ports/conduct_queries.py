"""What staff see of sessions that were called off after contact."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from autodoctor.domain.sessions.conduct import CalledOff


class ConductQueries(Protocol):
    def called_off(
        self, *, since: datetime, most: int, person_id: UUID | None = None
    ) -> tuple[CalledOff, ...]:
        """From then on, newest first; of one person, as customer or mechanic, if one is named."""
