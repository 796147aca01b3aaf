"""The room's plain form, over HTTP: a message with a file is sent whole or not at all."""

import re

import httpx
import pytest

from autodoctor.domain.room.message import LENGTH_MAX
from support.applicants import SCAN
from support.people import as_person
from support.running import Running
from support.talking import Room, room

pytestmark = pytest.mark.xdist_group("system")


@pytest.fixture(scope="module")
def here(running: Running) -> Room:
    return room(running)


def say(client: httpx.Client, here: Room, text: str, **given: object) -> httpx.Response:
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(here.path).text)
    assert token is not None
    fields = {"csrf_token": token[1], "text": text}
    return client.post(here.path, data=fields, **given)  # type: ignore[arg-type]


def files_in(client: httpx.Client, here: Room) -> int:
    return len(client.get(f"/api/sessions/{here.session_id}/files").json()["files"])


def test_a_text_that_is_refused_leaves_no_file_in_the_session(running: Running, here: Room) -> None:
    wheel = {"attachment": ("wheel.png", SCAN, "image/png")}

    with (
        as_person(running.url, here.mechanic) as mechanic,
        as_person(running.url, here.customer) as customer,
    ):
        for first in (mechanic, customer, mechanic):
            say(first, here, "Here I am")
        refused = say(customer, here, "x" * (LENGTH_MAX + 1), files=wheel)
        after_refusal = files_in(customer, here)
        sent = say(customer, here, "This wheel", files=wheel)
        after_message = files_in(customer, here)

    assert (refused.status_code, after_refusal) == (422, 0)
    assert (sent.status_code, after_message) == (303, 1)
