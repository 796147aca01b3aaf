"""Staff see who cancels again and again after contact: on a page, by API, and at the person."""

from datetime import timedelta
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from autodoctor.application.operations.conduct import conduct
from autodoctor.application.room.chat import send_message
from autodoctor.application.sessions.accept import accept
from autodoctor.application.sessions.ending import cancel_session
from autodoctor.domain.room.canned import Canned
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.errors import Forbidden
from autodoctor.testing.ports import (
    Town,
    a_customer,
    a_mechanic,
    a_paid_session,
    an_admin,
    memory_town,
)
from support.towns import request_of
from support.web import logged_in, web_in

PATH = "/admin/cancellations"


@pytest.fixture
def town() -> Town:
    return memory_town()


@pytest.fixture
def admin(town: Town) -> Actor:
    return an_admin(town.ports)


@pytest.fixture
def client(town: Town, admin: Actor) -> FlaskClient:
    return logged_in(web_in(town), town, admin)


def contact_and_cancel(town: Town, pair: tuple[Actor, Actor]) -> None:
    customer, mechanic = pair
    session = a_paid_session(town, customer)
    accept(town.ports, actor=mechanic, request_id=request_of(town, session).id)
    for who in (customer, mechanic, customer):
        send_message(
            town.ports,
            actor=who,
            session_id=session.id,
            client_id=uuid4(),
            canned=Canned.GOOD_TIME,
        )
    cancel_session(town.ports, actor=customer, session_id=session.id)


@pytest.fixture
def pair(town: Town) -> tuple[Actor, Actor]:
    return a_customer(town.ports), a_mechanic(town.ports)


def test_once_is_nothing_to_speak_of(
    town: Town, client: FlaskClient, pair: tuple[Actor, Actor]
) -> None:
    contact_and_cancel(town, pair)

    page = client.get(PATH).text
    answer = client.get("/api/admin/cancellations").get_json()
    person = client.get(f"/admin/users/{pair[0].account_id}").text

    assert page.count("Nobody has done so 2 times.") == 3
    assert (answer["customers"], answer["mechanics"], answer["pairs"]) == ([], [], [])
    assert "Cancelled after contact 1" not in person


def test_who_does_it_again_stands_there_and_is_marked(
    town: Town, client: FlaskClient, pair: tuple[Actor, Actor]
) -> None:
    for _ in range(2):
        contact_and_cancel(town, pair)

    page = client.get(PATH).text
    answer = client.get("/api/admin/cancellations").get_json()

    for who in pair:
        assert f'href="/admin/users/{who.account_id}"' in page
        person = client.get(f"/admin/users/{who.account_id}").text
        assert "Cancelled after contact 2 times" in person
        told = client.get(f"/api/admin/users/{who.account_id}").get_json()
        assert told["cancelled_after_contact"] == 2
    assert "Nobody has done so" not in page
    (told_pair,) = answer["pairs"]
    assert told_pair["times"] == len(told_pair["session_ids"]) == 2
    assert told_pair["mechanic_name"] == "Morgan Wrench"
    assert [each["times"] for each in answer["customers"] + answer["mechanics"]] == [2, 2]


def test_after_ninety_days_it_is_forgotten(
    town: Town, admin: Actor, pair: tuple[Actor, Actor]
) -> None:
    for _ in range(2):
        contact_and_cancel(town, pair)
    town.clock.advance(timedelta(days=90))
    just_in_time = conduct(town.ports, actor=admin)
    town.clock.advance(timedelta(microseconds=1))

    assert [each.times for each in just_in_time.pairs] == [2]
    assert conduct(town.ports, actor=admin).pairs == ()


def test_it_is_for_staff_alone(town: Town, pair: tuple[Actor, Actor]) -> None:
    for who in pair:
        with pytest.raises(Forbidden):
            conduct(town.ports, actor=who)


def test_both_sides_count(town: Town, admin: Actor, pair: tuple[Actor, Actor]) -> None:
    """A mechanic with one customer after another is seen, and none of the customers."""
    for _ in range(2):
        contact_and_cancel(town, (a_customer(town.ports), pair[1]))

    found = conduct(town.ports, actor=admin)

    assert [each.times for each in found.mechanics] == [2]
    assert (found.customers, found.pairs) == ((), ())
