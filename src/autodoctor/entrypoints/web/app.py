"""The web application: pages and API over the same use cases."""

from urllib.parse import urlsplit

from flask import Flask, Response, redirect, request
from flask_wtf.csrf import CSRFProtect
from msgspec.json import encode
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response as AnyResponse

from autodoctor.application.access.accounts import NOTIFICATIONS
from autodoctor.application.access.operations import LOOK
from autodoctor.entrypoints.web import (
    access,
    body_limits,
    headers,
    incoming,
    limits,
    problems,
    retries,
    templating,
)
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.api import declare
from autodoctor.entrypoints.web.api.all import ENDPOINTS
from autodoctor.entrypoints.web.api.openapi import document
from autodoctor.entrypoints.web.assets import BuiltAssets
from autodoctor.entrypoints.web.body_limits import FORM_BYTES_MAX
from autodoctor.entrypoints.web.call import Web
from autodoctor.entrypoints.web.config import WebConfig
from autodoctor.entrypoints.web.host_cookies import HostCookies
from autodoctor.entrypoints.web.pages.all import install as install_pages
from autodoctor.entrypoints.web.pages.viewer import viewer
from autodoctor.entrypoints.web.views import Site
from autodoctor.ports.stores import Missing

STRIPE = "https://checkout.stripe.com https://connect.stripe.com"


def web_app(here: Web, assets: BuiltAssets) -> Flask:
    """Built from its parts; nothing is read from the environment here."""
    config = here.config
    app = Flask(__name__, static_url_path="/static")
    app.extensions["autodoctor"] = here
    app.config.update(
        SECRET_KEY=config.secret_key,
        SECRET_KEY_FALLBACKS=list(config.old_secret_keys),
        WTF_CSRF_SECRET_KEY=config.signing_keys,
        MAX_FORM_MEMORY_SIZE=FORM_BYTES_MAX,
        WTF_CSRF_TIME_LIMIT=None,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.production,
        SESSION_COOKIE_NAME="autodoctor_form",
        SEND_FILE_MAX_AGE_DEFAULT=31_536_000,
    )
    if config.production:
        app.wsgi_app = HostCookies(app.wsgi_app)  # type: ignore[method-assign, assignment]
    if config.trusted_proxies:
        hops = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    incoming.install(app)
    problems.install(app)
    headers.install(
        app, realtime_origin=realtime_origin(here), payment_origin=payment_origin(config)
    )
    body_limits.install(app)
    templating.install(app, site=_site(here, assets), viewer=viewer)
    csrf = CSRFProtect(app)
    declare.install(app, ENDPOINTS)
    for endpoint in ENDPOINTS:
        csrf.exempt(app.view_functions[endpoint.name])
    _install_openapi(app)
    _lead_to_streams(app, here)
    limiter = limits.install(app, config, ENDPOINTS)
    install_pages(app, limiter)
    access.install(app)
    retries.install(app)
    return app


def realtime_url(here: Web) -> str:
    """Where streams are: as set, or on this host one port further on."""
    if here.config.realtime_url:
        return here.config.realtime_url.rstrip("/")
    if here.config.realtime_port is None:
        return ""
    public = urlsplit(here.config.public_url)
    return f"{public.scheme}://{public.hostname}:{here.config.realtime_port}"


def realtime_origin(here: Web) -> str:
    parts = urlsplit(realtime_url(here))
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def payment_origin(config: WebConfig) -> str:
    """Whose pages a booking, and setting up payouts, lead on to: Stripe's, or the sandbox's on
    this host."""
    if not config.sandbox_url:
        return STRIPE
    return f"http://localhost:{urlsplit(config.sandbox_url).port}"


def _site(here: Web, assets: BuiltAssets) -> Site:
    note = "" if here.config.production else "Development: payments and mail stay on this machine."
    year = str(here.ports.now().year)
    return Site(asset=assets.url, year=year, realtime_url=realtime_url(here), environment_note=note)


def _lead_to_streams(app: Flask, here: Web) -> None:
    """Streams are another process' business: behind one name a proxy sends /events there, on
    one machine this redirect does."""
    there = realtime_url(here)

    @app.get("/events")
    @asks(NOTIFICATIONS)
    def events() -> AnyResponse:
        if urlsplit(there).netloc in ("", request.host):
            raise Missing("stream")
        query = f"?{request.query_string.decode()}" if request.query_string else ""
        return redirect(f"{there}/events{query}", code=307)


def _install_openapi(app: Flask) -> None:
    described = encode(document(ENDPOINTS))

    @app.get("/api/openapi.json")
    @asks(LOOK)
    def openapi() -> Response:
        return Response(described, content_type="application/json")
