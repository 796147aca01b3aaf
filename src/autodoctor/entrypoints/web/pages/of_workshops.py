"""The pages of workshops, and about them."""

from flask import Flask

from autodoctor.entrypoints.web.pages import admin_workshops, workshop_signup, workshop_status


def install(app: Flask) -> None:
    for module in (workshop_signup, workshop_status, admin_workshops):
        app.register_blueprint(module.pages)
