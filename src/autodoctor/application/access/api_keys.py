"""What a company's people do with its API keys. No key does any of it."""

from typing import Final

from autodoctor.application.access.may import Action, Reach
from autodoctor.domain.shared.actor import Role, Seat

COMPANY: Final = {Role.CORPORATE: Reach.ORGANIZATION}

KEYS: Final = Action("see a company's API keys", COMPANY, "api_key", seat=Seat.ADMIN)
MAKE_KEYS: Final = Action("make and revoke API keys", COMPANY, "api_key", seat=Seat.ADMIN)
