"""What people do in a room, and with what is left of it."""

from typing import Final

from autodoctor.application.access.may import Action, Reach, everybody
from autodoctor.application.access.sessions import INSIDE
from autodoctor.domain.shared.actor import Role

PARTIES: Final = {Role.CUSTOMER: Reach.OWN, Role.MECHANIC: Reach.OWN}

JOIN: Final = Action("come into the room", PARTIES, "session")
SPEAK: Final = Action("write in the room", PARTIES, "session")
LISTEN: Final = Action("read what is said in the room", INSIDE, "session")
UPLOAD: Final = Action("upload a file", everybody(), "file")
ATTACH: Final = Action("add a file to a session", PARTIES, "session")
FILES: Final = Action("see a session's files", INSIDE, "session")
NOTES: Final = Action("keep notes", {Role.MECHANIC: Reach.OWN}, "session")
WRITE_REPORT: Final = Action("write the report", {Role.MECHANIC: Reach.OWN}, "session")
REPORT: Final = Action("read the report", INSIDE, "session")
RATE: Final = Action("rate a session", {Role.CUSTOMER: Reach.OWN}, "session")
