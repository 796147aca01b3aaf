"""All pages."""

from flask import Flask
from flask_limiter import Limiter

from autodoctor.entrypoints.web.pages.public import pages as public


def install(app: Flask, limiter: Limiter) -> None:
    app.register_blueprint(public)
    del limiter
