"""Ids that are counted, so that tests can name them."""

from itertools import count
from uuid import UUID


class CountingIds:
    """UUIDs and secrets 1, 2, 3 …, each in a row of its own."""

    def __init__(self) -> None:
        self._ids = count(1)
        self._secrets = count(1)

    def new(self) -> UUID:
        return UUID(int=next(self._ids))

    def secret(self) -> str:
        """As long as a real one: 43 characters."""
        return f"secret-{next(self._secrets):036d}"
