"""What people do with requests and sessions."""

from typing import Final

from autodoctor.application.access.may import Action, Reach
from autodoctor.domain.shared.actor import Role

ACCEPT: Final = Action("accept a request", {Role.MECHANIC: Reach.ANY}, "request")
DECLINE: Final = Action("decline a request", {Role.MECHANIC: Reach.ANY}, "request")
WITHDRAW: Final = Action("give a session back", {Role.MECHANIC: Reach.OWN}, "request")
INSIDE: Final = {
    Role.CUSTOMER: Reach.OWN,
    Role.MECHANIC: Reach.OWN,
    Role.ADMIN: Reach.ANY,
}
"""Both parties, and staff who look on."""

SEE: Final = Action("see a session", INSIDE, "session")
LIST: Final = Action("list sessions", INSIDE, "session")
CANCEL: Final = Action("cancel a session", INSIDE, "session")
END: Final = Action("end a session", INSIDE, "session")
DOSSIER: Final = Action("see all of a session", {Role.ADMIN: Reach.ANY}, "session")
