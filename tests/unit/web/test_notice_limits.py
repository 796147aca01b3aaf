"""The payment provider is never too often; whoever only claims to be it is."""

import pytest
from flask.testing import FlaskClient

from autodoctor.adapters.memory.payment_notices import Delivery
from autodoctor.entrypoints.web.body_limits import FORM_BYTES_MAX
from autodoctor.ports.payment_notices import NoticeKind, OurIds, ProviderIds
from autodoctor.testing.ports import Town, memory_town
from support.web import web_in

WEBHOOK = "/api/stripe/webhook"
MOST = 100


@pytest.fixture
def town() -> Town:
    return memory_town()


@pytest.fixture
def caller(town: Town) -> FlaskClient:
    return web_in(town, rate_limits=True).test_client()


def told(town: Town) -> Delivery:
    notice = town.bank.notices.post(NoticeKind.OTHER, provider=ProviderIds(), ours=OurIds())
    return town.bank.notices.sign(notice.event_id.encode())


def send(caller: FlaskClient, told: Delivery, *, address: str = "127.0.0.1") -> int:
    answer = caller.post(
        WEBHOOK,
        data=told.payload,
        headers={"Stripe-Signature": told.signature},
        environ_base={"REMOTE_ADDR": address},
    )
    return answer.status_code


FORGED = Delivery(b"event_1", "1:somebody else")


def forge(caller: FlaskClient) -> list[int]:
    """Until one address has used up its limit, and once more."""
    return [send(caller, FORGED) for _ in range(MOST + 1)]


def test_what_the_provider_signed_is_taken_however_often_it_calls(
    caller: FlaskClient, town: Town
) -> None:
    assert {send(caller, told(town)) for _ in range(MOST + 20)} == {200}


def test_what_it_did_not_sign_is_limited_for_each_address(caller: FlaskClient) -> None:
    answers = forge(caller)

    assert answers[0] == answers[-2] < 429
    assert answers[-1] == 429
    assert send(caller, FORGED, address="203.0.113.9") == answers[0]


def test_the_provider_is_heard_from_an_address_that_others_used_up(
    caller: FlaskClient, town: Town
) -> None:
    assert forge(caller)[-1] == 429

    assert send(caller, told(town)) == 200


def test_what_is_signed_and_cannot_be_read_is_not_counted_as_forged(
    caller: FlaskClient, town: Town
) -> None:
    unknown = town.bank.notices.sign(b"of tomorrow")
    assert forge(caller)[-1] == 429

    assert send(caller, unknown) == 400


def test_a_body_that_is_too_long_is_refused_signed_or_not(caller: FlaskClient, town: Town) -> None:
    long = town.bank.notices.sign(b"x" * (FORM_BYTES_MAX + 1))

    assert send(caller, long) == 413
    assert send(caller, Delivery(long.payload, FORGED.signature)) == 413
