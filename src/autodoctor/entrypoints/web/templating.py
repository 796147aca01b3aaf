"""Jinja as every page has it: undefined names are errors, `site` and `viewer` are at hand."""

from collections.abc import Callable

from flask import Flask
from jinja2 import StrictUndefined

from autodoctor.entrypoints.web.labels import labelled
from autodoctor.entrypoints.web.views import Site, Viewer


def install(app: Flask, *, site: Site, viewer: Callable[[], Viewer]) -> None:
    """Makes the templates of `app` strict and gives them `site` and, per request, `viewer`.

    Components reach `site` too, as macros see globals and no context. `csrf_token` comes from
    flask-wtf.
    """
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["site"] = site
    app.jinja_env.filters["labelled"] = labelled
    app.context_processor(lambda: {"viewer": viewer()})
