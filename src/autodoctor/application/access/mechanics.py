"""What mechanics do at work."""

from typing import Final

from autodoctor.application.access.may import Action, Reach
from autodoctor.domain.shared.actor import Role

WORK: Final = Action("see one's work", {Role.MECHANIC: Reach.OWN})
CLOCK: Final = Action("clock in and out", {Role.MECHANIC: Reach.OWN})
QUEUE: Final = Action("see the queue", {Role.MECHANIC: Reach.OWN}, "request")
APPLY: Final = Action("apply to work here", {Role.MECHANIC: Reach.OWN}, "application")
EARNINGS: Final = Action("see one's earnings", {Role.MECHANIC: Reach.OWN})
