"""Every kind of refusal and its HTTP status: one table, for answers, pages and documents."""

import re
from http import HTTPStatus
from typing import Final

from autodoctor.domain.shared.errors import (
    Conflict,
    Forbidden,
    Gone,
    Invalid,
    NotFound,
    Refusal,
    TooOften,
    Unavailable,
)
from autodoctor.domain.shared.limits import Retry
from autodoctor.entrypoints.web.call import NotSignedIn
from autodoctor.ports.payment_refusals import NoticeUnreadable, SignatureInvalid


class TooManyRequests(Retry):
    """That was too often in a short time."""


STATUS: Final[dict[type[Refusal], HTTPStatus]] = {
    NotSignedIn: HTTPStatus.UNAUTHORIZED,
    TooOften: HTTPStatus.TOO_MANY_REQUESTS,
    SignatureInvalid: HTTPStatus.BAD_REQUEST,
    NoticeUnreadable: HTTPStatus.BAD_REQUEST,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    Forbidden: HTTPStatus.FORBIDDEN,
    NotFound: HTTPStatus.NOT_FOUND,
    Conflict: HTTPStatus.CONFLICT,
    Gone: HTTPStatus.GONE,
    Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
}
_SLUGS: Final = {
    413: "request-entity-too-large",
    414: "request-uri-too-long",
    416: "requested-range-not-satisfiable",
    500: "internal-error",
}
"""Where Python's own phrase has changed, or says too little."""


def status_of(kind: type[Refusal]) -> HTTPStatus:
    return next(status for category, status in STATUS.items() if issubclass(kind, category))


def http_slug(status: HTTPStatus) -> str:
    """Names what HTTP itself refuses, before anything of ours has looked at it."""
    return _SLUGS.get(status) or re.sub("[^a-z]+", "-", status.phrase.lower())
