"""A form that is refused for another field keeps the file that came with it."""

import io
import re

import attrs
import pytest
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from autodoctor.domain.shared.actor import Actor
from autodoctor.testing.ports import Town, a_mechanic, memory_town
from support.web import logged_in, web_in

PATH = "/mechanic/documents"


def a_picture() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(content, "PNG")
    return content.getvalue()


@attrs.frozen
class Browser:
    town: Town
    mechanic: Actor
    client: FlaskClient

    def send(self, *, chosen: str = "", **fields: str) -> TestResponse:
        page = self.client.get(PATH).text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert token is not None
        file = (io.BytesIO(a_picture() if chosen else b""), chosen)
        data = {"csrf_token": token[1], "number": "", "expires_on": "", **fields, "file": file}
        return self.client.post(PATH, data=data, content_type="multipart/form-data")

    def documents(self) -> list[str]:
        files = self.town.kept.tables.files
        return [files[each.file_id].name for each in self.town.kept.tables.documents.values()]


def browser_of(town: Town) -> Browser:
    mechanic = a_mechanic(town.ports)
    return Browser(town, mechanic, logged_in(web_in(town), town, mechanic))


@pytest.fixture
def here() -> Browser:
    return browser_of(memory_town())


def kept_in(answer: TestResponse) -> str:
    found = re.search(r'name="file_kept" value="([^"]+)"', answer.text)
    assert found is not None
    return found[1]


def test_it_is_named_and_sent_with_the_form_that_is_right(here: Browser) -> None:
    refused = here.send(chosen="licence.png", kind="what")
    again = here.send(file_kept=kept_in(refused), kind="still what")
    sent = here.send(file_kept=kept_in(again), kind="other")

    assert (refused.status_code, again.status_code, sent.status_code) == (422, 422, 303)
    assert "licence.png" in refused.text
    assert kept_in(refused) == kept_in(again)
    assert here.documents() == ["licence.png"]


def test_another_one_takes_its_place(here: Browser) -> None:
    kept = kept_in(here.send(chosen="licence.png", kind="what"))

    here.send(chosen="other.png", file_kept=kept, kind="other")

    assert here.documents() == ["other.png"]


def test_it_can_be_removed(here: Browser) -> None:
    kept = kept_in(here.send(chosen="licence.png", kind="what"))

    answer = here.send(file_kept=kept, file_removed="true", kind="other")

    assert answer.status_code == 422
    assert "Choose a file." in answer.text
    assert "file_kept" not in answer.text
    assert here.documents() == []


@pytest.mark.parametrize("kept", ["", "what", "00000000-0000-0000-0000-00000000abcd"])
def test_what_is_not_there_is_asked_for_again(here: Browser, kept: str) -> None:
    answer = here.send(file_kept=kept, kind="other")

    assert answer.status_code == 422
    assert "Choose" in answer.text
    assert here.documents() == []


def test_nobody_sends_what_somebody_else_has_kept_and_nothing_is_sent_twice(here: Browser) -> None:
    kept = kept_in(here.send(chosen="licence.png", kind="what"))
    stranger = browser_of(here.town)

    theirs = stranger.send(file_kept=kept, kind="other")
    mine = here.send(file_kept=kept, kind="other")
    twice = here.send(file_kept=kept, kind="other")

    assert [each.status_code for each in (theirs, mine, twice)] == [422, 303, 422]
    assert here.documents() == ["licence.png"]
