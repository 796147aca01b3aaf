"""Our ids in Stripe's metadata, which anyone with access to the account can edit."""

from collections.abc import Mapping
from uuid import UUID


def our_id(metadata: Mapping[str, str] | None, name: str) -> UUID | None:
    """None when it is missing or is no id of ours."""
    text = metadata.get(name) if metadata else None
    if text is None:
        return None
    try:
        return UUID(text)
    except ValueError:
        return None
