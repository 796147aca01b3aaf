"""Every endpoint fed with whatever its schema allows, and with what it forbids: no 500, every
refusal a problem+json."""

import os
from collections.abc import Iterator
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import httpx
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, settings

from autodoctor.domain.shared.actor import Role
from autodoctor.entrypoints.web.api.all import ENDPOINTS
from autodoctor.entrypoints.web.api.openapi import document
from support import plain
from support.people import Person, customer, mechanic, person
from support.running import Running

pytestmark = pytest.mark.xdist_group("system")

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "12"))
LOGOUTS = ("logout",)


def _without_login() -> dict[str, Any]:
    """Who is let in is tested elsewhere: here everybody is."""
    described = document(ENDPOINTS)
    for item in described["paths"].values():
        for operation in item.values():
            operation.pop("security", None)
    return described


schema = schemathesis.openapi.from_dict(_without_login())
fuzzing = settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def people(running: Running) -> dict[str, Person]:
    ports = running.here.ports
    return {
        "customer": customer(ports),
        "mechanic": mechanic(ports),
        "admin": person(ports, Role.ADMIN),
    }


def _who(path: str, people: dict[str, Person]) -> Person:
    for word in ("mechanic", "admin"):
        if word in path:
            return people[word]
    return people["customer"]


@pytest.fixture(scope="module")
def line() -> Iterator[requests.Session]:
    """One connection that lasts, and keeps no cookie: each call is by whoever it says."""
    with requests.Session() as made:
        made.trust_env = False
        made.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        yield made


@schema.parametrize()
@fuzzing
def test_no_input_breaks_an_endpoint(
    case: Any, running: Running, people: dict[str, Person], line: requests.Session
) -> None:
    headers = {} if "logout" in case.path else _who(case.path, people).headers

    answer = case.call(base_url=running.url, headers=headers, session=line)

    assert answer.status_code != 500, answer.text
    if answer.status_code >= 400 and case.path != "/api/health":
        assert answer.headers["content-type"][0] == "application/problem+json"
        assert answer.json()["status"] == answer.status_code
    else:
        case.validate_response(answer)


@pytest.fixture(scope="module")
def client(running: Running, people: dict[str, Person]) -> Iterator[httpx.Client]:
    with plain.client(base_url=running.url, headers=people["customer"].headers) as made:
        yield made


WRONG = [
    ("not JSON", b"{", "application/json", 400, None),
    ("another media type", b"a=b", "application/x-www-form-urlencoded", 415, None),
    ("a wrong type", b'{"plan": 5, "concern": "x"}', "application/json", 422, "plan"),
    ("a missing field", b'{"plan": "free"}', "application/json", 422, "concern"),
    (
        "an unknown field",
        b'{"plan": "free", "concern": "grinding brakes", "colour": 1}',
        "application/json",
        422,
        "colour",
    ),
    (
        "a wrong type deep inside",
        b'{"plan": "free", "concern": "grinding brakes", "vehicle": {"year": "old"}}',
        "application/json",
        422,
        "vehicle.year",
    ),
]


@pytest.mark.parametrize(("what", "body", "media_type", "status", "field"), WRONG)
def test_bad_bodies_are_refused_by_name_and_nothing_is_stored(
    what: str,
    body: bytes,
    media_type: str,
    status: int,
    field: str | None,
    client: httpx.Client,
    running: Running,
) -> None:
    before = running.sql("SELECT count(*) AS n FROM intakes")

    answer = client.post("/api/intake/start", content=body, headers={"Content-Type": media_type})

    assert answer.status_code == status, what
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json().get("field") == field
    assert running.sql("SELECT count(*) AS n FROM intakes") == before


def test_a_huge_body_is_refused(client: httpx.Client) -> None:
    answer = client.post(
        "/api/intake/start",
        content=b'{"plan": "' + b"x" * 3_000_000 + b'"}',
        headers={"Content-Type": "application/json"},
    )

    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_forged_webhook_is_refused_and_not_stored(running: Running) -> None:
    before = running.sql("SELECT count(*) AS n FROM webhooks")

    answer = plain.post(
        f"{running.url}/api/stripe/webhook",
        content=b'{"id": "evt_forged"}',
        headers={"Stripe-Signature": "t=1,v1=00"},
    )

    assert answer.status_code == 400
    assert answer.json()["type"] == "/problems/signature-invalid"
    assert running.sql("SELECT count(*) AS n FROM webhooks") == before
