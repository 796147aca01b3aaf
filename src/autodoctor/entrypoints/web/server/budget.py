"""How much of long bodies may be under way at once, so that nobody fills the disk with them."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

MIB: Final = 1024 * 1024

FREE_BYTES: Final = 1 * MIB
"""A body up to this size counts for nothing: forms go on while uploads wait."""

ALL_BYTES_MAX: Final = 4096 * MIB
NETWORK_BYTES_MAX: Final = 512 * MIB
"""For one network of a client: five videos of the longest kind."""


class BudgetSpent(Exception):
    """Too much is under way already, in all or from this network."""


class Budget:
    """Kept by one event loop, so it needs no lock."""

    def __init__(self) -> None:
        self._by_network: Counter[str] = Counter()

    @contextmanager
    def reserved(self, network: str, size: int) -> Iterator[None]:
        """Raises BudgetSpent."""
        if size <= FREE_BYTES:
            yield
            return
        if self._by_network[network] + size > NETWORK_BYTES_MAX:
            raise BudgetSpent
        if self._by_network.total() + size > ALL_BYTES_MAX:
            raise BudgetSpent
        self._by_network[network] += size
        try:
            yield
        finally:
            self._by_network[network] -= size
            self._by_network += Counter()  # forgets networks at zero
