"""Headers of every answer, and who may send us something from another place."""

from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit
from uuid import uuid4

import structlog
from flask import Flask, Response, g, request

from autodoctor.domain.shared.errors import Forbidden
from autodoctor.entrypoints.web.call import COOKIE, web

UNSAFE: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})
OWN_SECRET: Final = ("/api/stripe/webhook", "/api/cron/")
"""Callers that prove themselves by a signature or secret, and send no cookie."""


class CrossSite(Forbidden):
    """This was sent by another site."""


def install(app: Flask, *, realtime_origin: str, payment_origin: str) -> None:
    policy = content_security_policy(realtime_origin, payment_origin)
    app.before_request(_begin)
    app.before_request(_refuse_cross_site)

    @app.after_request
    def _headers(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "camera=(self), microphone=(self), geolocation=()"
        response.headers["X-Correlation-Id"] = g.get("correlation_id", "")
        if web().config.production:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        if COOKIE in request.cookies or "Set-Cookie" in response.headers:
            response.headers.setdefault("Cache-Control", _kept_by(response))
        return response


def _kept_by(response: Response) -> str:
    """A form that was refused can be gone back to: without a copy, browsers show an error page
    and what was typed is lost. Nothing else of a person is kept."""
    refused_form = response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    return "private, no-cache" if refused_form and response.mimetype == "text/html" else "no-store"


def content_security_policy(realtime_origin: str, payment_origin: str) -> str:
    """Signing the waiver is a form whose answer leads on to the payment page."""
    parts = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' blob:",
        "media-src": "'self' blob:",
        "font-src": "'self'",
        "connect-src": f"'self' {realtime_origin}".strip(),
        "form-action": f"'self' {payment_origin}".strip(),
        "frame-src": "'self'",
        "frame-ancestors": "'self'",
        "base-uri": "'none'",
        "manifest-src": "'self'",
    }
    return "; ".join(f"{name} {value}" for name, value in parts.items())


def _begin() -> None:
    given = request.headers.get("X-Correlation-Id", "")
    usable = 0 < len(given) <= 64 and given.replace("-", "").isalnum()
    g.correlation_id = given if usable else uuid4().hex
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(correlation_id=g.correlation_id)


def _refuse_cross_site() -> None:
    """Browsers say where a request comes from; other programs say nothing and hold no cookie
    of somebody else's. Forms carry a token besides."""
    if request.method not in UNSAFE or request.path.startswith(OWN_SECRET):
        return
    if request.path.startswith("/auth/") and request.path.endswith("/callback"):
        return  # a provider sends somebody back with a form; the state proves that they left
    site = request.headers.get("Sec-Fetch-Site", "")
    if site in ("cross-site", "same-site"):
        raise CrossSite()
    origin = request.headers.get("Origin", "")
    if origin and urlsplit(origin).netloc != request.host:
        raise CrossSite()
