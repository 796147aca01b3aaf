"""Ids in addresses."""

from uuid import UUID

from autodoctor.ports.stores import Missing


def id_in(text: str, *, kind: str) -> UUID:
    """What is no id is answered as one that nobody has: raises Missing."""
    try:
        return UUID(text)
    except ValueError:
        raise Missing(kind) from None
