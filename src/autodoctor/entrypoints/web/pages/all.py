"""All pages."""

from flask import Flask
from flask_limiter import Limiter

from autodoctor.entrypoints.web.pages import accounts
from autodoctor.entrypoints.web.pages.public import pages as public


def install(app: Flask, limiter: Limiter) -> None:
    for blueprint in (public, accounts.pages):
        app.register_blueprint(blueprint)
    accounts.limit(app, limiter)
