"""Time and new ids, so that nothing inside asks the machine."""

from datetime import datetime
from typing import Protocol
from uuid import UUID


class Clock(Protocol):
    def now(self) -> datetime:
        """Aware, in UTC."""


class Ids(Protocol):
    def new(self) -> UUID: ...

    def secret(self) -> str:
        """An unguessable URL-safe text of 256 bits."""
