"""How long a body each route takes: asked by the server before it reads one, and by the
application, which also answers for the server."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final, TypeVar

from flask import Flask, request
from werkzeug.exceptions import HTTPException, abort

from autodoctor.domain.booking.files import MIB, SIZE_MAX_BYTES, FileKind

View = TypeVar("View", bound=Callable[..., Any])

FORM_BYTES_MAX: Final = MIB
"""For every route that does not say otherwise."""

UPLOAD_BYTES_MAX: Final = max(SIZE_MAX_BYTES.values()) + MIB
"""A file of the longest kind, and what a form puts around it."""

PAPER_BYTES_MAX: Final = SIZE_MAX_BYTES[FileKind.DOCUMENT] + MIB
"""Also for pictures, whose own limit is lower: the form then says what that is."""

NO_BODY_BYTES_MAX: Final = 64 * 1024
"""Where no body is wanted: short ones are read and dropped, so that the connection lives on."""

REFUSED: Final = "autodoctor.body_refused"
"""In a request's environ: the status with which the server has refused its body, or None."""


def takes(bytes_max: int) -> Callable[[View], View]:
    """Declares a route that takes longer bodies, such as files; stands below the route."""

    def declare(view: View) -> View:
        view.__dict__["body_bytes_max"] = bytes_max
        return view

    return declare


def install(app: Flask) -> None:
    """Before everything else that looks at a request."""

    @app.before_request
    def check() -> None:
        refused: HTTPStatus | None = request.environ.get(REFUSED)
        if refused is not None:
            abort(refused)
        request.max_content_length = most = _of_view(app, request.endpoint, request.method)
        if (request.content_length or 0) > most:
            abort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def limit_of(app: Flask) -> Callable[[str, str], int]:
    """How many bytes a method and a path take."""
    adapter = app.url_map.bind("localhost")

    def find(method: str, path: str) -> int:
        try:
            endpoint, _ = adapter.match(path, method)
        except HTTPException:
            return NO_BODY_BYTES_MAX
        return _of_view(app, endpoint, method)

    return find


def _of_view(app: Flask, endpoint: str | None, method: str) -> int:
    if endpoint is None or method in ("GET", "HEAD", "OPTIONS"):
        return NO_BODY_BYTES_MAX
    declared: int = vars(app.view_functions[endpoint]).get("body_bytes_max", FORM_BYTES_MAX)
    return declared
