"""A link to a file is good for the login it was made for, while its person may see the file."""

from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from autodoctor.adapters.storage.links import SignedLinks
from autodoctor.application.accounts.sign_in import sign_out
from autodoctor.application.sessions.accept import accept
from autodoctor.domain.room.file import DOWNLOAD_LINK_LASTS, File
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.domain.shared.ids import FileId, SessionId
from autodoctor.entrypoints.web.call import COOKIE, call
from autodoctor.entrypoints.web.file_links import file_link
from autodoctor.testing.ports import Town, a_customer, a_mechanic, a_paid_session, memory_town
from support.web import logged_in, web_in


@pytest.fixture
def town() -> Town:
    return memory_town()


@pytest.fixture
def app(town: Town) -> Flask:
    return web_in(town, links=SignedLinks("k" * 32))


def photo_of(town: Town, customer: Actor) -> tuple[File, SessionId]:
    """Sent with a booking that waits for a mechanic."""
    session = a_paid_session(town, customer)
    key = f"files/{uuid4()}"
    file = File(
        id=FileId(uuid4()),
        owner_id=customer.account_id,
        name="brake.jpg",
        media_type="image/jpeg",
        kind="image",
        size_bytes=3,
        storage_key=key,
        created_at=town.clock.now(),
        intake_id=session.intake_id,
        stored_at=town.clock.now(),
    )
    town.ports.storage.write(key, [b"abc"], media_type="image/jpeg")
    with town.kept(customer) as tx:
        tx.files.add(file)
    return file, session.id


def link_for(app: Flask, client: FlaskClient, file: File) -> str:
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    with app.test_request_context("/", headers={"Cookie": f"{COOKIE}={cookie.value}"}):
        return file_link(call(), file.id)


def test_it_opens_nothing_in_another_login_even_of_the_same_person(town: Town, app: Flask) -> None:
    customer = a_customer(town.ports)
    file, _ = photo_of(town, customer)
    here, elsewhere = (logged_in(app, town, customer) for _ in range(2))

    url = link_for(app, here, file)

    answer = here.get(url)
    assert (answer.status_code, answer.data) == (200, b"abc")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert elsewhere.get(url).status_code == 404
    assert app.test_client().get(url).status_code == 404


def test_it_ends_with_the_login_and_after_an_hour(town: Town, app: Flask) -> None:
    customer = a_customer(town.ports)
    file, _ = photo_of(town, customer)
    first, second = (logged_in(app, town, customer) for _ in range(2))
    ended, late = link_for(app, first, file), link_for(app, second, file)
    cookie = first.get_cookie(COOKIE)
    assert cookie is not None

    sign_out(town.ports, token=cookie.value)
    before = second.get(late).status_code
    town.clock.advance(DOWNLOAD_LINK_LASTS)

    assert first.get(ended).status_code == 404
    assert (before, second.get(late).status_code) == (200, 404)


def test_it_ends_when_somebody_else_takes_the_request(town: Town, app: Flask) -> None:
    file, session_id = photo_of(town, a_customer(town.ports))
    offered, other = a_mechanic(town.ports), a_mechanic(town.ports)
    client = logged_in(app, town, offered)
    url = link_for(app, client, file)
    before = client.get(url).status_code
    with town.kept(SYSTEM) as tx:
        request = tx.requests.current(session_id)
    assert request is not None

    accept(town.ports, actor=other, request_id=request.id)

    assert (before, client.get(url).status_code) == (200, 404)
