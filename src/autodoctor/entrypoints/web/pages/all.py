"""All pages."""

from flask import Flask
from flask_limiter import Limiter

from autodoctor.entrypoints.web.pages import accounts, booking, checkout
from autodoctor.entrypoints.web.pages.mailbox import mailbox_pages
from autodoctor.entrypoints.web.pages.public import pages as public


def install(app: Flask, limiter: Limiter) -> None:
    for blueprint in (public, accounts.pages, booking.pages, checkout.pages):
        app.register_blueprint(blueprint)
    if app.extensions["autodoctor"].config.mailbox:
        app.register_blueprint(mailbox_pages)
    accounts.limit(app, limiter)
