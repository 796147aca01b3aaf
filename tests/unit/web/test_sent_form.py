"""A form that fails loses nothing: the error page has what was typed and sends it again."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from autodoctor.adapters.memory.queries.all import MemoryQueries
from autodoctor.adapters.memory.transactions import MemoryTransaction, MemoryTransactions
from autodoctor.application.notifications.routes import ROUTES
from autodoctor.domain.shared.actor import Actor
from autodoctor.ports.transactions import Contended
from autodoctor.testing.ports import Town, town_on
from support.towns import Pair, live
from support.web import logged_in, web_in

NOTES = "Left pad worn to 2 mm.\nThe disc is fine."


class Jammed(MemoryTransactions):
    """Whose transactions of one person meet others, as long as it is jammed."""

    jams: Actor | None = None

    @contextmanager
    def __call__(self, actor: Actor, /) -> Iterator[MemoryTransaction]:
        with super().__call__(actor) as tx:
            yield tx
            if actor == self.jams:
                raise Contended()


@pytest.fixture
def town() -> Town:
    kept = Jammed(routes=ROUTES)
    return town_on(kept, MemoryQueries(kept))


@pytest.fixture
def pair(town: Town) -> Pair:
    """They have talked for two minutes: long enough for a report."""
    pair = live(town)
    town.clock.advance(timedelta(minutes=2))
    return pair


@pytest.fixture
def client(town: Town, pair: Pair) -> FlaskClient:
    return logged_in(web_in(town), town, pair.mechanic)


def token(client: FlaskClient, path: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(path).text)
    assert found is not None
    return found[1]


def jam(town: Town, actor: Actor | None) -> None:
    assert isinstance(town.kept, Jammed)
    town.kept.jams = actor


def send(client: FlaskClient, path: str, fields: dict[str, Any]) -> tuple[int, str]:
    answer = client.post(path, data=fields)
    return answer.status_code, answer.text


def test_what_was_typed_stands_on_the_error_page_and_is_sent_again(
    town: Town, pair: Pair, client: FlaskClient
) -> None:
    path = f"/mechanic/session/{pair.session.id}/complete"
    fields = {
        "csrf_token": token(client, path),
        "findings": NOTES,
        "steps_taken": "Listened to it",
        "next_steps": "Replace the pads",
        "parts_needed": "",
    }
    jam(town, pair.mechanic)

    status, page = send(client, path, fields)

    assert status == 503
    assert NOTES in page
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    assert again.keys() == fields.keys()
    assert f'action="{path}"' in page
    jam(town, None)
    status, _ = send(client, path, again | {"findings": NOTES})
    assert status == 303


def test_secrets_are_not_shown_again(town: Town, client: FlaskClient) -> None:
    fields = {
        "csrf_token": token(client, "/login"),
        "email": "a b@example.com",
        "password": "my secret word",
    }

    status, page = send(client, "/nowhere", fields)

    assert status == 404
    assert "a b@example.com" in page
    assert "my secret word" not in page
    assert "Send again" not in page


def test_a_form_of_somebody_elses_page_is_not_offered_again(client: FlaskClient) -> None:
    status, page = send(client, "/nowhere", {"findings": NOTES})

    assert status in (400, 404)
    assert NOTES not in page
    assert "Send again" not in page
