from datetime import UTC, datetime
from http import HTTPStatus
from types import SimpleNamespace

import pytest

from autodoctor.entrypoints.web.body_limits import (
    FORM_BYTES_MAX,
    NO_BODY_BYTES_MAX,
    PAPER_BYTES_MAX,
    REFUSED,
    UPLOAD_BYTES_MAX,
    limit_of,
)
from support.web import web_over

PORTS = SimpleNamespace(
    now=lambda: datetime(2026, 3, 12, tzinfo=UTC),
    passwords=None,
    from_origin=lambda _origin: PORTS,
)
APP = web_over(PORTS)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("method", "path", "limit"),
    [
        ("GET", "/", NO_BODY_BYTES_MAX),
        ("POST", "/nowhere", NO_BODY_BYTES_MAX),
        ("DELETE", "/login", NO_BODY_BYTES_MAX),
        ("POST", "/login", FORM_BYTES_MAX),
        ("POST", "/api/stripe/webhook", FORM_BYTES_MAX),
        ("POST", "/api/uploads/put", UPLOAD_BYTES_MAX),
        ("POST", "/chat/0191d1f4-0000-7000-8000-000000000000", UPLOAD_BYTES_MAX),
        ("POST", "/mechanic/documents", PAPER_BYTES_MAX),
        ("POST", "/workshop/status/papers", PAPER_BYTES_MAX),
    ],
)
def test_each_route_takes_as_much_as_it_declares(method: str, path: str, limit: int) -> None:
    assert limit_of(APP)(method, path) == limit


def test_a_longer_body_is_refused_without_a_server_that_does() -> None:
    answer = APP.test_client().post("/api/customer/signup", data=b"x" * (FORM_BYTES_MAX + 1))

    assert answer.status_code == 413


@pytest.mark.parametrize(
    "status",
    [
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.LENGTH_REQUIRED,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.TOO_MANY_REQUESTS,
    ],
)
def test_what_the_server_refused_is_answered_like_every_refusal(status: HTTPStatus) -> None:
    answer = APP.test_client().post("/api/customer/signup", environ_overrides={REFUSED: status})

    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert answer.json["correlation_id"] != ""


@pytest.mark.parametrize("path", ["/api/mechanic/login", "/api/customer/signup"])
def test_json_nested_without_end_is_a_clear_refusal(path: str) -> None:
    nested = '{"email": ' + "[" * 100_000
    visitor = web_over(PORTS, rate_limits=True).test_client()  # type: ignore[arg-type]

    answer = visitor.post(path, data=nested, content_type="application/json")

    assert answer.status_code in (400, 422)
