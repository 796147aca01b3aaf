"""What companies do with their employees, and see of what these use."""

from typing import Final

from autodoctor.application.access.may import Action, Reach
from autodoctor.domain.shared.actor import Role, Seat

COMPANY: Final = {Role.CORPORATE: Reach.ORGANIZATION}

EMPLOYEES: Final = Action("see a company's employees", COMPANY, "employee", keys=True)
EMPLOY: Final = Action(
    "invite and change a company's employees", COMPANY, "employee", seat=Seat.ADMIN, keys=True
)
USAGE: Final = Action("see what a company's employees booked", COMPANY, "session", keys=True)
