"""Every way into a room before both are there, and in a pause: what it takes and what it says."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from autodoctor.application.room.chat import conversation
from autodoctor.application.room.files import announce, files_of, upload
from autodoctor.application.sessions.room import let_lapse
from autodoctor.domain.room.canned import Canned, canned_for
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.ports.sessions import Lease
from autodoctor.testing.ports import Town, memory_town
from support.applicants import SCAN
from support.towns import Pair, live, matched
from support.web import logged_in, web_in

ONLY = "only the short messages can be sent"
WORDS = "It grinds <b>when</b> I brake"


@pytest.fixture
def town() -> Town:
    return memory_town()


def paused(town: Town) -> Pair:
    pair = live(town)
    town.clock.advance(timedelta(seconds=30))
    let_lapse(town.ports, Lease(pair.session.id, Party.MECHANIC, town.clock.now()))
    return pair


BEGINNINGS = {"before the start": matched, "in a pause": paused}


@pytest.fixture(params=BEGINNINGS)
def pair(town: Town, request: pytest.FixtureRequest) -> Pair:
    return BEGINNINGS[request.param](town)


@pytest.fixture
def client(town: Town, pair: Pair) -> FlaskClient:
    return logged_in(web_in(town), town, pair.customer)


def api(client: FlaskClient, pair: Pair, **body: object) -> TestResponse:
    message = {"session_id": str(pair.session.id), "client_id": str(uuid4()), **body}
    return client.post("/api/chat/send-message", json=message)


def form(client: FlaskClient, pair: Pair, **fields: object) -> TestResponse:
    path = f"/chat/{pair.session.id}"
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(path).text)
    assert found is not None
    return client.post(
        path, data={"csrf_token": found[1], **fields}, content_type="multipart/form-data"
    )


def said(town: Town, pair: Pair) -> list[str]:
    talk = conversation(town.ports, actor=pair.mechanic, session_id=pair.session.id)
    return [message.text for message in talk.messages]


def attached(town: Town, pair: Pair) -> int:
    return len(files_of(town.ports, actor=pair.mechanic, session_id=pair.session.id))


def a_file(town: Town, who: Actor) -> str:
    file = announce(
        town.ports,
        actor=who,
        name="brake.png",
        media_type="image/png",
        size_bytes=len(SCAN),
        description="",
    )
    return str(upload(town.ports, actor=who, file_id=file.id, content=BytesIO(SCAN)).id)


def test_the_api_refuses_own_words_and_says_what_it_takes(
    town: Town, client: FlaskClient, pair: Pair
) -> None:
    answer = api(client, pair, text=WORDS)

    problem = answer.get_json()
    assert (answer.status_code, problem["type"]) == (409, "/problems/short-messages-only")
    assert ONLY in problem["title"]
    assert problem["canned"] == list(canned_for(Role.CUSTOMER))
    assert said(town, pair) == []


def test_the_api_takes_each_short_message_that_it_offers(
    town: Town, client: FlaskClient, pair: Pair
) -> None:
    query = {"session_id": str(pair.session.id)}
    told = client.get("/api/chat/session-info", query_string=query).get_json()

    answers = [api(client, pair, canned=each["code"]) for each in told["canned"]]

    assert told["speech"] == "canned"
    assert [answer.status_code for answer in answers] == [201] * len(canned_for(Role.CUSTOMER))
    assert [answer.get_json()["text"] for answer in answers] == [
        each["text"] for each in told["canned"]
    ]
    assert said(town, pair) == [each["text"] for each in told["canned"]]


@pytest.mark.parametrize(
    "body",
    [
        {"canned": "no such code"},
        {"canned": Canned.HAVE_READ},
        {"canned": Canned.HERE, "text": WORDS},
        {"canned": Canned.HERE, "file_ids": [str(uuid4())]},
        {},
    ],
)
def test_the_api_takes_nothing_in_the_guise_of_a_short_message(
    town: Town, client: FlaskClient, pair: Pair, body: dict[str, object]
) -> None:
    answer = api(client, pair, **body)

    assert answer.status_code == 422
    assert said(town, pair) == []


def test_the_api_attaches_no_file(town: Town, client: FlaskClient, pair: Pair) -> None:
    body = {"file_id": a_file(town, pair.customer), "description": WORDS}

    answer = client.post(f"/api/sessions/{pair.session.id}/files", json=body)

    assert (answer.status_code, answer.get_json()["type"]) == (409, "/problems/short-messages-only")
    assert attached(town, pair) == 0


def test_the_form_refuses_own_words_and_keeps_them(
    town: Town, client: FlaskClient, pair: Pair
) -> None:
    answer = form(client, pair, text=WORDS)

    assert answer.status_code == 409
    assert ONLY in answer.text
    assert "It grinds &lt;b&gt;when&lt;/b&gt; I brake</textarea>" in answer.text
    assert said(town, pair) == []


def test_the_form_takes_no_file(town: Town, client: FlaskClient, pair: Pair) -> None:
    answer = form(client, pair, text="", attachment=(BytesIO(SCAN), "brake.png", "image/png"))

    assert answer.status_code == 409
    assert ONLY in answer.text
    assert (said(town, pair), attached(town, pair)) == ([], 0)


def test_the_form_sends_the_short_message_of_its_button(
    town: Town, client: FlaskClient, pair: Pair
) -> None:
    sent = form(client, pair, canned=Canned.LATE)
    unknown = form(client, pair, canned="no such code")

    assert (sent.status_code, unknown.status_code) == (303, 422)
    assert "Choose one of the short messages" in unknown.text
    assert said(town, pair) == ["I am running late."]


def test_the_page_offers_the_short_messages_and_says_when_there_is_more(
    client: FlaskClient, pair: Pair
) -> None:
    page = client.get(f"/chat/{pair.session.id}").text

    (short,) = re.findall(r'<form class="short-messages"[^>]*>', page)
    (composer,) = re.findall(r'<form class="composer"[^>]*>', page)
    codes = re.findall(r'name="canned" value="(\w+)"', page)
    assert "hidden" not in short
    assert "hidden" in composer
    assert codes == list(canned_for(Role.CUSTOMER))
    assert re.search(r"Write (freely|on) when you are both (here|back)", page)
    assert client.get(f"/chat/{pair.session.id}/state").text.count('data-free="false"') == 1


def test_with_both_there_the_page_has_its_composer(town: Town) -> None:
    pair = live(town)
    client = logged_in(web_in(town), town, pair.customer)

    page = client.get(f"/chat/{pair.session.id}").text
    sent = form(client, pair, text=WORDS)

    (short,) = re.findall(r'<form class="short-messages"[^>]*>', page)
    (composer,) = re.findall(r'<form class="composer"[^>]*>', page)
    assert "hidden" in short
    assert "hidden" not in composer
    assert 'data-attachable="true"' in short
    assert sent.status_code == 303
    assert said(town, pair) == [WORDS]


def test_files_that_are_used_up_are_explained_and_no_more_are_offered(town: Town) -> None:
    pair = live(town)
    client = logged_in(web_in(town), town, pair.customer)
    for _ in range(5):
        body = {"file_id": a_file(town, pair.customer)}
        client.post(f"/api/sessions/{pair.session.id}/files", json=body)

    page = client.get(f"/chat/{pair.session.id}").text

    assert attached(town, pair) == 5
    assert "All 5 files that this plan includes are here." in page
    assert 'data-attachable="false"' in page
    assert re.search(r'title="Attach a file" hidden', page)
