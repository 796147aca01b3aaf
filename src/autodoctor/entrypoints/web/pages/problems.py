"""What went wrong and what to do about it: the page of a failed request, and one page per kind.

The kinds are the refusals, found by their slugs, and what HTTP itself refuses; the advice goes by
status.
"""

from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus
from typing import Final

import attrs

from autodoctor.domain.shared.errors import Refusal
from autodoctor.domain.shared.limits import Retry
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.refusals import STATUS, http_slug, status_of
from autodoctor.entrypoints.web.sent_form import SentForm

_ADVICE: Final[dict[HTTPStatus, tuple[str, str]]] = {
    HTTPStatus.BAD_REQUEST: (
        "We could not read that request.",
        "Go back, reload the page and send it again. Forms grow stale after a while.",
    ),
    HTTPStatus.UNAUTHORIZED: (
        "Log in first.",
        "Your login may have ended after a while without use. Log in and go on from there.",
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: (
        "This address does not take that.",
        "Programs read in the header Allow which methods it takes.",
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        "That is larger than we take.",
        "Send a smaller file, or less text at once.",
    ),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: (
        "We do not read that format.",
        "Programs send JSON, with Content-Type: application/json.",
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
    HTTPStatus.GONE: (
        "This was there once and is not any more.",
        "Links and invitations end after a while. Ask whoever sent it for a new one.",
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


@attrs.frozen
class ErrorView:
    """A failed request. `correlation_id` finds it in the logs; empty hides the line. `sent` is
    the form that failed."""

    status: int
    title: str
    advice: str
    correlation_id: str = ""
    retry_url: str = ""
    sent: SentForm = SentForm()


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
    status: HTTPStatus,
    *,
    title: str = "",
    advice: str = "",
    correlation_id: str = "",
    retry_url: str = "",
) -> ErrorView:
    """The page of a failed request; without a `title` or `advice` the status' own words stand.
    A status that has none is told as an internal error."""
    own_title, own_advice = _words_of(status)
    return ErrorView(
        int(status), title or own_title, advice or own_advice, correlation_id, retry_url
    )


def _words_of(status: HTTPStatus) -> tuple[str, str]:
    return _ADVICE.get(status, _ADVICE[HTTPStatus.INTERNAL_SERVER_ERROR])


def retry_advice(refusal: Retry, when: When) -> str:
    """With the clock time in the reader's zone, rounded up to the minute that is safe."""
    minutes = -(-refusal.retry_after_seconds // 60)
    at = when.now + timedelta(minutes=minutes)
    wait = "1 minute" if minutes == 1 else f"{minutes} minutes"
    return f"Try again at {when.clock(at)} {at.astimezone(when.zone):%Z}, in {wait}."


def _kinds(category: type[Refusal]) -> Iterator[type[Refusal]]:
    yield category
    for kind in category.__subclasses__():
        yield from _kinds(kind)


def problem_view(slug: str) -> ProblemView | None:
    """The kind of that slug among all refusals known to the running program, and among those
    of HTTP itself."""
    known = (kind for category in STATUS for kind in _kinds(category))
    found = next((kind for kind in known if kind.slug == slug), None)
    if found is not None:
        return _described(found)
    errors = (status for status in HTTPStatus if status >= HTTPStatus.BAD_REQUEST)
    return next((_of_http(status) for status in errors if http_slug(status) == slug), None)


def _described(kind: type[Refusal]) -> ProblemView:
    status = status_of(kind)
    return ProblemView(
        slug=kind.slug,
        title=kind.title,
        status=_status_line(status),
        advice=_words_of(status)[1],
        members=tuple(field.name for field in attrs.fields(kind)) if attrs.has(kind) else (),
    )


def _of_http(status: HTTPStatus) -> ProblemView:
    title, advice = _words_of(status)
    return ProblemView(http_slug(status), title, _status_line(status), advice, ())


def _status_line(status: HTTPStatus) -> str:
    return f"{int(status)} {status.phrase}"
