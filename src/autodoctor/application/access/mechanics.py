"""What mechanics do at work."""

from typing import Final

from autodoctor.application.access.may import Action, Reach
from autodoctor.domain.shared.actor import Role

WORK: Final = Action("see one's work", {Role.MECHANIC: Reach.OWN})
CLOCK: Final = Action("clock in and out", {Role.MECHANIC: Reach.OWN})
QUEUE: Final = Action("see the queue", {Role.MECHANIC: Reach.OWN}, "request")
APPLY: Final = Action("apply to work here", {Role.MECHANIC: Reach.OWN}, "application")
ONBOARD: Final = Action("choose how one works and is paid", {Role.MECHANIC: Reach.OWN})
OWN_PROFILE: Final = Action(
    "see and change one's profile as a mechanic", {Role.MECHANIC: Reach.OWN}
)
COMPLETION: Final = Action(
    "see what a profile misses", {Role.MECHANIC: Reach.OWN, Role.ADMIN: Reach.ANY}, "mechanic"
)
REVIEWS: Final = Action("see what customers say of one", {Role.MECHANIC: Reach.OWN})
EARNINGS: Final = Action("see one's earnings", {Role.MECHANIC: Reach.OWN})
