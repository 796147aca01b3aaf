"""Every kind of refusal and its HTTP status: one table, for answers, pages and documents."""

import re
from datetime import datetime
from http import HTTPStatus
from typing import Final

import attrs

from autodoctor.domain.shared.errors import (
    Conflict,
    Forbidden,
    Gone,
    Invalid,
    NotFound,
    Refusal,
    Unavailable,
)
from autodoctor.entrypoints.web.call import NotSignedIn


@attrs.frozen
class TooManyRequests(Refusal):
    """That was too often in a short time."""

    retry_after_seconds: int
    retry_at: datetime

    @property
    def reason(self) -> str:
        return f"Try again at {self.retry_at:%H:%M:%S} UTC."


STATUS: Final[dict[type[Refusal], HTTPStatus]] = {
    NotSignedIn: HTTPStatus.UNAUTHORIZED,
    TooManyRequests: HTTPStatus.TOO_MANY_REQUESTS,
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
