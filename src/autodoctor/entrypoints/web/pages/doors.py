"""The login pages: one for each role, linked to each other."""

from typing import Final

import attrs

from autodoctor.domain.shared.actor import Role
from autodoctor.entrypoints.web.parts import Link


@attrs.frozen
class Door:
    """`beside` are the doors of the others; `open_account` is empty where nobody signs up."""

    role: Role
    path: str
    title: str
    lead: str
    open_account: Link | None = None

    @property
    def beside(self) -> tuple[Link, ...]:
        return tuple(Link(each.title, each.path) for each in DOORS.values() if each is not self)


DOORS: Final = {
    door.role: door
    for door in (
        Door(
            Role.CUSTOMER,
            "/login",
            "Log in",
            "See your sessions, or ask a mechanic something new.",
            Link("Create an account", "/signup"),
        ),
        Door(
            Role.MECHANIC,
            "/mechanic/login",
            "Mechanic log in",
            "Your shift, your requests and your earnings.",
        ),
        Door(Role.ADMIN, "/admin/login", "Staff log in", "For people who run autodoctor."),
    )
}
