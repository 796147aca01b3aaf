"""The pages of those who work here."""

from flask import Flask

from autodoctor.entrypoints.web.pages import (
    mechanic,
    mechanic_earnings,
    mechanic_requests,
    mechanic_sessions,
)


def install(app: Flask) -> None:
    for module in (mechanic, mechanic_requests, mechanic_sessions, mechanic_earnings):
        app.register_blueprint(module.pages)
