"""What went wrong and what to do about it: the page of a failed request, and one page per kind.

The kinds are the refusals of the domain and the application, found by their slugs; the advice
goes by category.
"""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Final

import attrs

from autodoctor.domain.shared.errors import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    Refusal,
    Unavailable,
)

_ADVICE: Final[dict[HTTPStatus, tuple[str, str]]] = {
    HTTPStatus.BAD_REQUEST: (
        "We could not read that request.",
        "Go back, reload the page and send it again. Forms grow stale after a while.",
    ),
    HTTPStatus.FORBIDDEN: (
        "This is not yours to do.",
        "You may be logged in with another account or role than the one this page is for.",
    ),
    HTTPStatus.NOT_FOUND: (
        "There is nothing at this address.",
        "It may have been mistyped, have moved, or belong to somebody else.",
    ),
    HTTPStatus.CONFLICT: (
        "That does not fit the current state.",
        "Something changed since the page was opened. Reload it to see where things stand.",
    ),
    HTTPStatus.UNPROCESSABLE_ENTITY: (
        "Something in what you sent does not make sense.",
        "Go back and check what is marked. What you typed is still in the form.",
    ),
    HTTPStatus.TOO_MANY_REQUESTS: (
        "That was too often in a short time.",
        "Wait a little before trying again. The limit protects accounts from being guessed.",
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        "Something broke on our side.",
        "It is not your doing, and it has been recorded. Trying again often helps.",
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: (
        "A part we depend on does not answer.",
        "Try again in a minute. Nothing is charged twice when you do.",
    ),
}
_CATEGORIES: Final[dict[type[Refusal], HTTPStatus]] = {
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    Forbidden: HTTPStatus.FORBIDDEN,
    NotFound: HTTPStatus.NOT_FOUND,
    Conflict: HTTPStatus.CONFLICT,
    Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
}


@attrs.frozen
class ErrorView:
    """A failed request. `correlation_id` finds it in the logs; empty hides the line."""

    status: int
    title: str
    advice: str
    correlation_id: str = ""
    retry_url: str = ""


@attrs.frozen
class ProblemView:
    """A kind of problem, as its page explains it; `members` are what its JSON carries beside
    the members of RFC 9457."""

    slug: str
    title: str
    status: str
    advice: str
    members: tuple[str, ...]


def error_view(
    status: HTTPStatus, *, title: str = "", correlation_id: str = "", retry_url: str = ""
) -> ErrorView:
    """The page of a failed request; without a `title` the status' own words stand. A status
    that has none is told as an internal error."""
    default, advice = _ADVICE.get(status, _ADVICE[HTTPStatus.INTERNAL_SERVER_ERROR])
    return ErrorView(int(status), title or default, advice, correlation_id, retry_url)


def _kinds(category: type[Refusal]) -> Iterator[type[Refusal]]:
    yield category
    for kind in category.__subclasses__():
        yield from _kinds(kind)


def problem_view(slug: str) -> ProblemView | None:
    """The kind of that slug among all refusals known to the running program."""
    for category, status in _CATEGORIES.items():
        for kind in _kinds(category):
            if kind.slug == slug:
                return _described(kind, status)
    return None


def _described(kind: type[Refusal], status: HTTPStatus) -> ProblemView:
    return ProblemView(
        slug=kind.slug,
        title=kind.title,
        status=f"{int(status)} {status.phrase}",
        advice=_ADVICE[status][1],
        members=tuple(field.name for field in attrs.fields(kind)) if attrs.has(kind) else (),
    )
