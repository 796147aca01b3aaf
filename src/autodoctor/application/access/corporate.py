"""What companies do, and what is done about them."""

from typing import Final

from autodoctor.application.access.may import Action, Reach
from autodoctor.domain.shared.actor import Role, Seat

STAFF: Final = {Role.CORPORATE: Reach.ORGANIZATION}

APPLY: Final = Action("apply as a company", STAFF, "organization", seat=Seat.ADMIN)
STANDING: Final = Action("see where a company stands", STAFF, "organization")
DASHBOARD: Final = Action("see a company's dashboard", STAFF, "organization", keys=True)
PROFILE: Final = Action("see a company's profile", STAFF, "organization", keys=True)
EDIT: Final = Action("change a company's profile", STAFF, "organization", seat=Seat.ADMIN)
DEPARTMENTS: Final = Action("see a company's departments", STAFF, "department", keys=True)
KEEP_DEPARTMENTS: Final = Action(
    "keep a company's departments", STAFF, "department", seat=Seat.ADMIN, keys=True
)
TEAM: Final = Action("see who runs a company", STAFF, "organization")
INVITE: Final = Action("invite somebody to run a company", STAFF, "invitation", seat=Seat.ADMIN)
SEATS: Final = Action("give and take seats of a company", STAFF, "account", seat=Seat.OWNER)
OVERSEE: Final = Action("see all companies", {Role.ADMIN: Reach.ANY}, "organization")
PUT_OUT: Final = Action("suspend a company", {Role.ADMIN: Reach.ANY}, "organization")
SUBSCRIBE: Final = Action("set a company's tier", {Role.ADMIN: Reach.ANY}, "organization")
