"""The kit's pages, rendered without a build and without a browser."""

import re
from collections.abc import Callable

import pytest
import structlog
from flask import Flask, render_template_string
from flask.testing import FlaskClient

from autodoctor.entrypoints.web.assets import PlainAssets
from autodoctor.entrypoints.web.kit.app import kit_app

structlog.configure(
    processors=[
        structlog.processors.add_log_level,
        structlog.dev.ConsoleRenderer(
            colors=False, exception_formatter=structlog.dev.plain_traceback
        ),
    ]
)
"""Some tests break a page on purpose: to paint its traceback in colours takes a second."""


@pytest.fixture(scope="session")
def app() -> Flask:
    return kit_app(PlainAssets())


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def render(app: Flask) -> Callable[..., str]:
    """Renders a template's source, its white space folded unless `fold` is False."""

    def rendered(source: str, *, fold: bool = True, **context: object) -> str:
        with app.test_request_context("/"):
            html = render_template_string(source, **context)
        return re.sub(r"\s+", " ", html) if fold else html

    return rendered
