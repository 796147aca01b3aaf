"""The login page: one for everybody, under an address for each role. The address says only which
role somebody comes in with who has several, and what a newcomer is offered first."""

from typing import Final

import attrs

from autodoctor.domain.shared.actor import Role
from autodoctor.entrypoints.web.parts import Link


@attrs.frozen
class Door:
    """`open_account` is None where nobody signs up."""

    role: Role
    path: str
    open_account: Link | None = None

    @property
    def others(self) -> tuple[Link, ...]:
        """What newcomers of other roles are offered."""
        offered = (each.open_account for each in DOORS.values() if each is not self)
        return tuple(link for link in offered if link is not None)


DOORS: Final = {
    door.role: door
    for door in (
        Door(Role.CUSTOMER, "/login", Link("Create an account", "/signup")),
        Door(Role.MECHANIC, "/mechanic/login", Link("Apply to work with us", "/mechanic/signup")),
        Door(Role.WORKSHOP, "/workshop/login", Link("Sign up your workshop", "/workshop/signup")),
        Door(Role.CORPORATE, "/corporate/login", Link("Sign up your company", "/corporate/signup")),
        Door(Role.ADMIN, "/admin/login"),
    )
}
