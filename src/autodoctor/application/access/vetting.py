"""What applicants and staff do about applications and documents."""

from typing import Final

from autodoctor.application.access.may import Action, Reach
from autodoctor.domain.shared.actor import Role, Seat

APPLICANTS: Final = {
    Role.MECHANIC: Reach.OWN,
    Role.WORKSHOP: Reach.ORGANIZATION,
    Role.CORPORATE: Reach.ORGANIZATION,
}

SUBMIT: Final = Action("hand in an application", APPLICANTS, "application", seat=Seat.ADMIN)
ANSWER: Final = Action("answer a question of staff", APPLICANTS, "application", seat=Seat.ADMIN)
DOCUMENTS: Final = Action("show documents of oneself", APPLICANTS, "document", seat=Seat.ADMIN)
DECIDE: Final = Action("decide on applications", {Role.ADMIN: Reach.ANY}, "application")
REVIEW: Final = Action("look through documents", {Role.ADMIN: Reach.ANY}, "document")
