"""Refusals as HTTP: one table for JSON (RFC 9457) and for pages. Nothing else knows a status."""

from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit

import attrs
import msgspec
import structlog
from flask import Flask, Response, g, redirect, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from autodoctor.application.corporate.own import CompanyUntold
from autodoctor.application.workshops.own import WorkshopUntold
from autodoctor.domain.accounts.login import ConfirmFirst
from autodoctor.domain.corporate.organization import OrganizationNotApproved
from autodoctor.domain.shared.errors import Refusal, Unavailable
from autodoctor.domain.shared.limits import Retry
from autodoctor.domain.workshops.workshop import WorkshopNotApproved
from autodoctor.entrypoints.web.call import LoginUnfinished, NotSignedIn, as_visitor, call
from autodoctor.entrypoints.web.denied import note_denied
from autodoctor.entrypoints.web.pages.leading import with_next
from autodoctor.entrypoints.web.pages.people import when_to_anybody
from autodoctor.entrypoints.web.pages.problems import error_view, retry_advice
from autodoctor.entrypoints.web.places import CONFIRM, STAGES
from autodoctor.entrypoints.web.refusals import http_slug, status_of
from autodoctor.entrypoints.web.sent_form import sent_form

log = structlog.get_logger(__name__)

MEDIA_TYPE: Final = "application/problem+json"
RETRY_AFTER_SECONDS: Final = "2"


def problem(
    status: int, *, slug: str, title: str, detail: str = "", facts: dict[str, Any] | None = None
) -> Response:
    """An RFC 9457 answer. `facts` become extension members; `type` has a page."""
    body: dict[str, Any] = {
        "type": f"/problems/{slug}",
        "title": title,
        "status": int(status),
        "instance": request.path,
        "correlation_id": g.get("correlation_id", ""),
    }
    if detail:
        body["detail"] = detail
    known = {name: value for name, value in (facts or {}).items() if name not in body}
    encoded = msgspec.json.encode(body | known, enc_hook=str)
    answer = Response(encoded, status=int(status), content_type=MEDIA_TYPE)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        answer.headers["Retry-After"] = RETRY_AFTER_SECONDS
    return answer


def wants_json() -> bool:
    return request.path.startswith("/api/") or request.path == "/events"


def install(app: Flask) -> None:
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _broken)


WHERE_IT_STANDS: Final[dict[type[Refusal], str]] = {
    WorkshopNotApproved: "/workshop/status",
    WorkshopUntold: "/workshop/status",
    OrganizationNotApproved: "/corporate/status",
    CompanyUntold: "/corporate/status",
}
"""Whose business is not let in yet is led to the page that says so."""


def told(refusal: Refusal) -> Response:
    """A refusal as an answer to a program."""
    reason = getattr(refusal, "reason", "")
    answer = problem(
        status_of(type(refusal)),
        slug=refusal.slug,
        title=refusal.title,
        detail=reason if isinstance(reason, str) else "",
        facts=refusal.facts,
    )
    if "retry_after_seconds" in refusal.facts:
        answer.headers["Retry-After"] = str(refusal.facts["retry_after_seconds"])
    return answer


def refused(refusal: Refusal) -> AnyResponse | tuple[str, int]:
    try:
        note_denied(refusal)
    except Unavailable as gone:
        return _answered(gone)
    return _answered(refusal)


def _answered(refusal: Refusal) -> AnyResponse | tuple[str, int]:
    status = status_of(type(refusal))
    if wants_json():
        return told(refusal)
    if isinstance(refusal, Retry):
        return _too_often(refusal)
    instead = _led_to(refusal)
    if instead:
        return redirect(instead, code=303)
    if isinstance(refusal, Unavailable):
        # Whoever it is: the page must not need what does not answer.
        as_visitor()
    return _page(status, refusal.title)


def _led_to(refusal: Refusal) -> str:
    """The page where what is missing is done; "" where there is none."""
    if isinstance(refusal, NotSignedIn):
        return with_next(login_page(request.path), _asked_for())
    if isinstance(refusal, LoginUnfinished):
        return STAGES[refusal.stage]
    if isinstance(refusal, ConfirmFirst):
        return with_next(CONFIRM, _asked_for())
    return WHERE_IT_STANDS.get(type(refusal), "")


def _too_often(refusal: Retry) -> AnyResponse:
    advice = retry_advice(refusal, when_to_anybody(call()))
    page, status = _page(HTTPStatus.TOO_MANY_REQUESTS, refusal.title, advice)
    return Response(page, status, {"Retry-After": str(refusal.retry_after_seconds)})


def _asked_for() -> str:
    """The page to go on to after logging in: for a form the one it stood on."""
    if request.method in ("GET", "HEAD"):
        return request.full_path.rstrip("?")
    stood_on = urlsplit(request.referrer or "")
    query = f"?{stood_on.query}" if stood_on.query else ""
    return f"{stood_on.path}{query}" if stood_on.netloc == request.host else ""


def login_page(path: str) -> str:
    """The login page of the role whose page was asked for."""
    if path.startswith("/dev/"):
        return "/admin/login"
    for prefix in ("/mechanic", "/admin", "/workshop", "/corporate"):
        if path.startswith(prefix):
            return f"{prefix}/login"
    return "/login"


def _page(status: HTTPStatus, title: str, advice: str = "") -> tuple[str, int]:
    correlation_id = g.get("correlation_id", "")
    view = error_view(status, title=title, advice=advice, correlation_id=correlation_id)
    view = attrs.evolve(view, sent=sent_form(status))
    return render_template("public/error.html", view=view), int(status)


def _http(error: HTTPException) -> AnyResponse | tuple[str, int]:
    status = HTTPStatus(error.code or 500)
    if error.response is not None or status < HTTPStatus.BAD_REQUEST:
        return error.get_response()
    if wants_json():
        detail = error.description or ""
        answer = problem(status, slug=http_slug(status), title=status.phrase, detail=detail)
        for name, value in error.get_headers():
            if name.lower() in ("allow", "retry-after"):
                answer.headers[name] = value
        return answer
    return _page(status, "")


def _broken(error: Exception) -> AnyResponse | tuple[str, int]:
    """The page is made as for a visitor: whoever it is, asking may be what broke."""
    log.exception("request.broken", path=request.path, exc_info=error)
    as_visitor()
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    if wants_json():
        return problem(status, slug=http_slug(status), title="Something broke on our side.")
    return _page(status, "")
