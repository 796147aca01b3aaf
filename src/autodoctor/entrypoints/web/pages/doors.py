"""The login pages: one for each role, linked to each other."""

from typing import Final

import attrs

from autodoctor.domain.shared.actor import Role
from autodoctor.entrypoints.web.pages.leading import with_next
from autodoctor.entrypoints.web.parts import Link


@attrs.frozen
class Door:
    """`open_account` is empty where nobody signs up."""

    role: Role
    path: str
    title: str
    lead: str
    open_account: Link | None = None

    def beside(self, following: str) -> tuple[Link, ...]:
        """The doors of the others, which lead on to the same page."""
        others = (each for each in DOORS.values() if each is not self)
        return tuple(Link(each.title, with_next(each.path, following)) for each in others)


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
            Link("Apply to work with us", "/mechanic/signup"),
        ),
        Door(
            Role.WORKSHOP,
            "/workshop/login",
            "Workshop log in",
            "Your mechanics, escalations and quotes.",
            Link("Sign up your workshop", "/workshop/signup"),
        ),
        Door(
            Role.CORPORATE,
            "/corporate/login",
            "Company log in",
            "Your departments, your people and what they book.",
            Link("Sign up your company", "/corporate/signup"),
        ),
        Door(Role.ADMIN, "/admin/login", "Staff log in", "For people who run autodoctor."),
    )
}
