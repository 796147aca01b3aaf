"""What workshops do, and what is done about them."""

from typing import Final

from autodoctor.application.access.may import Action, Proof, Reach
from autodoctor.domain.shared.actor import Role, Seat

STAFF: Final = {Role.WORKSHOP: Reach.ORGANIZATION}

APPLY: Final = Action("apply as a workshop", STAFF, "workshop", seat=Seat.ADMIN)
STANDING: Final = Action("see where a workshop stands", STAFF, "workshop")
DASHBOARD: Final = Action("see a workshop's dashboard", STAFF, "workshop")
TEAM: Final = Action("see a workshop's team", STAFF, "workshop")
INVITE: Final = Action("invite into a workshop", STAFF, "invitation", seat=Seat.ADMIN)
MANAGE: Final = Action("run a workshop's team", STAFF, "membership", seat=Seat.ADMIN)
SEATS: Final = Action("give and take seats of a workshop", STAFF, "account", seat=Seat.OWNER)
PROFILE: Final = Action("see a workshop's profile", STAFF, "workshop")
EDIT: Final = Action("change a workshop's profile", STAFF, "workshop", seat=Seat.ADMIN)
PAYOUTS: Final = Action("set up a workshop's payouts", STAFF, "workshop", seat=Seat.OWNER)
FOLLOW_INVITATION: Final = Action("follow an invitation", proof=Proof.NONE)
LEAVE: Final = Action("leave a workshop", {Role.MECHANIC: Reach.OWN}, "membership")
OVERSEE: Final = Action("see all workshops", {Role.ADMIN: Reach.ANY}, "workshop")
PUT_OUT: Final = Action("suspend a workshop", {Role.ADMIN: Reach.ANY}, "workshop")

PARTNERS: Final = {Role.MECHANIC: Reach.OWN, **STAFF}
PARTNERS_AND_ADMINS: Final = {**PARTNERS, Role.ADMIN: Reach.ANY}

PROGRAMS: Final = Action("see programs of brands", PARTNERS_AND_ADMINS, "program")
APPLY_TO_PROGRAM: Final = Action("apply to a program", PARTNERS, "program", seat=Seat.ADMIN)
PROGRAM_APPLICATIONS: Final = Action(
    "see applications to programs", PARTNERS_AND_ADMINS, "program_application"
)
KEEP_PROGRAMS: Final = Action("keep programs of brands", {Role.ADMIN: Reach.ANY}, "program")
