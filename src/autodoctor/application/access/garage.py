"""What customers do with their vehicles and favourites."""

from typing import Final

from autodoctor.application.access.may import Action, Reach
from autodoctor.domain.shared.actor import Role

VEHICLES: Final = Action("keep one's vehicles", {Role.CUSTOMER: Reach.OWN}, "vehicle")
FAVORITES: Final = Action("keep one's favourites", {Role.CUSTOMER: Reach.OWN}, "favorite")
