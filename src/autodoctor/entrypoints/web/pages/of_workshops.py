"""The pages of workshops, and about them."""

from typing import Final

from flask import Flask

from autodoctor.entrypoints.web.pages import (
    admin_programs,
    admin_workshops,
    invitations,
    programs,
    workshop,
    workshop_profile,
    workshop_signup,
    workshop_status,
    workshop_team,
    workshops,
)

MODULES: Final = (
    *(workshop, workshop_team, workshop_signup, workshop_status),
    *(workshop_profile, invitations, workshops, admin_workshops),
    *(programs, admin_programs),
)


def install(app: Flask) -> None:
    for module in MODULES:
        app.register_blueprint(module.pages)
