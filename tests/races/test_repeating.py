"""Twenty send the same request at once: with one key it is done once, and all read the same."""

from collections import Counter
from functools import partial

import httpx
import pytest

from autodoctor.application.operations.repeating import LEASE
from support.contest import at_once
from support.people import Person, as_person, customer
from support.running import Running
from support.waiting import until

pytestmark = [pytest.mark.races, pytest.mark.xdist_group("races")]

CONTENDERS = 20
ROUNDS = 10
PATIENCE_SECONDS = 120.0
BOOKING = {"plan": "quick-chat", "concern": "Grinding noise when braking", "urgent": True}


def book(client: httpx.Client, key: str | None) -> httpx.Response:
    """While the first one is under way it is sent again. `Retry-After` is how long the key stays
    with whoever has died; those who live are done sooner."""
    headers = {} if key is None else {"Idempotency-Key": key}

    def answered() -> httpx.Response | None:
        answer = client.post("/api/intake/start", json=BOOKING, headers=headers)
        if answer.status_code != 409:
            return answer
        assert answer.json()["type"] == "/problems/request-under-way"
        # Rounded up; who asks may have looked at the clock before the lease began.
        assert 0 < int(answer.headers["Retry-After"]) <= LEASE.total_seconds() + 1
        return None

    return until("the answer of the first", answered, seconds=PATIENCE_SECONDS)


def contest(running: Running, who: Person, key: str | None) -> list[httpx.Response]:
    clients = [as_person(running.url, who) for _ in range(CONTENDERS)]
    answers = at_once([partial(book, client, key) for client in clients])
    for client in clients:
        client.close()
    return answers


def booked(running: Running, who: Person) -> int:
    statement = "SELECT count(*) AS n FROM intakes WHERE customer_id = :id"
    return int(running.sql(statement, id=who.id)[0]["n"])


def test_one_key_is_one_effect_and_equal_answers_in_every_round(guarded: Running) -> None:
    who = customer(guarded.here.ports)

    for number in range(1, ROUNDS + 1):
        answers = contest(guarded, who, f"round {number}")

        assert booked(guarded, who) == number
        assert len({(each.status_code, each.content) for each in answers}) == 1
        assert answers[0].status_code < 300
        replayed = Counter(each.headers.get("Idempotent-Replayed") for each in answers)
        assert replayed == Counter({None: 1, "true": CONTENDERS - 1})


def test_without_a_key_twenty_requests_are_twenty_bookings(guarded: Running) -> None:
    who = customer(guarded.here.ports)

    answers = contest(guarded, who, None)

    assert {each.status_code < 300 for each in answers} == {True}
    assert booked(guarded, who) == CONTENDERS


def test_without_its_unique_key_the_store_lets_several_in(unguarded: Running) -> None:
    unguarded.sql("ALTER TABLE answers DROP CONSTRAINT uq_answers_account_id_key")

    assert any(_several_got_in(unguarded) for _ in range(ROUNDS))


def _several_got_in(running: Running) -> bool:
    who = customer(running.here.ports)
    contest(running, who, "a key")
    return booked(running, who) > 1
