"""A small application around the kit and the public pages: no database, no login."""

from http import HTTPStatus
from types import SimpleNamespace
from typing import Final

import attrs
from flask import Flask, Response, g, render_template, request
from werkzeug.exceptions import HTTPException

from autodoctor.domain.plans.catalogue import DEFAULT_PLANS
from autodoctor.domain.plans.plan import Plan
from autodoctor.entrypoints.web.assets import BuiltAssets, PlainAssets
from autodoctor.entrypoints.web.kit.pages import kit_pages
from autodoctor.entrypoints.web.kit.samples import SIGNED_IN
from autodoctor.entrypoints.web.pages.problems import error_view
from autodoctor.entrypoints.web.pages.public import pages
from autodoctor.entrypoints.web.templating import install
from autodoctor.entrypoints.web.views import VISITOR, Site, Viewer

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


@attrs.frozen
class DefaultPlans:
    """The plans the product starts with, as a catalogue."""

    def listed(self) -> tuple[Plan, ...]:
        return DEFAULT_PLANS


def kit_app(assets: BuiltAssets | PlainAssets | None = None, *, realtime_url: str = "") -> Flask:
    """With no `assets` the built ones, so that raises AssetsNotBuilt before a build."""
    app = Flask("autodoctor.entrypoints.web")
    app.secret_key = "the kit keeps no secrets"
    app.extensions["autodoctor"] = SimpleNamespace(plan_catalogue=DefaultPlans())
    app.jinja_env.globals["csrf_token"] = lambda: "nothing is posted here"
    files = assets or BuiltAssets.read(base_url="/static/build/")
    site = Site(
        asset=files.url,
        year="2026",
        realtime_url=realtime_url,
        environment_note="Component kit: nothing is real.",
    )
    install(app, site=site, viewer=_viewer)
    app.register_blueprint(pages)
    app.register_blueprint(kit_pages, url_prefix="/dev/kit")
    app.register_error_handler(HTTPException, _failed)
    app.after_request(_guarded)
    return app


def _viewer() -> Viewer:
    return SIGNED_IN if request.path.startswith("/dev/kit/in/") else VISITOR


def _guarded(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = POLICY
    return response


def _failed(error: HTTPException) -> tuple[str, int]:
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    view = error_view(status, correlation_id=g.get("correlation_id", "kit-0001"))
    return render_template("public/error.html", view=view), int(status)
